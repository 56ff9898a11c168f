"""A run's deliveries as the intake leaves them: rows that have passed the real contract, and what the receipts say.

So a warehouse can be loaded of what a source would give, without any source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from assets.intake.apply_contract import apply_contract
from assets.intake.lookup_key import LookupKey
from assets.intake.parsing import null_if_blank
from assets.registers.adjusted import with_lookups
from assets.registers.contract import CITY, Register
from assets.registers.shapes import DELIVERIES
from assets.warehouse.build import create_tables
from assets.warehouse.load import load
from assets.warehouse.models import Model
from assets.warehouse.staged import SHEET
from tests.warehouse.conftest import REGISTERS

KEY = LookupKey()
Row = Mapping[str, str]


@dataclass
class Deliveries:
    """Deliveries in force, in their order in time. `folder` takes their readings."""

    folder: Path
    looked_up: Sequence[str] = ()
    lines: list[dict[str, object]] = field(default_factory=list)

    @property
    def registers(self) -> dict[str, Register]:
        return with_lookups(REGISTERS, set(self.looked_up))

    def deliver(
        self,
        register: str,
        rows: Sequence[Row],
        day: str = "2026-11-01",
        *,
        organisation: str = "farsta",
        name: str | None = None,
        source: str | None = None,
        lookups: Mapping[str, str] | None = None,
        absent: Sequence[str] = (),
        at: Sequence[int] = (),
        sheets: Sequence[str] = (),
        missing: Sequence[str] = (),
    ) -> None:
        """`lookups`: column → `register.Column`; cells of columns that are looked up in pii are hashed here, as a
        source's are. `at`: the rows' places in the file, from 2 where nothing is said; `sheets`: the
        sheet of each, in a workbook of several."""
        contract = self.registers[register]
        hashed = [column for column, target in (lookups or {}).items() if self._is_pii(target)]
        texts = {column.name: [row.get(column.name, "") for row in rows] for column in contract.columns}
        for column in hashed:
            texts[column] = [KEY.digest(text) if text else "" for text in texts[column]]
        frame = pl.DataFrame(
            {"row": list(at) or range(2, len(rows) + 2)} | texts,
            schema_overrides={"row": pl.UInt32} | dict.fromkeys(texts, pl.String),
        )
        frame = frame.with_columns(null_if_blank(pl.col(column.name), column.type) for column in contract.columns)
        result = apply_contract(contract, frame, lookup_key=KEY)
        number = len(self.lines)
        place = self.folder / "archive" / "read" / register / "1" / f"{number}.csv"
        place.mkdir(parents=True)
        on_sheets = {SHEET: pl.Series(sheets)} if sheets else {}
        result.valid.with_columns(**on_sheets).write_parquet(place / "rows.parquet")
        result.failures.write_parquet(place / "faults.parquet")
        result.quarantined.write_parquet(place / "rejected.parquet")
        self.lines.append(
            {
                "organisation": CITY if contract.level == "city" else organisation, "register": register,
                "name": name or f"{register}_{day}.csv", "sha256": str(number), "delivered": date.fromisoformat(day),
                "read": result.read, "loaded": result.valid.height, "quarantined": result.quarantined.height,
                "duplicates": result.duplicates, "dropped_cells": result.dropped_cells, "status": "i kraft",
                "folder": f"{register}/1/{number}.csv", "position": number, "source": source,
                "lookups": [{"column": column, "target": target} for column, target in (lookups or {}).items()],
                "absent": list(absent), "missing": list(missing),
            }
        )  # fmt: skip

    def _is_pii(self, target: str) -> bool:
        register, _, column = target.partition(".")
        return REGISTERS[register].by_name[column].pii

    def loaded(
        self, as_of: date = date(2026, 11, 10), models: Mapping[str, Model] | None = None
    ) -> duckdb.DuckDBPyConnection:
        """A warehouse that the real code has loaded with all that was delivered, ready for the models."""
        lines = pl.DataFrame(self.lines, schema=DELIVERIES.schema | {"missing": pl.List(pl.String)})
        lines.write_parquet(self.folder / "deliveries.parquet")
        organisations = sorted({str(line["organisation"]) for line in self.lines} - {CITY})
        pl.DataFrame({"organisation": organisations}).write_parquet(self.folder / "organisations.parquet")
        con = duckdb.connect()
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [as_of])
        con.execute("SET VARIABLE nightly = true")
        create_tables(con, self.registers, models or {})
        load(con, self.folder, self.folder / "archive" / "read", self.registers)
        return con
