"""New, still open, closed: the state machine alone, on cases and on whatever hypothesis can think of."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assets.alerts.findings import unseen_kinds
from assets.alerts.shapes import FINDING, STATE
from assets.alerts.state import advance, condition, keep_state, state_before, state_of_night
from tests.alerts.conftest import finding

FIRST = date(2026, 3, 1)
NOTHING, ALL_SEEN = pl.DataFrame(schema=STATE), unseen_kinds([])
A, B = finding("farsta", "leverans sen", "varning", "A"), finding("jarva", "ej mätbar", "varning", "B")
FOUND = {"": pl.DataFrame(schema=FINDING), "A": A, "B": B, "AB": pl.concat([A, B])}


def nights(*found: str) -> list[pl.DataFrame]:
    """The state after each night on which this was found."""
    state, passed = NOTHING, []
    for number, what in enumerate(found):
        state = advance(state, NOTHING, FOUND[what], ALL_SEEN, FIRST + timedelta(days=number))
        passed.append(state)
    return passed


def summary(state: pl.DataFrame, night: date) -> list[tuple[str, date, str]]:
    return state.select("text", "since", condition(night).alias("condition")).rows()


def test_new_then_remaining_then_closed_for_seven_days_then_gone() -> None:
    passed = nights("A", "A", "", *[""] * 7)
    day = [FIRST + timedelta(days=number) for number in range(len(passed))]
    assert summary(passed[0], day[0]) == [("A", day[0], "nytt")]
    assert summary(passed[1], day[1]) == [("A", day[0], "kvarstår")]
    for number in range(2, 9):
        assert summary(passed[number], day[number]) == [("A", day[0], "stängt")]
    assert summary(passed[9], day[9]) == []


def test_what_comes_back_is_new_again() -> None:
    passed = nights("A", "", "A")
    assert summary(passed[2], FIRST + timedelta(days=2)) == [("A", FIRST + timedelta(days=2), "nytt")]


def test_what_cannot_be_seen_is_not_closed() -> None:
    (before,) = nights("AB")
    day = FIRST + timedelta(days=1)
    unseen = unseen_kinds([("farsta", "leverans sen")])
    after = advance(before, NOTHING, FOUND[""], unseen, day)
    assert summary(after, day) == [("A", FIRST, "kvarstår"), ("B", FIRST, "stängt")]


def test_what_an_earlier_run_of_the_night_raised_is_closed_by_the_next() -> None:
    first = advance(NOTHING, NOTHING, FOUND["A"], ALL_SEEN, FIRST)
    second = advance(NOTHING, first, FOUND[""], ALL_SEEN, FIRST)
    assert summary(second, FIRST) == [("A", FIRST, "stängt")]


def test_a_night_is_kept_and_found_again(tmp_path) -> None:
    (state,) = nights("AB")
    keep_state(tmp_path, FIRST, state)
    assert state_of_night(tmp_path, FIRST).equals(state)
    assert state_before(tmp_path, FIRST).is_empty()
    assert state_before(tmp_path, FIRST + timedelta(days=9)).equals(state)


@given(st.lists(st.sampled_from(["", "A", "B", "AB"]), min_size=1, max_size=25))
def test_any_run_of_nights(found: list[str]) -> None:
    """Open is what is found; since is the start of the unbroken run of nights; the closed end with it."""
    for number, (state, what) in enumerate(zip(nights(*found), found, strict=True)):
        night = FIRST + timedelta(days=number)
        assert state["id"].is_unique().all()
        is_open = state.filter(pl.col("closed").is_null())
        assert set(is_open["text"]) == set(what)
        for text, since, _ in summary(is_open, night):
            run = [text in names for names in found[: number + 1]]
            start = number - run[::-1].index(False) + 1 if False in run else 0
            assert since == FIRST + timedelta(days=start)
        for row in state.filter(pl.col("closed").is_not_null()).iter_rows(named=True):
            assert night - timedelta(days=7) < row["closed"] <= night
            assert row["since"] < row["closed"]


@given(
    st.lists(st.sampled_from(["", "A", "B", "AB"]), min_size=1, max_size=6),
    st.sampled_from(["", "A", "B", "AB"]),
    st.integers(1, 4),
)
def test_a_rerun_changes_nothing(before: list[str], tonight: str, times: int) -> None:
    earlier = nights(*before)[-1]
    night = FIRST + timedelta(days=len(before))
    once = state = advance(earlier, NOTHING, FOUND[tonight], ALL_SEEN, night)
    for _ in range(times):
        state = advance(earlier, state, FOUND[tonight], ALL_SEEN, night)
    assert state.equals(once)
