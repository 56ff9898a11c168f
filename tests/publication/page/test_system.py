"""The pages of systems and records of processing."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.publication.page.page_names import links_by_id, page_names
from assets.publication.page.system import write_systems
from tests.publication.page import handmade

SYSTEM = {"organisation": "a", "kind": "system", "id": "SYS-1", "delivery": "pm3_system.csv", "row": 2}
OWN = SYSTEM | {"register": "pm3_system", "place": 1, "label": "System", "text": "Journal <b>"}
RECORD = OWN | {"kind": "behandling", "id": "BEH/1", "register": "registerforteckning", "label": "Behandling",
                "text": "Journalföring", "delivery": "r.csv", "row": 5}  # fmt: skip
LINKED = SYSTEM | {"register": "registerforteckning", "place": 1, "label": "BEH/1 Journalföring",
                   "text": "inte inventerad", "to_kind": "behandling", "to_id": "BEH/1", "delivery": "r.csv",
                   "row": 5}  # fmt: skip


def written(folder: Path, **rows: Any) -> dict[str, str]:
    write_systems(handmade.report([handmade.indicator()], **rows), folder)
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / "system").glob("*.html")}


def test_a_page_tells_what_registers_know_lack_and_say_against_each_other(tmp_path: Path) -> None:
    gaps = [
        handmade.gap(1, key="BEH/1", reason="ändamål saknas", delivery="r.csv", row=5),
        handmade.gap(2, key="annan", reason="hör inte hit", delivery="r.csv", row=6),
    ]
    registers = [handmade.register("pub_avtal", "saknas", None), handmade.register("klassningar", "i kraft", 3)]
    against = [{"organisation": "a", "kind": "system", "id": "SYS-1", "text": "Nej här och ja där."}]
    pages = written(tmp_path, facts=[OWN, LINKED, RECORD], gaps=gaps, registers=registers, contradictions=against)
    own = pages["SYS-1.html"]
    (record,) = (name for name in pages if name.startswith("BEH-1-"))
    assert pages.keys() == {"index.html", "SYS-1.html", record}
    assert "Journal &lt;b&gt;" in own
    assert f'<a href="{record}">BEH/1 Journalföring</a>' in own
    assert "Nej här och ja där." in own
    assert "Ändamål saknas" in own, "a gap of a row that the page shows"
    assert "Hör inte hit" not in own
    assert "Biträdesavtalen har inte kommit." in own, "nothing is claimed of what was never delivered"
    assert "Inget i klassningarna rör det." in own
    assert "motsäger" not in pages[record]
    lines = (tmp_path / "system" / "alla.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[:2] == ["Id;Namn;Slag;Motsägelser;Brister", "SYS-1;Journal <b>;System;1;1"]
    assert pages["index.html"].index("SYS-1") < pages["index.html"].index("BEH/1"), "what contradicts comes first"


def test_without_any_the_list_says_so(tmp_path: Path) -> None:
    assert "har några rader" in written(tmp_path)["index.html"]


def test_a_gap_list_leads_to_the_page() -> None:
    from assets.publication.page.gaps import Listed, gaps_of, listed_by_indicator

    own = handmade.report(gaps=[handmade.gap(1, key="SYS-1"), handmade.gap(2, key="SYS-2")])
    gaps = listed_by_indicator(own.tables.gaps)["UTB-01"]
    listed = gaps_of("UTB-01", gaps, Listed(), None, {"SYS-1": "system/SYS-1.html"})
    cells = [str(row[1]) for row in listed.open.rows]
    assert cells == ['<a href="../system/SYS-1.html">SYS-1</a>', "SYS-2"]


@pytest.mark.parametrize(
    ("ident", "name"),
    [
        ("SYS-1", "SYS-1.html"),
        ("index", r"index-[0-9a-f]{8}\.html"),
        ("CON", r"CON-[0-9a-f]{8}\.html"),
        ("../../x", r"x-[0-9a-f]{8}\.html"),
        ("FAR 2023/134", r"FAR-2023-134-[0-9a-f]{8}\.html"),
        ("Å", r"system-[0-9a-f]{8}\.html"),
    ],
)
def test_a_page_has_a_name_that_any_file_system_takes(ident: str, name: str) -> None:
    assert re.fullmatch(name, page_names([("system", ident)])[("system", ident)])


def test_ids_that_differ_in_case_or_kind_alone_have_pages_of_their_own() -> None:
    objects = [("system", "A1"), ("system", "a1"), ("behandling", "A1"), ("behandling", "B")]
    names = page_names(objects)
    assert len({name.casefold() for name in names.values()}) == 4
    assert links_by_id(names) == {"a1": f"system/{names[('system', 'a1')]}", "B": "system/B.html"}


@given(st.lists(st.tuples(st.sampled_from(["system", "behandling"]), st.text(max_size=80)), max_size=30))
def test_names_are_unique_safe_and_hang_on_nothing_but_the_ids(objects: list[tuple[str, str]]) -> None:
    names = page_names(objects)
    assert names == page_names(reversed(objects))
    assert len({name.casefold() for name in names.values()}) == len(set(objects))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,60}\.html", name) for name in names.values())
