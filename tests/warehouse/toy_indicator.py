"""One indicator X-01, as a header would define it, and items of it."""

from datetime import date

import duckdb


def define(con: duckdb.DuckDBPyConnection, kind: str = "share", target: int | None = 80, law: bool = False,
           first_day: date | None = None, needs: tuple[str, ...] = ()) -> None:  # fmt: skip
    con.execute(
        """INSERT INTO catalogue.indicators BY NAME SELECT 0 AS position, 'X-01' AS indicator, 'Styrning' AS area,
        ? AS kind, ? AS target, ? AS law, CAST(? AS DATE) AS first_day, CAST(? AS VARCHAR[]) AS needs,
        true AS gap_list""",
        [kind, target, law, first_day, list(needs)],
    )


def add(con: duckdb.DuckDBPyConnection, organisation: str, ok: int, not_ok: int, not_measured: int = 0,
        unit: str | None = None, protected: bool = False) -> None:  # fmt: skip
    for number in range(ok + not_ok + not_measured):
        is_ok, measured = number < ok, number < ok + not_ok
        con.execute(
            "INSERT INTO catalogue.items BY NAME SELECT 'X-01' AS indicator, ? AS organisation, ? AS unit, ? AS key, "
            "? AS ok, ? AS numerator, 1 AS denominator, ? AS measured, ? AS protected",
            [organisation, unit, f"{unit}{number}", is_ok if measured else None, int(is_ok), measured, protected],
        )
