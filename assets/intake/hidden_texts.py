"""Personal data in a delivery's texts, before they are read: personal numbers and addresses are replaced; addresses
among codes and what sources look up become keyed hashes."""

from unicodedata import normalize

import polars as pl

from assets.disguises import as_read
from assets.email_addresses import holds_address
from assets.intake import privacy
from assets.intake.lookup_key import HASHED, LookupKey
from assets.intake.parsing import MANY_DECIMALS
from assets.intake.parsing import parts as parts_of
from assets.intake.privacy import masked
from assets.intake.times import SERIAL
from assets.registers.column import Column
from assets.registers.contract import Register
from assets.registers.landed import hashed_columns, hashed_field


def without_numbers(register: Register, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
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


def _searched(column: Column) -> pl.Expr:
    """What is searched for personal numbers: not a date serial, nor a number with more decimals than land, as a
    spreadsheet computes them: those decimals may look like one."""
    text = pl.col(column.slug)
    if column.type == "number":
        return pl.when(~text.str.contains(MANY_DECIMALS)).then(text)
    return pl.when(~text.str.contains(SERIAL)).then(text) if column.type in ("date", "datetime") else text


def without_emails(texts: pl.DataFrame, register: Register, lookup_key: LookupKey) -> pl.DataFrame:
    """The texts with their e-mail addresses replaced. What codes should stand for, of a list each, and the parts of a
    key are their keyed hashes instead: they can be compared, and tell nobody."""
    columns = {column.slug: column for column in register.columns if not column.pii}
    replaced = []
    for name, found in privacy.with_address(texts.select(list(columns))).items():
        column = columns[name]
        is_compared = column.type in ("code", "list") or column.name in register.key
        hidden = {
            text: _email_digest(text, lookup_key, is_list=column.type == "list") if is_compared else masked(text)
            for text in found
        }
        replaced.append(pl.col(name).replace(hidden))
    return texts.with_columns(replaced)


def _email_digest(text: str, lookup_key: LookupKey, *, is_list: bool) -> str:
    """Of a disguised address the hash is that of the address as it is read, and an entity's `;` parts no list."""
    if read := as_read(normalize("NFC", text)):
        text = read.text
    if not is_list:
        return lookup_key.digest(text)
    parts = pl.select(parts_of(pl.lit(text)).explode()).to_series()
    return ", ".join(lookup_key.digest(part) if holds_address(part) else part for part in parts)


def hashed_texts(values: pl.DataFrame, register: Register, lookup_key: LookupKey) -> pl.DataFrame:
    """The keyed hashes of what sources look up and may not be shown; a hash that stands there already is kept."""
    return pl.DataFrame(
        [_digests(values[column.slug], lookup_key).alias(hashed_field(column)) for column in hashed_columns(register)]
    )


def _digests(read: pl.Series, lookup_key: LookupKey) -> pl.Series:
    is_list = read.dtype == pl.List
    parts = (read.explode() if is_list else read.cast(pl.String)).unique().drop_nulls()
    digests = {part: part if part.startswith(HASHED) else lookup_key.digest(part) for part in parts}
    text = pl.element() if is_list else pl.col("read").cast(pl.String)
    digest = text.replace_strict(digests, default=None, return_dtype=pl.String)
    return pl.DataFrame({"read": read}).select(pl.col("read").list.eval(digest) if is_list else digest).to_series()
