"""What alerts and validation say of an organisation tonight, also where its folder otherwise stays as it was."""

import shutil

from assets.publication.output import OrganisationFolder


def copy_alerts(folder: OrganisationFolder) -> None:
    """Copies larm.csv and larm.html as the alerts left them in the run's folder; a review has none."""
    for file in sorted((folder.run.folder / "alerts" / folder.organisation).glob("larm.*")):
        shutil.copy(file, folder.path / file.name)


def write_validation_page(folder: OrganisationFolder) -> None:
    """Writes validering.html."""
    page = folder.publication.validation_page(folder.organisation)
    (folder.path / "validering.html").write_text(page, encoding="utf-8")
