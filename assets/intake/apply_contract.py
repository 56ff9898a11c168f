"""A delivery's rows → rows that keep the contract, with every row and cell that doesn't listed.

Always: rows read = rows loaded + rows in quarantine + duplicates (docs/spec/interfaces.md, "What is refused").
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.intake import privacy
from assets.intake.display import HIDDEN, TYPES, hidden
from assets.intake.lookup_key import HASHED, LookupKey
from assets.intake.parsing import MANY_DECIMALS, SPOILED, parse
from assets.intake.parsing import parts as parts_of
from assets.intake.privacy import EMAIL
from assets.intake.rules import (
    PATTERN,
    THE_CELL,
    THE_ROW,
    UNREADABLE,
    Check,
    checks,
    fits,
    matches,
    out_of_bounds,
    text_of,
)
from assets.intake.times import SERIAL
from assets.personal_numbers import MASK
from assets.registers.column import Column
from assets.registers.contract import ROW_KEY, Register
from assets.registers.landed import hashed_columns, hashed_field, key_fields, landed_fields

SECRECY = "sekretess"

NOT_FILLED = frozenset(
    ("", "-", "–", ".", "?", "x", "n/a", "tbd", "saknas", "okänt", "vet ej", "kompletteras",
     "ska kompletteras", "se hanteringsanvisningar", "enligt gallringsplan")
)  # fmt: skip
"""Texts, casefolded, that say nothing (docs/spec/indicators.md, "filled")."""

PolarsType = pl.DataType | type[pl.DataType]
FAULT: Mapping[str, PolarsType] = {
    "row": pl.UInt32, "column": pl.String, "value": pl.String, "rule": pl.String, "effect": pl.String,
}  # fmt: skip
REJECTED: Mapping[str, PolarsType] = {"row": pl.UInt32, "key": pl.List(pl.String)}
REPLACED: Mapping[str, PolarsType] = {"row": pl.UInt32, "by": pl.UInt32}
PROTECTED = {"key": pl.String}
PERSONAL_NUMBER = {"row": pl.UInt32, "column": pl.String}


@dataclass(frozen=True)
class OwnTexts:
    """What a source's file says where its mapping has made other texts of it, in the rows' order. `texts`: under the
    names of contract columns, what quarantine shows in place of what the contract read. `unreadable`: under some of
    the names, true where the contract may not try to read the text."""

    texts: pl.DataFrame
    unreadable: pl.DataFrame


@dataclass(frozen=True)
class ContractResult:
    """What became of a delivery's rows.

    `valid`: the loaded ones, typed, under ASCII names, the file's row number first. `failures`: a line for
    each cell that put its row in quarantine or was dropped, without any value of a `pii` column or with a
    personal number. `quarantined`: the rows in quarantine with the texts of their key columns. `protected`:
    the first key text of every row read, loaded or not, that is marked as protected. `personal_numbers`: each
    text, code or list of a row read, loaded or not, in which a personal number stands that has no business there.
    `replaced`: each row that gave way to a later one of the same key, and that one.
    """

    valid: pl.DataFrame
    failures: pl.DataFrame
    quarantined: pl.DataFrame
    protected: pl.DataFrame
    personal_numbers: pl.DataFrame
    read: int
    replaced: pl.DataFrame

    @property
    def duplicates(self) -> int:
        return self.replaced.height

    @property
    def dropped_cells(self) -> int:
        return self.failures.filter(pl.col("effect") == THE_CELL).height


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
    lookup_key = lookup_key or LookupKey()
    texts, masked = _texts(register, rows)
    texts = _without_emails(texts, register, lookup_key)
    values = parse(texts, register.columns)
    if own is not None:
        values = _without_unreadable(values, own, register)
    hashed = _hashed(values, register, lookup_key)
    frame = pl.concat(
        [rows.select("row"), texts.rename(lambda name: f"text:{name}"), values, masked, hashed], how="horizontal"
    )
    rules = list(checks(register, [name.removeprefix("masked:") for name in masked.columns]))
    broken = frame.select(check.broken.alias(str(number)) for number, check in enumerate(rules))
    costs_row = [str(number) for number, check in enumerate(rules) if check.effect == THE_ROW]
    is_quarantined = broken.select(pl.any_horizontal(costs_row)).to_series()
    present = frozenset(rows.columns)
    typed = frame.select(
        "row",
        *(field for column in register.columns for field in _landed(column, register, present)),
        *hashed.columns,
    )
    kept = typed.filter(~is_quarantined)
    replaced = _replaced(kept, register) if register.key else pl.DataFrame(schema=REPLACED)
    valid = kept.filter(~pl.col("row").is_in(replaced["row"].implode()))
    if not register.key:
        valid = _numbered_among_equals(valid, register)
    failures = _failures(frame, rules, broken, valid["row"], register, own)
    quarantined = _quarantined(frame, register).filter(is_quarantined)
    if broken_rows is None:
        broken_rows = pl.DataFrame(schema={"row": pl.UInt32, "rule": pl.String})
    return ContractResult(
        valid=valid,
        failures=_with_broken_rows(failures, broken_rows, FAULT),
        quarantined=_with_broken_rows(quarantined, broken_rows, REJECTED),
        protected=_protected(frame, register, present),
        personal_numbers=_personal_numbers(frame, register, masked),
        read=rows.height + broken_rows.height,
        replaced=replaced,
    )


def _with_broken_rows(
    lines: pl.DataFrame, broken_rows: pl.DataFrame, schema: Mapping[str, PolarsType]
) -> pl.DataFrame:
    if broken_rows.is_empty():
        return lines
    broken = broken_rows.with_columns(effect=pl.lit(THE_ROW))
    empty = (pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in broken.columns)
    broken = broken.with_columns(empty).select(pl.col(name).cast(kind) for name, kind in schema.items())
    return pl.concat([lines, broken]).sort("row", maintain_order=True)


def _numbered_among_equals(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The rows of a register without a key, each with its content and its number among equals as its key."""
    fields = landed_fields(register)
    shown = [
        (pl.col(name).list.join(",") if kind.endswith("[]") else pl.col(name).cast(pl.String)).fill_null("")
        for name, kind in fields.items()
        if name != ROW_KEY
    ]
    content = pl.concat_str(shown, separator=" / ")
    numbered = rows.with_columns(content.alias(ROW_KEY))
    number = pl.int_range(1, pl.len() + 1).over(ROW_KEY).cast(pl.String)
    return numbered.with_columns(pl.concat_str(ROW_KEY, number, separator=" #"))


