"""A file that is too much to read is refused, and costs no other file anything."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assets.intake import ingest as reading
from assets.intake import limited_reading
from assets.intake.archive import Archive
from assets.intake.ingest import ingest
from assets.intake.limited_reading import map_limited
from assets.limits import LimitExceeded
from assets.settings import DEFAULT_LIMITS, Limits
from tests.intake.books import handmade_xlsx
from tests.intake.delivered import REGISTERS

pytestmark = pytest.mark.long

DAY = date(2026, 11, 2)
GOOD = "Enhet;Enhetsnamn;Verksamhet\n1;Ekens förskola;Förskola\n"


def far_cell(path: Path, reference: str) -> None:
    heading = "<row r='1'><c r='A1' t='inlineStr'><is><t>Enhet</t></is></c></row>"
    path.write_bytes(handmade_xlsx(f"{heading}<row><c {reference}><v>1</v></c></row>"))


def long_line(path: Path) -> None:
    path.write_bytes(b"Enhet;Enhetsnamn;Verksamhet\n1;" + b"x" * 120_000_000)


def one_huge_cell(path: Path) -> None:
    path.write_bytes(b'Enhet;Enhetsnamn;Verksamhet\n1;"' + b"x\n" * 60_000_000 + b'";Administration\n')


def deep_bomb(path: Path) -> None:
    path.write_bytes(handmade_xlsx("<row r='1'><c r='A1'><v>" + "1" * 100_000_000 + "</v></c></row>"))


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("enheter_2026-10-31.csv", long_line),
        ("enheter_2026-10-31.csv", one_huge_cell),
        ("enheter_2026-10-31.xlsx", lambda path: far_cell(path, "r='XFD1048576'")),
        ("enheter_2026-10-31.xlsx", lambda path: far_cell(path, "\n r\n=\n'XFD1048576'")),
        ("enheter_2026-10-31.xlsx", deep_bomb),
    ],
    ids=["a long line", "one huge cell", "single quotes", "line breaks in the tag", "a bomb"],
)
def test_it_is_refused_and_the_others_are_read(tmp_path: Path, name: str, spoil: object) -> None:
    for organisation in ("a", "b"):
        (tmp_path / "inbox" / organisation).mkdir(parents=True)
        (tmp_path / "inbox" / organisation / "enheter_2026-10-01.csv").write_text(GOOD, encoding="utf-8")
    spoil(tmp_path / "inbox" / "a" / name)  # type: ignore[operator]
    archive = Archive(tmp_path / "archive")
    ingest(tmp_path / "inbox", archive, REGISTERS, DAY, Limits(memory=350_000_000, seconds=60))
    good, bad = archive.receipts("a").sort("name").select("refusal", "loaded").rows()
    assert good == (None, 1)
    assert bad[0]
    assert archive.receipts("b").select("refusal", "loaded").rows() == [(None, 1)]


def test_a_batch_is_read_as_each_file_alone(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox" / "a"
    inbox.mkdir(parents=True)
    for number in range(7):
        (inbox / f"enheter_{number}_2026-10-{10 + number}.csv").write_text(GOOD.replace("1;", f"{number};"), "utf-8")
    (inbox / "revision_2026-10-31.xlsx").write_bytes(b"no workbook")
    limited, direct = Archive(tmp_path / "limited"), Archive(tmp_path / "direct")
    ingest(inbox.parent, limited, REGISTERS, DAY)
    ingest(inbox.parent, direct, REGISTERS, DAY, limits=None)
    assert limited.receipts("a").equals(direct.receipts("a"))
    assert limited.receipts("a").filter(name="revision_2026-10-31.xlsx")["refusal"].to_list() == [
        "filen går inte att läsa"
    ]


def test_organisations_that_are_read_together_have_the_receipts_that_they_have_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many files make a batch, and whoever reads it; a kill costs those that were read together alone."""
    inbox, names = tmp_path / "inbox", ["a", "b", "c", "d"]
    for number, name in enumerate(names):
        (inbox / name).mkdir(parents=True)
        for month in range(1, number + 2):
            (inbox / name / f"enheter_2026-{month:02}-01.csv").write_text(GOOD, "utf-8")
    found = []
    for batch, workers in ((1, 1), (2, 2), (200, 3)):
        monkeypatch.setattr(limited_reading, "BATCH_FILES", batch)
        monkeypatch.setattr(reading, "BATCH_FILES", batch)
        archive = Archive(tmp_path / f"archive-{batch}")
        assert ingest(inbox, archive, REGISTERS, DAY, workers=workers) == 10
        found.append([archive.receipts(name) for name in names])
    assert [receipts.height for receipts in found[0]] == [1, 2, 3, 4]
    assert all(one.equals(other) for others in found[1:] for one, other in zip(found[0], others, strict=True))


def test_a_killed_run_keeps_what_was_read_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "inbox"
    for name in ("a", "b", "c"):
        (inbox / name).mkdir(parents=True)
        (inbox / name / "enheter_2026-10-01.csv").write_text(GOOD, "utf-8")
    monkeypatch.setattr(reading, "BATCH_FILES", 1)
    archive = Archive(tmp_path / "archive")
    write = Archive.write_receipts

    def killed_at_c(self: Archive, organisation: str, receipts: pl.DataFrame) -> None:
        if organisation == "c":
            raise KeyboardInterrupt
        write(self, organisation, receipts)

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "write_receipts", killed_at_c)
        with pytest.raises(KeyboardInterrupt):
            ingest(inbox, archive, REGISTERS, DAY, limits=None, workers=1)
    assert sorted(archive.organisations()) == ["a", "b"]
    assert ingest(inbox, archive, REGISTERS, DAY, limits=None, workers=1) == 1


def note(batch: Sequence[tuple[Path, int]]) -> list[int]:
    for path, number in batch:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{number}\n")
    return [number for _, number in batch]


def never(job: object, fault: LimitExceeded) -> int:
    raise AssertionError(job) from fault


def test_each_file_is_read_once(tmp_path: Path) -> None:
    read = tmp_path / "read.txt"
    jobs = [(read, number) for number in range(5)]
    with ThreadPoolExecutor(2) as executor:
        assert map_limited(note, jobs, [1] * 5, DEFAULT_LIMITS, never, executor, workers=2) == [0, 1, 2, 3, 4]
    assert sorted(read.read_text(encoding="utf-8").split()) == ["0", "1", "2", "3", "4"]
