"""How long each of an organisation's outputs takes, and how large they are. By hand:

.venv/bin/python tests/benchmarks/publishing.py [INBOX B K]

Without an inbox it takes the demo's. Prints per organisation the seconds of each and the sizes; nothing is asserted.
"""

import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from assets.intake.archive import Archive
from assets.intake.resolve_deliveries import resolve_deliveries
from assets.publication.document.rows import gather_rows
from assets.publication.organisation_folder import write_outputs
from assets.publication.output import OrganisationFolder, Publication
from assets.publication.outputs import OUTPUTS
from assets.publication.package.check import package_faults
from assets.publication.report import load_tables
from assets.registers.contract import CITY
from assets.registers.read_contracts import load_registers
from assets.settings import Run, Settings
from assets.warehouse.build import build, open_warehouse
from assets.warehouse.models import load_models
from pipelines.demo import AS_OF, KNOWN_AT
from pipelines.demo.make import make_inbox


def main(folder: Path, inbox: Path, as_of: date, known_at: date) -> None:
    settings = Settings(data=folder, inbox=inbox, config=folder)
    registers, models = load_registers(settings.registers), load_models(settings.sql)
    run = Run("benchmark", "review", as_of, known_at, known_at, folder / "run")
    run.folder.mkdir()
    resolve_deliveries(inbox, Archive(settings.archive), registers, run.today, known_at, run.deliveries_path)
    with open_warehouse(run, folder, registers, models) as con:
        build(con, models, models)
        run.texts.parent.mkdir(parents=True)
        run.texts.write_text("{}", encoding="utf-8")
        made_at = datetime(2026, 1, 1, tzinfo=UTC)
        tables = load_tables(con, registers)
        publication = Publication(con, run, settings, tables, gather_rows(con), made_at, lambda _: "", registers)
        for (organisation,) in [*con.execute("FROM intake.organisations ORDER BY ALL").fetchall(), (CITY,)]:
            out = folder / organisation
            out.mkdir()
            own = OrganisationFolder(publication, organisation, out, folder / "none" / organisation)
            city = own.report.is_city
            steps = {
                output.name: lambda o=output, f=own: write_outputs(f, [o])
                for output in OUTPUTS
                if output.is_for(city=city)
            }
            steps["verify"] = lambda o=out: package_faults(o / "ledningens_genomgang.zip")
            print(organisation, *(f"{name} {seconds(step):.2f} s" for name, step in steps.items()), sep="  ")
            pages = sorted(out.rglob("*.html"), key=lambda page: page.stat().st_size)
            print(f"  {len(pages)} pages, the largest {pages[-1].stat().st_size / 1000:.0f} kB: {pages[-1].name}")
            for path in sorted(out.glob("ledningens_genomgang.*")):
                print(f"  {path.name} {path.stat().st_size / 1000:.0f} kB")


def seconds(step: object) -> float:
    started = time.perf_counter()
    assert callable(step)
    step()
    return time.perf_counter() - started


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        if len(sys.argv) > 1:
            main(Path(name), Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), date.fromisoformat(sys.argv[3]))
        else:
            make_inbox(Path(name) / "inbox")
            main(Path(name), Path(name) / "inbox", AS_OF, KNOWN_AT)