def _replaced(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The rows whose key a later row has too. Equal keys have equal hashes, so only rows whose hash comes twice are
    looked at in full: few, of millions."""
    keys = key_fields(register)
    suspects = rows.filter(rows.select(keys).hash_rows().is_duplicated())
    last = suspects.select("row", by=pl.col("row").last().over(keys))
    return last.filter(pl.col("row") != pl.col("by")).cast(REPLACED)  # type: ignore[arg-type]


def _texts(register: Register, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The texts under ASCII names, personal numbers replaced; and `masked:` flags for the columns that held any.
    In `pii` columns the numbers are left: no text of theirs goes further than this module."""
    texts = rows.select(
        (pl.col(column.name) if column.name in rows.columns else pl.lit(None, pl.String)).alias(column.slug)
        for column in register.columns
    )
    searched = {column.slug: column for column in register.columns if not column.identifies}
    free_text = [name for name, column in searched.items() if column.type == "text"]
    codes = [name for name, column in searched.items() if column.type in ("code", "list")]
    flags, replaced = [], []
    for name, masks in privacy.masks(texts.select(map(_searched, searched.values())), free_text, codes).items():
        flags.append(pl.col(name).is_in(list(masks)).fill_null(False).alias(f"masked:{name}"))
        if not searched[name].pii:
            replaced.append(pl.col(name).replace(masks))
    return texts.with_columns(replaced), texts.select(flags)


def _without_emails(texts: pl.DataFrame, register: Register, lookup_key: LookupKey) -> pl.DataFrame:
    """E-mail addresses where codes should stand, of a list each, as their keyed hashes: they can be compared, and
    tell nobody."""
    replaced = []
    for column in (column for column in register.columns if column.type in ("code", "list") and not column.pii):
        name = column.slug
        emails = texts[name].filter(texts[name].str.contains(EMAIL)).unique()
        if not emails.is_empty():
            digests = {text: _email_digest(text, lookup_key, is_list=column.type == "list") for text in emails}
            replaced.append(pl.col(name).replace(digests))
    return texts.with_columns(replaced)


def _email_digest(text: str, lookup_key: LookupKey, *, is_list: bool) -> str:
    if not is_list:
        return lookup_key.digest(text)
    parts = pl.select(parts_of(pl.lit(text)).explode()).to_series()
    is_email = parts.str.contains(EMAIL)
    return ", ".join(lookup_key.digest(part) if hides else part for part, hides in zip(parts, is_email, strict=True))


def _without_unreadable(values: pl.DataFrame, own: OwnTexts, register: Register) -> pl.DataFrame:
    """The values without those of cells that fit none of their source's formats."""
    nothing = []
    for name in own.unreadable.columns:
        slug, unreadable = register.by_name[name].slug, pl.lit(own.unreadable[name])
        fields = [field for field in (slug, f"{slug}_last", f"{slug}_day") if field in values.columns]
        nothing += [pl.when(~unreadable).then(pl.col(field)).alias(field) for field in fields]
    return values.with_columns(nothing)


def _hashed(values: pl.DataFrame, register: Register, lookup_key: LookupKey) -> pl.DataFrame:
    """The keyed hashes of what sources look up and may not be shown; a hash that stands there already is kept."""
    return pl.DataFrame(
        [_digests(values[column.slug], lookup_key).alias(hashed_field(column)) for column in hashed_columns(register)]
    )


def _digests(read: pl.Series, lookup_key: LookupKey) -> pl.Series:
    is_list = read.dtype == pl.List
    parts = (read.explode() if is_list else read.cast(pl.String)).unique().drop_nulls()
    digests = {part: part if part.startswith(HASHED) else lookup_key.digest(part) for part in parts}
    each = pl.element() if is_list else pl.col("read").cast(pl.String)
    digest = each.replace_strict(digests, default=None, return_dtype=pl.String)
    return pl.DataFrame({"read": read}).select(pl.col("read").list.eval(digest) if is_list else digest).to_series()


def _searched(column: Column) -> pl.Expr:
    """What is searched for personal numbers: not a date serial, nor a number with more decimals than land, as a
    spreadsheet computes them: those decimals may look like one."""
    text = pl.col(column.slug)
    if column.type == "number":
        return pl.when(~text.str.contains(MANY_DECIMALS)).then(text)
    return pl.when(~text.str.contains(SERIAL)).then(text) if column.type in ("date", "datetime") else text


def _landed(column: Column, register: Register, present: Collection[str]) -> Iterator[pl.Expr]:
    """What of a column may leave the intake: of `pii` a flag at most, of secret text that it is secret."""
    value = pl.col(column.slug)
    if column.protects:
        yield _protects(column, present)
    elif column.open_when:
        secret = value.is_not_null() & ~matches(column.open_when, register)
        yield pl.when(secret).then(pl.lit(SECRECY)).otherwise(value).alias(column.slug)
    elif not column.pii:
        yield _within_contract(value, column)
    if column.type == "datetime" and not column.pii:
        yield from (pl.col(f"{column.slug}_last"), pl.col(f"{column.slug}_day"))
    if column.filled:
        text = text_of(column).str.to_lowercase()
        is_filled = text.is_not_null() & ~text.is_in(NOT_FILLED) & ~text.str.starts_with(SPOILED)
        yield is_filled.fill_null(False).alias(f"{column.slug}_filled")
    if column.identifies:
        number = text_of(column).str.replace_all(r"\D", "").str.tail(10)  # without the century, which some leave out
        keys = text_of(register.by_name[register.key[0]]).n_unique().over(number)
        yield ((number != "") & (keys > 1)).fill_null(False).alias(f"{column.slug}_shared")


def _within_contract(value: pl.Expr, column: Column) -> pl.Expr:
    """The value, if it keeps the contract's bounds and form."""
    if column.min is not None or column.max is not None:
        value = pl.when(~out_of_bounds(column)).then(value)
    if column.pattern is not None:
        value = pl.when(fits(column)).then(value)
    return value.alias(column.slug)


def _protects(column: Column, present: Collection[str]) -> pl.Expr:
    """Fail closed: a cell that can't be read protects, and where the column is missing everybody is protected."""
    if column.name not in present:
        return pl.lit(True).alias(column.slug)
    return pl.col(column.slug).fill_null(text_of(column).is_not_null())


def _quarantined(frame: pl.DataFrame, register: Register) -> pl.DataFrame:
    if not register.key:
        return frame.select("row", key=pl.lit(None, pl.List(pl.String)))
    return frame.select("row", key=pl.concat_list(text_of(register.by_name[name]) for name in register.key))


def _protected(frame: pl.DataFrame, register: Register, present: Collection[str]) -> pl.DataFrame:
    protects = [_protects(column, present) for column in register.columns if column.protects]
    if not protects:
        return pl.DataFrame(schema=PROTECTED)
    protected = frame.filter(pl.any_horizontal(protects))
    return protected.select(key=text_of(register.by_name[register.key[0]])).drop_nulls().unique(maintain_order=True)


def _personal_numbers(frame: pl.DataFrame, register: Register, masked: pl.DataFrame) -> pl.DataFrame:
    """A line for each text, code or list in which a number stood (docs/spec/indicators.md, personnummer i
    fritext)."""
    lines = [
        frame.filter(f"masked:{column.slug}").select("row", column=pl.lit(column.name))
        for column in register.columns
        if column.type in ("text", "code", "list") and f"masked:{column.slug}" in masked.columns
    ]
    return pl.concat([pl.DataFrame(schema=PERSONAL_NUMBER), *lines]).sort("row", maintain_order=True)


def _failures(
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
        shown = pl.lit(own.texts[check.column.name]) if own and of_source else text_of(check.column)
        line = frame.with_columns(value=shown).filter(broken[str(number)]).select(
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
    shown = pl.col("value").replace(dict.fromkeys(masked, MASK)) if masked else pl.col("value")
    is_secret = shown.str.starts_with(HASHED) | (shown.str.contains(EMAIL) if own else pl.lit(False))
    shown = pl.when(is_secret).then(pl.lit(HIDDEN)).otherwise(shown)
    return faults.with_columns(shown.str.strip_prefix(SPOILED).replace("", None).alias("value")).sort(
        "row", maintain_order=True
    )
