"""What a delivery breaks of its contract, line by line, and what it holds that it must not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import polars as pl

from assets.intake import privacy
from assets.intake.contract_result import (
    FAULT,
    PERSONAL_NUMBER,
    PROTECTED,
    REJECTED,
    ContractResult,
    OwnTexts,
    PolarsType,
)
from assets.intake.display import HIDDEN, TYPES, hidden
from assets.intake.landed_values import protects
from assets.intake.lookup_key import HASHED
from assets.intake.parsing import SPOILED
from assets.intake.rules import PATTERN, THE_ROW, UNREADABLE, Check, text_of
from assets.intake.together import DELIVERY
from assets.personal_numbers import MASK
from assets.registers.contract import Register


def failures(
    frame: pl.DataFrame,
    rules: Sequence[Check],
    broken: pl.DataFrame,
    loaded: pl.Series,
    register: Register,
    own: OwnTexts | None,
) -> pl.DataFrame:
    """A line for each cell that cost its row, and for each cell dropped from a row that was loaded."""
    lines = [pl.DataFrame(schema=FAULT)]
    occurs = broken.select(pl.all().any()).row(0) if broken.height else ()
    for number in (number for number, any_broken in enumerate(occurs) if any_broken):
        check = rules[number]
        of_source = own is not None and check.column.name in own.texts.columns
        text = pl.lit(own.texts[check.column.name]) if own and of_source else text_of(check.column)
        line = frame.with_columns(value=text).filter(broken[str(number)]).select(
            "row",
            column=pl.lit(check.column.name),
            value=pl.lit(None, pl.String) if check.column.pii else pl.col("value"),
            rule=pl.lit(check.rule),
            effect=pl.lit(check.effect),
        )  # fmt: skip
        unread = check.rule == UNREADABLE or of_source
        may_be_anything = check.rule == PATTERN or (unread and check.column.type in TYPES)
        if may_be_anything and (secret := hidden(line["value"], check.column, register)):
            line = line.with_columns(pl.col("value").replace(dict.fromkeys(secret, HIDDEN)))
        lines.append(line if check.effect == THE_ROW else line.filter(pl.col("row").is_in(loaded.implode())))
    faults = pl.concat(lines)
    masked = privacy.masks(faults.select("value")).get("value", {})
    addressed = privacy.with_address(faults.select("value")).get("value", [])
    value = pl.col("value").replace(dict.fromkeys(masked, MASK)) if masked else pl.col("value")
    is_secret = value.str.starts_with(HASHED) | pl.col("value").is_in(addressed)
    value = pl.when(is_secret).then(pl.lit(HIDDEN)).otherwise(value)
    return faults.with_columns(value.str.strip_prefix(SPOILED).replace("", None).alias("value")).sort(
        "row", maintain_order=True
    )


def with_broken_rows(result: ContractResult, broken_rows: pl.DataFrame) -> ContractResult:
    """The result with the rows whose form is wrong (`broken_rows`: `row`, `rule`) among those read, and a line for
    each in quarantine, in the rows' order."""
    if broken_rows.is_empty():
        return result
    broken = broken_rows.with_columns(effect=pl.lit(THE_ROW))
    return replace(
        result,
        failures=_with_lines(result.failures, broken, FAULT),
        quarantined=_with_lines(result.quarantined, broken, REJECTED),
        read=result.read + broken_rows.height,
    )


def _with_lines(lines: pl.DataFrame, broken: pl.DataFrame, schema: Mapping[str, PolarsType]) -> pl.DataFrame:
    empty = (pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in broken.columns)
    broken = broken.with_columns(empty).select(pl.col(name).cast(kind) for name, kind in schema.items())
    return pl.concat([lines, broken]).sort("row", maintain_order=True)


def keys_of_rows(frame: pl.DataFrame, wanted: pl.Series, register: Register) -> pl.DataFrame:
    """`row` and the texts of its key columns, of the rows that are wanted; no key where the register has none."""
    if not register.key:
        return frame.select("row", key=pl.lit(None, pl.List(pl.String))).filter(wanted)
    texts = [text_of(register.by_name[name]) for name in register.key]
    return frame.select("row", *texts).filter(wanted).select("row", key=pl.concat_list(texts))


def protected_keys(frame: pl.DataFrame, register: Register, present: Collection[str]) -> pl.DataFrame:
    """The first key text of every row that is marked as protected, each once of a DELIVERY."""
    marks = [protects(column, present) for column in register.columns if column.protects]
    if not marks:
        return pl.DataFrame(schema={DELIVERY: pl.UInt32, **PROTECTED})
    protected = frame.filter(pl.any_horizontal(marks))
    keys = protected.select(DELIVERY, key=text_of(register.by_name[register.key[0]]))
    return keys.drop_nulls().unique(maintain_order=True)


def personal_numbers(frame: pl.DataFrame, register: Register, masked: pl.DataFrame) -> pl.DataFrame:
    """A line for each text, code or list in which a number stood (docs/spec/indicators.md, personnummer i
    fritext)."""
    lines = [
        frame.filter(f"masked:{column.slug}").select("row", column=pl.lit(column.name))
        for column in register.columns
        if column.type in ("text", "code", "list") and f"masked:{column.slug}" in masked.columns
    ]
    return pl.concat([pl.DataFrame(schema=PERSONAL_NUMBER), *lines]).sort("row", maintain_order=True)
