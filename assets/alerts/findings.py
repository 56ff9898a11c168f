"""What is wrong tonight, over all organisations, as the run's warehouse tells it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

from assets.alerts import data_quality, deliveries, figures
from assets.alerts.vocabulary import FINDING
from assets.registers.contract import CITY
from assets.settings import DEFAULT_LATE_AFTER_DAYS

_OF_FIGURES = ("indikator röd", "ej mätbar")
_OF_CONTENT = (*_OF_FIGURES, "tidsfrist", "omatchade poster", "personnummer i fritext")
_OF_CHECKS = ("kontroll underkänd", "volymfall")


@dataclass(frozen=True)
class Findings:
    """`found`: rows of FINDING. `unseen`: organisations and kinds of which tonight can't tell that they are over."""

    found: pl.DataFrame
    unseen: pl.DataFrame


def find(con: duckdb.DuckDBPyConnection, late_days: Mapping[str, int], waiting: Sequence[str]) -> Findings:
    """Everything wrong on B. `waiting`: the files that lie in the inbox (`deliveries.waiting_files`)."""
    queries = [deliveries.MISSING, deliveries.LATE, deliveries.REFUSED]
    queries += [
        data_quality.QUARANTINE,
        data_quality.UNMATCHED,
        data_quality.PERSONAL_NUMBERS,
        figures.INDICATORS,
        figures.CLOCKS,
    ]
    parameters: dict[str, object] = {
        "late_registers": list(late_days),
        "late_days": list(late_days.values()),
        "usual_days": DEFAULT_LATE_AFTER_DAYS,
        "masked": deliveries.MASKED,
        "waiting": list(waiting),
    }
    blocked = _names(con, "SELECT organisation FROM validation.blocked")
    unseen = [(name, kind) for name in blocked for kind in _OF_CONTENT]
    if _is_validated(con):
        queries.append(data_quality.CHECKS)
        parameters["city"] = CITY
    else:
        everybody = [*_names(con, "SELECT organisation FROM intake.organisations"), CITY]
        unseen += [(name, kind) for name in everybody for kind in _OF_CHECKS]
    rows = pl.DataFrame(con.sql(" UNION ALL BY NAME ".join(f"({query})" for query in queries), params=parameters))
    # a blocked organisation's figures are not published, so nothing is said of them either
    believed = ~(pl.col("organisation").is_in(blocked) & pl.col("kind").is_in(_OF_FIGURES))
    return Findings(_identified(rows.filter(believed)), unseen_kinds(unseen))


def finding(organisation: str, kind: str, severity: str, text: str) -> pl.DataFrame:
    """One row of FINDING about an organisation as a whole."""
    row = {"organisation": organisation, "kind": kind, "severity": severity, "text": text}
    return _identified(pl.DataFrame(row).with_columns(about=None))


def unseen_kinds(pairs: Sequence[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(sorted(set(pairs)), schema={"organisation": pl.String, "kind": pl.String}, orient="row")


def _identified(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of FINDING. The id is of the organisation, kind, register, indicator and what else tells it apart."""
    missing = [pl.lit(None, pl.String).alias(name) for name in (*FINDING, "about") if name not in rows.columns]
    whole = rows.with_columns(missing)
    apart = whole.select("organisation", "kind", "register", "indicator", "about").rows()
    return whole.with_columns(pl.Series("id", [_id(row) for row in apart], dtype=pl.String)).select(
        pl.col(name).cast(kind) for name, kind in FINDING.items()
    )


def _id(apart: Sequence[str | None]) -> str:
    # the letter keeps Excel from reading digits with an e among them as a number
    return "L-" + hashlib.sha256("\x1e".join(part or "" for part in apart).encode()).hexdigest()[:12]


def _is_validated(con: duckdb.DuckDBPyConnection) -> bool:
    query = "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'validation' AND table_name = 'results'"
    return con.execute(query).fetchone() is not None


def _names(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [name for (name,) in con.execute(query).fetchall()]
