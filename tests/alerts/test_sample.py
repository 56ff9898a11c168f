"""The city's sample: everything in it that should be alerted is, once and under its kind, and no secret gets out."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.alerts.configuration import Configuration
from assets.alerts.evaluate import evaluate
from assets.alerts.send import send
from assets.intake.archive import Archive
from assets.intake.resolve_deliveries import resolve_deliveries
from assets.registers.read_contracts import load_registers
from assets.settings import Run, Settings
from assets.warehouse.build import build, open_warehouse
from assets.warehouse.models import load_models
from tests.alerts.conftest import DAY

SAMPLE = Path(__file__).parents[3] / "shared" / "samples-law" / "stad-2026"
B, NIGHT = date(2026, 10, 31), date(2026, 11, 21)
FOLDERS = ("farsta", "jarva", "sodermalm", "staden")
NOTHING = Configuration()

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not SAMPLE.exists(), reason="../shared/samples-law isn't there"),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("stad") / "data"
    return Settings(data=data, inbox=SAMPLE / "inbox", config=data / "config", today=NIGHT)


@contextmanager
def built(settings: Settings, run: Run) -> Iterator[duckdb.DuckDBPyConnection]:
    registers, models = load_registers(settings.registers), load_models(settings.sql)
    run.folder.mkdir(parents=True)
    resolve_deliveries(
        settings.inbox, Archive(settings.archive), registers, run.today, run.known_at, run.deliveries_path
    )
    with open_warehouse(run, settings.data, registers, models) as con:
        build(con, models, models)
        yield con


def run_of(settings: Settings, day: date) -> Run:
    kind = "review" if day == B else "nightly"
    return Run(f"run-{day}", kind, day, max(day, NIGHT), NIGHT, settings.data / "runs" / f"{kind}-{day}")


@pytest.fixture(scope="module")
def nights(settings: Settings) -> dict[date, pl.DataFrame]:
    """The state as decided for the expected B, then after a night and the one after it."""
    states = {}
    for day in (B, NIGHT, NIGHT + DAY):
        run = run_of(settings, day)
        with built(settings, run) as con:
            states[day] = evaluate(con, run, settings, NOTHING)
        send(run, settings, NOTHING, {})
    return states


def expected(organisation: str, file: str) -> list[dict[str, str]]:
    path = SAMPLE / "expected" / organisation / file
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file_:
        return list(csv.DictReader(file_, delimiter=";"))


def alerted(state: pl.DataFrame, kind: str, column: str) -> list[tuple[str, str]]:
    return sorted(state.filter(kind=kind).select("organisation", column).rows())


@pytest.mark.parametrize("day", [B, NIGHT], ids=["as expected", "the night"])
@pytest.mark.parametrize(
    ("kind", "file", "which"),
    [
        ("leverans saknas", "leveranser.csv", {"Status": "saknas"}),
        ("rader i karantän", "karantan.csv", {}),
        ("omatchade poster", "bristlistor/omatchade.csv", {}),
    ],
)
def test_what_is_wrong_in_a_register_is_one_alert(
    nights: dict[date, pl.DataFrame], day: date, kind: str, file: str, which: dict[str, str]
) -> None:
    rows = {
        (organisation, row["Register"])
        for organisation in FOLDERS
        for row in expected(organisation, file)
        if which.items() <= row.items()
    }
    assert rows
    assert alerted(nights[day], kind, "register") == sorted(rows)


@pytest.mark.parametrize("day", [B, NIGHT], ids=["as expected", "the night"])
def test_every_refused_delivery_is_one_alert(nights: dict[date, pl.DataFrame], day: date) -> None:
    rows = [
        (organisation, row["Källfil"])
        for organisation in FOLDERS
        for row in expected(organisation, "leveranser.csv")
        if row["Status"] in ("avvisad", "okänd")
    ]
    assert len(rows) == 11
    texts = alerted(nights[day], "leverans avvisad", "text")
    assert len(texts) == len(rows)
    for organisation, name in rows:
        assert sum(who == organisation and f"Filen {name} avvisades" in text for who, text in texts) == 1


@pytest.mark.parametrize(("kind", "status"), [("indikator röd", "röd"), ("ej mätbar", "ej mätbar")])
def test_every_red_and_unmeasurable_indicator_is_one_alert(
    nights: dict[date, pl.DataFrame], kind: str, status: str
) -> None:
    rows = [
        (organisation, row["Indikator"])
        for organisation in FOLDERS
        for row in expected(organisation, "indikatorer.csv")
        if row["Status"] == status and not waits_for_what_never_came(organisation, row)
    ]
    assert rows
    assert alerted(nights[B], kind, "indicator") == sorted(rows)


def waits_for_what_never_came(organisation: str, row: dict[str, str]) -> bool:
    """Whether the indicator is told of with the register that it lacks."""
    never_came = {file["Register"] for file in expected(organisation, "leveranser.csv") if file["Status"] == "saknas"}
    return bool(never_came & set(row["Orsak"].removeprefix("underlag saknas: ").split(", ")))


def test_the_first_night_raises_and_the_second_raises_nothing(nights: dict[date, pl.DataFrame]) -> None:
    first, second = nights[NIGHT], nights[NIGHT + DAY]
    assert first["id"].is_unique().all()
    assert set(first["since"]) == {NIGHT}
    assert second.filter(pl.col("since") > NIGHT).select("organisation", "kind", "text").rows() == []


def test_a_rerun_decides_the_same_bytes(settings: Settings, nights: dict[date, pl.DataFrame]) -> None:
    run = run_of(settings, NIGHT + DAY)
    registers, models = load_registers(settings.registers), load_models(settings.sql)
    place = run.folder / "alerts"
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    with open_warehouse(run, settings.data, registers, models) as con:
        assert evaluate(con, run, settings, NOTHING).equals(nights[NIGHT + DAY])
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_no_secret_gets_out(settings: Settings, nights: dict[date, pl.DataFrame]) -> None:
    groups = json.loads((SAMPLE / "secrets.json").read_text(encoding="utf-8"))
    secrets = sorted({secret for group in groups.values() for secret in group})
    places = [path for folder in ("runs", "alerts") for path in (settings.data / folder).rglob("alerts/*/larm.*")]
    assert len(places) == 3 * 2 * len(FOLDERS)
    contents = [path.read_text(encoding="utf-8") for path in places] + [
        str(state.rows()) for state in nights.values()
    ]
    assert pl.Series(contents).str.extract_many(secrets).explode().drop_nulls().is_empty()
