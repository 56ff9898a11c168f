"""The words that are data are those of the specification, and of the SQL that yields them."""

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from assets.registers import vocabulary
from assets.registers.vocabulary import INACTIVE, GapList, RegisterStatus, Since, State

ROOT = Path(__file__).parents[2]
SPEC = "".join(
    (ROOT / "docs" / "spec" / f"{name}.md").read_text(encoding="utf-8") for name in ("indicators", "interfaces")
)
PUBLISHED = (State, vocabulary.DeliveryStatus, vocabulary.Severity, vocabulary.AlertState, vocabulary.Effect)


@pytest.mark.parametrize("words", PUBLISHED, ids=lambda words: words.__name__)
def test_what_is_published_stands_in_the_specification(words: type[StrEnum]) -> None:
    assert [word for word in words if f"`{word}`" not in SPEC] == []


@pytest.mark.parametrize(
    ("words", "mart"),
    [
        ([state for state in State if state.is_active], "indicator_values"), (INACTIVE, "measurability"),
        (RegisterStatus, "register_status"), (GapList, "gaps"), (Since, "changes"),
    ],
)  # fmt: skip
def test_what_the_sql_yields_is_in_the_vocabulary(words: Iterable[StrEnum], mart: str) -> None:
    query = (ROOT / "sql" / "marts" / f"{mart}.sql").read_text(encoding="utf-8").split("*/")[1]
    assert {word for word in words if f"'{word}'" not in query} == set()


def test_no_figure_has_a_state_of_its_own() -> None:
    query = (ROOT / "sql" / "marts" / "indicator_values.sql").read_text(encoding="utf-8")
    states = query[query.index("as value") : query.index("as state")]
    yielded = re.findall(r"(?:then|else|if\([^,]*,) '([^']*)'", states)
    assert len(yielded) >= 6
    assert set(yielded) <= set(State)
