"""Text files: every row of the file is read under the number that a spreadsheet gives it, or the file is refused."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.refusal import Refused
from tests.intake.delivered import delivered, read

HEADING = ["Indikator", "År", "Bedömning"]
H = "Indikator;År;Bedömning\n"
SEPARATORS = st.sampled_from([";", ",", "\t", "|"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "cp1252"])
CELL = st.text(st.sampled_from('aåÄ5 ;,|\t"\n-–'), min_size=1, max_size=10)


def names(content: str | bytes, **more: str) -> dict[int, str]:
    """The first cell of every row that was loaded, by its row number."""
    with tempfile.TemporaryDirectory() as folder:
        rows = read(Path(folder), "vor_indikatorer", content, **more).valid
    return dict(zip(rows["row"], rows["indikator"], strict=True))


def encoded(text: str, encoding: str) -> bytes:
    return ("\ufeff" + text).encode("utf-16-be") if encoding == "utf-16-be-bom" else text.encode(encoding)


@given(
    st.lists(CELL.filter(lambda text: text.strip()), max_size=8, unique_by=str.strip), SEPARATORS, ENCODINGS,
    st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.integers(0, 5),
)  # fmt: skip
def test_what_a_csv_writer_writes_is_what_is_read(
    cells: list[str], separator: str, encoding: str, line_end: str, quoting: int, titles: int
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end, quoting=quoting)
    writer.writerows([[f"Titel {number}"] for number in range(titles)] + [HEADING])
    writer.writerows([cell, 2000 + number, "Delvis"] for number, cell in enumerate(cells))
    expected = {titles + 2 + number: cell.strip() for number, cell in enumerate(cells)}
    assert names(encoded(text.getvalue(), encoding)) == expected


ROWS = "A;2023;Delvis\nB;2024;Delvis\n"


@pytest.mark.parametrize(
    "content",
    [
        (H + ROWS).replace("\n", "\r"),
        ("Titel\n" + H + ROWS).replace("\n", "\r"),
        (H + ROWS).replace("\n", "\r\r\n"),
        ("Titel\n\n" + H + ROWS).replace("\n", "\r\r\n"),
        "Titel\rmer\n" + H + ROWS,
        "Titel\r\n" + H + ROWS,
        "\r\r\r" + H + ROWS,
        H.replace("\n", "\r") + ROWS,
        H + ROWS.replace("\n", "\r"),
        H + "A;2023;Delvis\r\nB;2024;Delvis\n",
    ],
    ids=["cr", "cr and a title", "crcrlf", "crcrlf and titles", "in a title", "mixed", "first", "after the heading",
         "in the rows", "mixed rows"],
)  # fmt: skip
def test_whatever_ends_the_lines_no_row_disappears(tmp_path: Path, content: str) -> None:
    """docs/spec/interfaces.md promises CRLF and LF; for others the file may be refused, but not read as a
    shorter one."""
    try:
        found = read(tmp_path, "vor_indikatorer", content)
    except Refused:
        return
    assert found.valid["indikator"].to_list() == ["A", "B"]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (H, {}),
        (H.strip(), {}),
        (H + "A;2023;Delvis", {2: "A"}),
        ("\n\n" + H + "\n\nA;2023;Delvis\n\n", {6: "A"}),
        ("\r\n\r\n" + H + "\r\nA;2023;Delvis\r\n", {5: "A"}),
        ("sep=;\n" + H + "A;2023;Delvis\n", {3: "A"}),
        ("sep=,\n" + (H + "A;2023;Delvis\n").replace(";", ","), {3: "A"}),
        (";;;\n;Uttag;;\n" + H.replace("\n", ";;\n") + "A;2023;Delvis;;\n", {4: "A"}),
        (H + "A;2023;Delvis;;;;;;\nB;2023;Delvis\n", {2: "A", 3: "B"}),
        ("\t".join(["Titel"] * 40) + "\n" + H + "A;2023;Delvis\n", {3: "A"}),
        (";" * 5000 + "\n" + H + "A;2023;Delvis\n", {3: "A"}),
        ('"Indikator\n";"\nÅr *";"Bedömning :"\nA;2023;Delvis\n', {2: "A"}),
        ('\ufeff"Indi\nkatorn";"År";"Bedömning";"Indikator"\nA;2023;Delvis;B\n', {2: "B"}),
        (H + "A\0B;2023;Delvis\nC;2023;Delvis\n", {2: "AB", 3: "C"}),
        (H + "A\u2028B;2023;Delvis\n\u0085C;2023;Delvis\n", {2: "A\u2028B", 3: "\u0085C"}),
        (H + f"{'x' * 2_000_000};2023;Delvis\nC;2023;Delvis\n", {2: "x" * 2_000_000, 3: "C"}),
        ("x" * 300_000 + "\n" + H + "A;2023;Delvis\n", {3: "A"}),
        (" " * 300_000 + "\n" + H + "A;2023;Delvis\n", {3: "A"}),
        ("\ufeff" + H + "A;2023;Delvis\n", {2: "A"}),
        (H + "A;2023;Delvis\n\x1a", {2: "A"}),
    ],
    ids=[
        "only a heading", "no line end", "no last line end", "blank lines", "blank crlf lines", "sep", "sep comma",
        "lone columns", "trailing separators", "a wide title", "a very wide title", "line breaks in headings",
        "BOM and a line break in the first heading", "NUL", "other line separators", "a huge cell", "a huge title",
        "a huge blank", "BOM", "DOS end of file",
    ],
)  # fmt: skip
def test_mess_that_is_read(content: str, rows: dict[int, str]) -> None:
    assert names(content) == rows


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-7"])
def test_other_encodings_are_refused_and_not_half_read(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(Refused):
        read(tmp_path, "vor_indikatorer", H + ROWS, encoding=encoding)


def test_a_separator_too_many_among_the_headings_shifts_no_row(tmp_path: Path) -> None:
    """All rows are then short by one, as those of an export that leaves out empty cells may be."""
    rows = "".join(f"E{number};Förskola;2020-01-01\n" for number in range(6))
    found = read(tmp_path, "enheter", f"Enhet;;Verksamhet;Aktiv från\n{rows}")
    assert (found.valid.height, found.quarantined.height) == (0, 6)
    assert set(found.failures["rule"]) == {"fel antal celler"}
    trimmed = read(tmp_path, "enheter", f"Enhet;Verksamhet;Aktiv från;Aktiv till\n{rows}")
    assert (trimmed.valid.height, trimmed.quarantined.height) == (6, 0)


def test_a_row_with_values_far_right_of_the_headings_is_no_note(tmp_path: Path) -> None:
    found, conformed = delivered(tmp_path, "vor_indikatorer", H + "A;;;;;;;;x\nB;2023;Delvis\n")
    assert (conformed.read, found.notes) == (2, 0)
    assert conformed.quarantined["row"].to_list() == [2]
