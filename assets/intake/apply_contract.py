"""A delivery's rows → rows that keep the contract, with every row and cell that doesn't listed.

Always: rows read = rows loaded + rows in quarantine + duplicates (docs/spec/interfaces.md, "What is refused").
"""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from assets.intake.contract_result import REPLACED, ContractResult, OwnTexts, split_by_delivery
from assets.intake.failures import failures, keys_of_rows, personal_numbers, protected_keys, with_broken_rows
from assets.intake.hidden_texts import hashed_texts, without_emails, without_numbers
from assets.intake.landed_values import landed_values
from assets.intake.lookup_key import LookupKey
from assets.intake.parsing import parse
from assets.intake.rows import ParsedRows
from assets.intake.rules import THE_ROW, checks
from assets.intake.together import DELIVERY, stacked
from assets.registers.contract import ROW_KEY, Register
from assets.registers.landed import key_fields, landed_fields


def apply_contract(
    register: Register,
    rows: pl.DataFrame,
    broken_rows: pl.DataFrame | None = None,
    lookup_key: LookupKey | None = None,
    own: OwnTexts | None = None,
) -> ContractResult:
    """Returns what becomes of the rows under the contract.

    `rows`: `row` and, under the name of each contract column, its texts as `rows.ParsedRows` has them. A
    column that isn't there reads as empty, except the one that protects: without it everybody is protected.
    `broken_rows`: `row` and `rule` of rows whose form is wrong: each is quarantined, and gives neither text nor key.
    `lookup_key`: under which e-mail addresses in code columns are hashed, and what sources look up in `pii` columns.
    `own`: of rows that a source's mapping has made.
    """
    result = apply_to_deliveries(register, stacked([rows]), lookup_key or LookupKey(), own)
    result = replace(result, protected=result.protected.drop(DELIVERY))
    return result if broken_rows is None else with_broken_rows(result, broken_rows)


def apply_together(
    register: Register, deliveries: Sequence[ParsedRows], lookup_key: LookupKey | None = None
) -> list[ContractResult]:
    """What `apply_contract` makes of each delivery, worked out in one pass: of small ones the most costs as much for
    one as for many. All must have the same columns."""
    together = stacked([parsed.cells for parsed in deliveries])
    # a row is known by a number of its own meanwhile, for each delivery has its first and second one
    numbered = together.drop("row").with_row_index("row")
    result = apply_to_deliveries(register, numbered, lookup_key or LookupKey())
    apart = split_by_delivery(result, together.select(DELIVERY, "row"), len(deliveries))
    return [with_broken_rows(own, parsed.broken) for own, parsed in zip(apart, deliveries, strict=True)]


def apply_to_deliveries(
    register: Register, rows: pl.DataFrame, lookup_key: LookupKey, own: OwnTexts | None = None
) -> ContractResult:
    """The same of the rows of any number of deliveries, each under its DELIVERY; `row` tells them all apart. Also in
    `protected` stands whose the key is."""
    texts, masked = without_numbers(register, rows)
    texts = without_emails(texts, register, lookup_key)
    values = parse(texts, register.columns, rows[DELIVERY])
    if own is not None:
        values = _without_unreadable(values, own, register)
    hashed = hashed_texts(values, register, lookup_key)
    texts = texts.rename(lambda name: f"text:{name}")
    frame = pl.concat([rows.select("row", DELIVERY), texts, values, masked, hashed], how="horizontal")
    rules = list(checks(register, [name.removeprefix("masked:") for name in masked.columns]))
    broken = frame.select(check.broken.alias(str(number)) for number, check in enumerate(rules))
    costs_row = [str(number) for number, check in enumerate(rules) if check.effect == THE_ROW]
    is_quarantined = broken.select(pl.any_horizontal(costs_row)).to_series()
    present = frozenset(rows.columns)
    typed = frame.select(
        "row",
        DELIVERY,
        *(field for column in register.columns for field in landed_values(column, register, present)),
        *hashed.columns,
    )
    kept = typed.filter(~is_quarantined)
    replaced = _replaced(kept, register) if register.key else pl.DataFrame(schema=REPLACED)
    valid = kept.filter(~pl.col("row").is_in(replaced["row"].implode()))
    if not register.key:
        valid = _numbered_among_equals(valid, register)
    return ContractResult(
        valid=valid.drop(DELIVERY),
        failures=failures(frame, rules, broken, valid["row"], register, own),
        quarantined=keys_of_rows(frame, is_quarantined, register),
        protected=protected_keys(frame, register, present),
        personal_numbers=personal_numbers(frame, register, masked),
        read=rows.height,
        replaced=replaced,
    )


def _numbered_among_equals(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The rows of a register without a key, each with its content and its number among equals as its key."""
    fields = landed_fields(register)
    texts = [
        (pl.col(name).list.join(",") if kind.endswith("[]") else pl.col(name).cast(pl.String)).fill_null("")
        for name, kind in fields.items()
        if name != ROW_KEY
    ]
    content = pl.concat_str(texts, separator=" / ")
    numbered = rows.with_columns(content.alias(ROW_KEY))
    number = pl.int_range(1, pl.len() + 1).over(DELIVERY, ROW_KEY).cast(pl.String)
    return numbered.with_columns(pl.concat_str(ROW_KEY, number, separator=" #"))


def _replaced(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The rows whose key a later row has too. Equal keys have equal hashes, so only rows whose hash comes twice are
    looked at in full: few, of millions."""
    keys = [DELIVERY, *key_fields(register)]
    suspects = rows.filter(rows.select(keys).hash_rows().is_duplicated())
    last = suspects.select("row", by=pl.col("row").last().over(keys))
    return last.filter(pl.col("row") != pl.col("by")).cast(REPLACED)  # type: ignore[arg-type]


def _without_unreadable(values: pl.DataFrame, own: OwnTexts, register: Register) -> pl.DataFrame:
    """The values without those of cells that fit none of their source's formats."""
    nothing = []
    for name in own.unreadable.columns:
        slug, unreadable = register.by_name[name].slug, pl.lit(own.unreadable[name])
        fields = [field for field in (slug, f"{slug}_last", f"{slug}_day") if field in values.columns]
        nothing += [pl.when(~unreadable).then(pl.col(field)).alias(field) for field in fields]
    return values.with_columns(nothing)
