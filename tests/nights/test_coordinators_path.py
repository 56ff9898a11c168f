"""From an empty folder to a page about six registers, as a coordinator goes who types them in a spreadsheet."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from pipelines.cli import main
from pipelines.config import read_settings
from tests.nights.conftest import run_steps
from tests.publication.page.browsing import NARROW, opened, violations

pytestmark = pytest.mark.long

TYPED: Mapping[str, Sequence[Mapping[str, object]]] = {
    "enheter": [
        {"Enhet": "3101", "Enhetsnamn": "Ekens förskola", "Verksamhet": "Förskola", "Aktiv från": "2015-01-01"},
        {"Enhet": "3201", "Enhetsnamn": "Hagens boende", "Verksamhet": "Vård- och omsorgsboende", "NIS": "Ja",
         "Aktiv från": "2015-01-01"},
    ],
    "personal": [
        {"Anställnings-id": f"A{number}", "Enhet": "3101" if number % 2 else "3201", "Roll": "Medarbetare",
         "Anställd från": "2020-01-07", "Skyddade personuppgifter": "Nej"} for number in range(1, 9)
    ],
    "styrdokument": [
        {"Dokument-id": "S1", "Dokument": "Lokal anvisning", "Typ": "Lokal anvisning", "Beslutad": "2026-02-01"},
    ],
    "informationstillgangar": [
        {"Tillgångs-id": "I1", "Tillgång": "Journaler", "Enhet": "3201", "NIS": "Ja", "Aktiv": "Ja",
         "Bekräftad": "2026-03-01"},
    ],
    "personuppgiftsincidenter": [
        {"Ärende-id": "P1", "Enhet": "3101", "Kännedom": "2026-03-02 09:00", "Registrerad": "2026-03-02",
         "Risk": "Risk", "Anmäld IMY": "2026-03-03 10:00", "Status": "Avslutad"},
        {"Ärende-id": "P2", "Enhet": "3201", "Kännedom": "2026-05-04 09:00", "Registrerad": "2026-05-04",
         "Risk": "Risk", "Status": "Öppen"},
    ],
    "handlingsplan": [
        {"Aktivitets-id": "H1", "Aktivitet": "Ta fram rutin", "Område": "Rutiner", "År": 2026,
         "Ansvarig funktion": "Dataskyddsombud", "Klar senast": "2026-09-30", "Status": "Planerad"},
    ],
}  # fmt: skip


def lagesbild(*arguments: str) -> str:
    """What the command says. It ends well."""
    found = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def fill_in(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Types the rows under the headings of an empty workbook."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    places = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1] if cell.value}
    for number, row in enumerate(rows, 2):
        for heading, value in row.items():
            sheet.cell(number, places[heading], value)
    book.save(path)


def test_six_registers_typed_in_a_spreadsheet_become_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    for name, value in {"DATA": str(tmp_path), "TODAY": "2026-11-21", "INBOX": "", "CONFIG": ""}.items():
        monkeypatch.setenv(f"LAGESBILD_{name}", value)
    inbox = tmp_path / "inbox" / "farsta"
    inbox.mkdir(parents=True)
    (tmp_path / "config").mkdir()
    names = ", ".join(f'"{register}"' for register in TYPED)
    (tmp_path / "config" / "lagesbild.toml").write_text(f"registers = {{ farsta = [{names}] }}\n", encoding="utf-8")
    for register, rows in TYPED.items():
        path = inbox / f"{register}_2026-11-20.xlsx"
        lagesbild("contract", register, "--format", "excel", "--out", str(path))
        fill_in(path, rows)
        assert f"{len(rows)} läses in, 0 till karantän" in lagesbild("check", str(path)).replace(
            "\N{NO-BREAK SPACE}", " "
        )
    front = (
        run_steps(read_settings()) / "index.html"
    )  # the steps of `lagesbild run`: Dagster and a browser share no loop
    with opened(browser, front) as page:
        page.get_by_role("link", name="Farsta").first.click()
        assert page.locator("h1").inner_text() == "Farsta"
        assert "Mäts inte ännu" in page.content()
        page.get_by_role("link", name="Anmälda till IMY inom 72 timmar").first.click()
        assert "P2" in page.locator("main").inner_text()
        page.get_by_role("link", name="Leveranser", exact=True).first.click()
        text = page.locator("main").inner_text()
        assert "Saknas" not in text
        assert all(f"{register}_2026-11-20.xlsx" in page.content().replace("<wbr>", "") for register in TYPED)
        assert violations(page) == ""
    with opened(browser, front.parent / "farsta" / "index.html", NARROW, color_scheme="dark") as page:
        assert violations(page) == ""
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
