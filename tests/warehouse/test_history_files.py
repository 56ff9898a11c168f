"""The history's files: torn ones are set aside, missing ones noted, old nights thinned, strays passed over."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from assets.checksums import read_sums
from assets.warehouse.history import _series_files, thin_history
from assets.warehouse.history_files import files_of, history_damage, intact_files, note_missing, write_file

ROWS = pl.DataFrame({"a": list(range(50))})
FIRST = date(2024, 1, 1)


def written(folder: Path, *names: str) -> list[Path]:
    for name in names:
        write_file(folder / f"{name}.parquet", ROWS)
    return [folder / f"{name}.parquet" for name in names]


def nights(folder: Path, count: int) -> date:
    """Empty files as so many nights leave them; gives the last day."""
    for kind in ("figures", "gaps"):
        (folder / kind).mkdir(parents=True)
    for number in range(count):
        day = FIRST + timedelta(days=number)
        (folder / "figures" / f"{day}_{day}.parquet").touch()
        (folder / "gaps" / f"{day}.parquet").touch()
    return FIRST + timedelta(days=count - 1)


@pytest.mark.parametrize(
    "how",
    [lambda _: b"", lambda content: content[:-9], lambda content: content[:60] + b"\0" + content[61:]],
    ids=["empty", "cut", "one byte"],
)
def test_a_torn_file_is_set_aside(tmp_path: Path, how: object) -> None:
    first, second = written(tmp_path, "2026-03-01", "2026-03-02")
    second.write_bytes(how(second.read_bytes()))  # type: ignore[operator]
    assert [one.what for one in history_damage(tmp_path)] == [
        f"history/{tmp_path.name}/{second.name} är inte det som skrevs"
    ]
    assert list(intact_files([first, second])) == [first]
    assert second.with_name(f"{second.name}.trasig").exists()
    note_missing(tmp_path, date(2026, 4, 1))
    assert not list(tmp_path.glob("*.saknas"))
    assert list(history_damage(tmp_path)) == []


def test_a_missing_file_is_noted_once_and_tonights_is_not_missed(tmp_path: Path) -> None:
    first, second = written(tmp_path, "2026-03-01", "2026-03-02")
    first.unlink()
    second.unlink()
    note_missing(tmp_path, date(2026, 3, 2))
    assert [path.name for path in tmp_path.glob("*.saknas")] == ["2026-03-01.parquet.saknas"]
    assert set(read_sums(tmp_path)) == {"2026-03-02.parquet"}


def test_killed_between_the_list_and_the_file_either_content_is_right(tmp_path: Path) -> None:
    (path,) = written(tmp_path, "2026-03-01")
    before = path.read_bytes()
    write_file(path, ROWS.head(3))
    path.write_bytes(before)
    assert list(intact_files([path])) == [path]
    write_file(path, ROWS.head(3))
    write_file(path, ROWS.head(3))
    assert [len(digests) for digests in read_sums(tmp_path).values()] == [1]


def test_a_file_of_an_earlier_version_is_read_if_it_can_be(tmp_path: Path) -> None:
    ROWS.write_parquet(tmp_path / "2026-03-01.parquet")
    (tmp_path / "2026-03-02.parquet").write_bytes(b"PAR1")
    assert [path.name for path in intact_files(files_of(tmp_path))] == ["2026-03-01.parquet"]


def test_a_stray_file_is_passed_over_with_a_word(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (path,) = written(tmp_path, "2026-03-01")
    for name in ("kopia.parquet", "2026-02-30.parquet", "2026-03-01 (1).parquet"):
        (tmp_path / name).touch()
    assert files_of(tmp_path) == [path]
    assert f"history/{tmp_path.name}/kopia.parquet hör inte till historiken" in caplog.text


def test_a_torn_list_is_set_aside(tmp_path: Path) -> None:
    (path,) = written(tmp_path, "2026-03-01")
    (tmp_path / "SHA256SUMS").write_text("skräp", encoding="utf-8")
    assert list(intact_files([path])) == [path]
    assert (tmp_path / "SHA256SUMS.trasig").exists()


def test_old_gaps_are_thinned_to_month_ends_and_figures_stay(tmp_path: Path) -> None:
    last = nights(tmp_path, 700)
    thin_history(tmp_path, last, None)
    gaps = {path.stem for path in (tmp_path / "gaps").glob("*.parquet")}
    daily = {str(last - timedelta(days=number)) for number in range(401)}
    assert daily <= gaps
    assert sorted(gaps - daily)[:3] == ["2024-01-31", "2024-02-29", "2024-03-31"]
    assert len(gaps - daily) == 9
    assert len(list((tmp_path / "figures").glob("*.parquet"))) == 700


def test_figures_are_thinned_where_it_is_asked_for(tmp_path: Path) -> None:
    last = nights(tmp_path, 700)
    review = tmp_path / "figures" / "2024-02-10_2024-03-01.parquet"
    review.touch()
    thin_history(tmp_path, last, 100)
    left = {path.stem for path in (tmp_path / "figures").glob("*.parquet")}
    assert review.stem in left
    assert len(left) == 100 + 19 + 1, "100 nights, the month ends before them, and the review"


def test_thinned_nights_are_no_reviews_in_the_series(tmp_path: Path) -> None:
    last = nights(tmp_path, 1200)
    files = files_of(tmp_path / "figures")
    before = _series_files(
        files, {date.fromisoformat(path.stem) for path in (tmp_path / "gaps").glob("*.parquet")}, last
    )
    thin_history(tmp_path, last, None)
    after = {date.fromisoformat(path.stem) for path in (tmp_path / "gaps").glob("*.parquet")}
    assert _series_files(files, after, last) == before
    assert all(before.values())


def test_a_review_of_a_months_last_day_takes_no_night_from_the_series(tmp_path: Path) -> None:
    """Of a B with both, the night's figures stay and those of its newest review."""
    last = nights(tmp_path, 366 + 60)
    of_nights, figures = files_of(tmp_path / "gaps"), tmp_path / "figures"
    before = _series_files(files_of(figures), {date.fromisoformat(path.stem) for path in of_nights}, last)
    for known_at in ("2024-11-20", "2024-11-21"):
        (figures / f"2024-10-31_{known_at}.parquet").touch()
    after = _series_files(files_of(figures), {date.fromisoformat(path.stem) for path in of_nights}, last)
    assert figures / "2024-10-31_2024-10-31.parquet" in before
    assert after == before | {figures / "2024-10-31_2024-11-21.parquet": False}


def test_the_last_night_of_a_month_whose_figures_are_gone_gives_way_to_the_one_before(tmp_path: Path) -> None:
    last = nights(tmp_path, 366 + 60)
    of_nights = {date.fromisoformat(path.stem) for path in files_of(tmp_path / "gaps")}
    (tmp_path / "figures" / "2024-10-31_2024-10-31.parquet").unlink()
    kept = _series_files(files_of(tmp_path / "figures"), of_nights, last)
    assert [path.stem for path in kept if path.stem.startswith("2024-10")] == ["2024-10-30_2024-10-30"]
