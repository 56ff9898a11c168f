"""How long an organisation's pages, workbook, document, calendar and package take, and how large they are. By hand:

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
from assets.publication.calendar.ics import write_calendar
from assets.publication.csv_files import write_lists
from assets.publication.document.document import write_document
from assets.publication.document.rows import gather_rows, rows_of
from assets.publication.evidence import write_evidence
from assets.publication.manifest import place_of
from assets.publication.package.check import package_faults
from assets.publication.package.seal import write_package
from assets.publication.page.site import write_site
from assets.publication.page.year import write_year
from assets.publication.report import gather, picture_of
from assets.publication.workbook.write import write_workbook
from assets.registers.contract import CITY, load_registers
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
        tables, rows = gather(con, registers), gather_rows(con)
        for (organisation,) in [*con.execute("FROM intake.organisations ORDER BY ALL").fetchall(), (CITY,)]:
            out = folder / organisation
            out.mkdir()
            picture = picture_of(tables, organisation, run, datetime(2026, 1, 1, tzinfo=UTC), {})
            steps = {
                "lists": lambda p=picture, o=out: write_lists(p, con, o),
                "evidence": lambda p=picture, o=out: write_evidence(con, p.organisation, str(known_at), o),
                "workbook": lambda p=picture, o=out: write_workbook(p, o / "ledningens_genomgang.xlsx"),
                "calendar": lambda p=picture, o=out: write_calendar(p, o / "arshjul.ics", o / "none"),
                "document": lambda p=picture, o=out: write_document(p, rows_of(rows, p.organisation), {}, None, o),
                "pages": lambda p=picture, o=out: write_site(p, o, None, []),
                "year": lambda p=picture, o=out: write_year(p, o / "arshjul.html"),
                "package": lambda p=picture, o=out: write_package(o, p.organisation, p.name, place_of(run)),
                "verify": lambda o=out: package_faults(o / "ledningens_genomgang.zip"),
            }
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
