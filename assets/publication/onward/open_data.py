"""oppna_data/: the figures that may be opened to anyone, as CSV, and their description in DCAT-AP-SE.

Nothing is opened by itself: the folder is written where the installation says who publishes it and on what terms, and
what lies in it is what it may carry to a web server of its own. What is left out is decided in
sql/report/open_figures.sql.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assets.publication.csv_files import write_table
from assets.publication.onward.dictionary import meaning
from assets.publication.output import OrganisationFolder
from assets.publication.queries import report_query

QUERY = "open_figures"
FILE, DESCRIPTION = "indikatorer.csv", "dcat.rdf"

_TITLE = "Indikatorer för informationssäkerhet och dataskydd"
_ABOUT = (
    "Hur staden och dess organisationer står mot lagens krav och sina egna mål. Siffror som räknar färre än fem "
    "visas inte, och inte heller de som de annars går att räkna ut ur."
)


def write_open_data(folder: OrganisationFolder) -> None:
    """Writes indikatorer.csv and dcat.rdf, where the installation opens its figures."""
    place = folder.publication.settings.open_data
    if place is None:
        return
    own = folder.path / "oppna_data"
    write_table(QUERY, report_query(QUERY).answer(folder.publication.con), own / FILE)
    headings = report_query(QUERY).header.headings.values()
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    text = environment.get_template(DESCRIPTION).render(
        place=place,
        title=_TITLE,
        about=_ABOUT,
        columns=" ".join(f"{heading}: {meaning(QUERY, heading)}" for heading in headings),
        keywords=("informationssäkerhet", "dataskydd", "ledningens genomgång"),
        as_of=folder.run.as_of,
        file=FILE,
        size=(own / FILE).stat().st_size,
    )
    (own / DESCRIPTION).write_text(text + "\n", encoding="utf-8")
