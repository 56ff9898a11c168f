"""Receipts → what each delivery is for a K: in force, replaced, repeated, refused, from the future, unknown.

Nothing of this is stored: the picture "as known then" is the same receipts seen with an earlier K.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from assets.intake.archive import Archive
from assets.registers.contract import CITY, Register
from assets.registers.refusal_reasons import UNKNOWN
from assets.registers.shapes import DELIVERIES

IN_FORCE, REPLACED, REFUSED, MISSING = "i kraft", "ersatt", "avvisad", "saknas"
REPEATED, UNKNOWN_FILE, FUTURE = "upprepad", "okänd", "framtida"

DELIVERY = DELIVERIES.schema | {"missing": pl.List(pl.String)}
"""A delivery as the warehouse gets it, and the columns of the contract that it came without."""
SEQUENCE = ("organisation", "register", "source", "sequence")
"""Whose deliveries of a snapshot replace each other: those of one glob of a source, and those without a source."""

_COUNTS = (
    "read", "loaded", "quarantined", "duplicates", "dropped_cells", "notes", "dropped_characters", "unknown_columns",
    "missing_columns", "other_rows", "other_organisations",
)  # fmt: skip
_PLACE = ("organisation", "register")
_FILE = ("organisation", "register", "source", "name", "sha256")
_IN_TIME = (*_PLACE, "delivered", "order_ns", "name", "source")


def deliveries(
    archive: Archive, registers: Mapping[str, Register], organisations: Sequence[str], known_at: date
) -> pl.DataFrame:
    """Every delivery of the organisations and of the city, as it stands for K. One row per DELIVERY."""
    return as_deliveries(resolved(archive, registers, organisations, known_at))


def as_deliveries(seen: pl.DataFrame) -> pl.DataFrame:
    """One row per DELIVERY of what `resolved` gives."""
    return seen.select(pl.col(name).cast(kind) for name, kind in DELIVERY.items())


def resolved(
    archive: Archive, registers: Mapping[str, Register], organisations: Sequence[str], known_at: date
) -> pl.DataFrame:
    """The same with what receipts say beside, as the `sequence`."""
    receipts = pl.concat(
        archive.receipts(organisation).with_columns(organisation=pl.lit(organisation))
        for organisation in [*organisations, CITY]
    )
    receipts = receipts.with_columns(
        unknown_columns=pl.col("unknown").list.len(), missing_columns=pl.col("missing").list.len()
    )
    is_known = pl.col("register").is_in(list(registers)).fill_null(False)
    dated = _dated(receipts.filter(is_known), known_at)
    is_future, is_refused = pl.col("delivered") > known_at, pl.col("refusal").is_not_null()
    standing = _standing(dated.filter(~is_future & ~is_refused), registers)
    refused = dated.filter(~is_future & is_refused).with_columns(status=pl.lit(REFUSED), reason="refusal")
    future = dated.filter(is_future).with_columns(status=pl.lit(FUTURE), reason=pl.lit("daterad efter K"))
    unknown = receipts.filter(~is_known).with_columns(
        register=None, delivered="dated", status=pl.lit(UNKNOWN_FILE), reason=pl.coalesce("refusal", pl.lit(UNKNOWN))
    )
    seen = pl.concat([standing, refused, future, unknown], how="diagonal_relaxed").sort(_IN_TIME)
    again = pl.struct(_FILE).is_first_distinct().not_() & ~pl.col("status").is_in([IN_FORCE, REPLACED])
    seen = seen.filter(~again).with_columns(
        pl.when(pl.col("status").is_in([IN_FORCE, REPLACED])).then(pl.col(name)).alias(name) for name in _COUNTS
    )
    complete = pl.concat([seen, _missing(receipts, registers, organisations)], how="diagonal_relaxed")
    empty = [pl.col(name).fill_null(pl.lit([], DELIVERY[name])) for name in ("lookups", "absent", "near_headings")]
    return complete.with_columns(empty).with_row_index("position")


def _dated(receipts: pl.DataFrame, known_at: date) -> pl.DataFrame:
    """One row per delivery with its date: the one in its name, else the day on which it first came. An undated file
    that comes again with the same bytes, as when an inbox is copied anew, is no new delivery: `came_again` is the
    newest such day that is known."""
    arrivals = pl.col("arrivals")
    is_named = pl.col("dated").is_not_null()
    arrival = pl.when(is_named).then(arrivals.list.last()).otherwise(arrivals.list.first())
    days = arrivals.list.eval(pl.element().struct.field("day").filter(pl.element().struct.field("day") <= known_at))
    dated = receipts.with_columns(arrival=arrival, came_again=pl.when(~is_named).then(days.list.max()))
    return dated.unnest("arrival").with_columns(
        delivered=pl.coalesce("dated", "day"), order_ns=pl.coalesce("order_ns", "mtime_ns")
    )


def _standing(dated: pl.DataFrame, registers: Mapping[str, Register]) -> pl.DataFrame:
    """Which deliveries hold. One whose content is in force already confirms it and is no delivery of its own.

    Of a snapshot the last one holds, so contents are compared with the one before; an accumulating
    register's all hold, so with every one.
    """
    accumulating = pl.col("register").is_in(
        [name for name, register in registers.items() if register.mode == "accumulate"]
    )
    ordered = dated.sort(_IN_TIME).with_columns(accumulating=accumulating)
    # the same bytes are other rows where a source makes them of more, as of the file's name: its reading says so
    mapped = pl.when(pl.col("source").is_not_null()).then(pl.col("reading")).fill_null("")
    ordered = ordered.with_columns(content=pl.concat_str("sha256", mapped))
    is_new = (pl.col("content") != pl.col("content").shift(1).over(SEQUENCE)).fill_null(True)
    ordered = ordered.with_columns(turn=is_new.cast(pl.UInt32).cum_sum().over(SEQUENCE))
    content = (*SEQUENCE, pl.when("accumulating").then(pl.col("content")).otherwise(pl.col("turn").cast(pl.String)))
    holds = pl.col("accumulating") | (pl.col("turn") == pl.col("turn").max().over(SEQUENCE))
    first = pl.int_range(pl.len()).over(content) == 0
    newest = pl.max_horizontal("delivered", "came_again").max().over(content)
    return ordered.with_columns(
        confirmed=pl.when(first & (newest > pl.col("delivered"))).then(newest),
        status=pl.when(~first).then(pl.lit(REPEATED)).when(holds).then(pl.lit(IN_FORCE)).otherwise(pl.lit(REPLACED)),
        reason=pl.when(~first)
        .then(pl.lit("samma innehåll som ") + pl.col("name").first().over(content))
        .otherwise(_unexpected_columns()),
        folder=pl.when(first).then(
            pl.concat_str("register", "reading", pl.col("sha256") + pl.col("ending"), separator="/")
        ),
    )


def _unexpected_columns() -> pl.Expr:
    """What is said of a delivery with columns that its source says it doesn't have: they are read."""
    number, names = pl.col("unexpected").list.len(), pl.col("unexpected").list.join(", ")
    which = pl.when(number == 1).then(pl.lit("kolumnen ")).otherwise(pl.lit("kolumnerna ")) + names
    return pl.when(number > 0).then(which + " som källan sägs sakna finns och läses")


def _missing(receipts: pl.DataFrame, registers: Mapping[str, Register], organisations: Sequence[str]) -> pl.DataFrame:
    expected = pl.DataFrame(
        [
            {"organisation": organisation, "register": register.name}
            for organisation in [*organisations, CITY]
            for register in registers.values()
            if (register.level == "city") == (organisation == CITY)
        ],
        schema={"organisation": pl.String, "register": pl.String},
    )
    return expected.join(receipts, on=_PLACE, how="anti").with_columns(status=pl.lit(MISSING))
