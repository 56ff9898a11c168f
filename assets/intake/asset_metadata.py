"""What Dagster shows of a register: its newest delivery, what was read and what wasn't, and its columns.

Names of files are as `inbox.display_name` shows them, and reasons name columns: no cell's value is told.
"""

import dagster as dg
import polars as pl

from assets.markdown_table import markdown_table
from assets.registers.contract import Register
from assets.registers.landed import belongs, landed_fields

MAX_REFUSALS = 20
"""So many refused deliveries are listed; leveranser.csv has them all."""

_OF_EVERY_ROW = {
    "organisation": "Den mapp i inkorgen som raden kom i.",
    "delivery": "Filen som raden kom i, som dess namn får visas.",
    "row": "Radens nummer i filen, som ett kalkylblad räknar.",
}


def column_schema(register: Register) -> dg.TableSchema:
    """The columns of the register's table, each with what the contract says of it."""
    fields = {"delivery": "VARCHAR", "row": "INTEGER"} | landed_fields(register)
    if register.level == "organisation":
        fields = {"organisation": "VARCHAR"} | fields
    return dg.TableSchema([dg.TableColumn(name, kind, _about(name, register)) for name, kind in fields.items()])


def _about(field: str, register: Register) -> str | None:
    if field in _OF_EVERY_ROW:
        return _OF_EVERY_ROW[field]
    column = next((column for column in register.columns if belongs(field, column)), None)
    return f"{column.name}. {column.about}".strip() if column else None


def register_metadata(deliveries: pl.DataFrame) -> dict[str, dg.MetadataValue | int | str]:
    """Of one register's rows of intake.deliveries: what is in force, the newest that came, and what was refused."""
    in_force = deliveries.filter(pl.col("status") == "i kraft")
    refused = deliveries.filter(pl.col("status") == "avvisad").sort("position", descending=True)
    missing = deliveries.filter(pl.col("status") == "saknas")["organisation"].sort()
    metadata: dict[str, dg.MetadataValue | int | str] = {
        "dagster/row_count": int(in_force["loaded"].sum()),
        "deliveries": in_force.height,
        "rows_in_quarantine": int(in_force["quarantined"].sum()),
        "refused_deliveries": refused.height,
    }
    newest = in_force.sort("delivered", "position", nulls_last=False).tail(1)
    for organisation, name, day in newest.select("organisation", "name", "delivered").iter_rows():
        metadata |= {"newest_delivery": f"{organisation}/{name}", "newest_of": str(day)}
    if refused.height:
        rows = refused.select("organisation", "name", "delivered", "reason").head(MAX_REFUSALS).rows()
        metadata["refusals"] = dg.MetadataValue.md(
            markdown_table(("organisation", "fil", "levererad", "orsak"), rows)
        )
    if missing.len():
        metadata["missing_from"] = ", ".join(missing)
    return metadata


def deliveries_metadata(deliveries: pl.DataFrame) -> dict[str, dg.MetadataValue | int]:
    """Of all rows of intake.deliveries: how many stand in which way."""
    counts = markdown_table(("status", "filer"), deliveries.group_by("status").len().sort("status").iter_rows())
    return {"dagster/row_count": deliveries.height, "by_status": dg.MetadataValue.md(counts)}
