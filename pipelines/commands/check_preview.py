"""What `lagesbild check` shows of a file to the person who holds it: rows as the contract sees them, and words."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import click
import polars as pl

from assets.intake.contract_result import ContractResult
from assets.intake.display import HIDDEN
from assets.intake.lookup_key import HASHED
from assets.intake.parsing import parse
from assets.intake.privacy import masked
from assets.intake.rows import ParsedRows
from assets.registers.column import Column
from assets.registers.contract import Register

MAX_ROWS = 5
MAX_WORDS = 50
"""So many words of a column are shown; a column with more holds no words."""
_ZONE = ZoneInfo("Europe/Stockholm")


def tell_preview(delivered: ParsedRows, conformed: ContractResult, register: Register) -> None:
    """The first rows as the contract sees them, without personal data and without protected persons' rows."""
    rows = conformed.valid
    if register.key and conformed.protected.height:
        first_key = pl.col(register.by_name[register.key[0]].slug)
        rows = rows.filter(~first_key.cast(pl.String).is_in(conformed.protected["key"].implode()))
    if rows.is_empty():
        return
    click.echo("  de första raderna som registret ser dem:")
    given = [column for column in register.columns if column.name not in delivered.missing]
    for row in rows.head(MAX_ROWS).iter_rows(named=True):
        texts = [f"{column.name}: {text}" for column in given if (text := _cell_text(row, column))]
        click.echo(f"    rad {row['row']}: {'; '.join(texts)}")


def _cell_text(row: Mapping[str, object], column: Column) -> str:
    if column.pii:
        return HIDDEN
    value = row.get(column.slug)
    match value:
        case None:
            return ""
        case bool():
            return "Ja" if value else "Nej"
        case datetime():
            if value != row.get(f"{column.slug}_last"):
                return str(row[f"{column.slug}_day"])
            return value.replace(tzinfo=ZoneInfo("UTC")).astimezone(_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        case list():
            return ", ".join(map(_plain, value))
        case _:
            return _plain(value)


def _plain(value: object) -> str:
    text = " ".join(str(value).split())
    return HIDDEN if text.startswith(HASHED) else text


def tell_word_columns(delivered: ParsedRows, own: pl.DataFrame, register: Register) -> None:
    """The words of each enum and bool column as the file has them, with what they are read as. `own`: the file's own
    texts where a source's mapping has made others of them."""
    for column in register.columns:
        if column.type in ("enum", "bool") and column.name in delivered.cells.columns:
            click.echo(f"  ord i {column.name} (visas bara här):")
            tell_words(_words(delivered.cells, own, column))


def _words(cells: pl.DataFrame, own: pl.DataFrame, column: Column) -> pl.DataFrame:
    text = cells[column.name].alias(column.slug)
    value = parse(text.to_frame(), [column])[column.slug]
    meaning = pl.when(text.is_null()).then(pl.lit("tomt")).when(value.is_null()).then(pl.lit("läses inte"))
    word = own[column.name] if column.name in own.columns else text
    meanings = pl.select(
        word=pl.lit(word).fill_null(""),
        meaning=meaning.otherwise(pl.lit(_spelled(value, column))),
    )
    found = meanings.group_by("word", "meaning").agg(count=pl.len())
    return found.sort(["count", "word"], descending=[True, False])


def _spelled(value: pl.Series, column: Column) -> pl.Series:
    if column.type == "bool":
        return value.replace_strict({True: "Ja", False: "Nej"}, return_dtype=pl.String)
    return value.cast(pl.String)


def tell_words(words: pl.DataFrame) -> None:
    """Each word with how often it stands, and with what it is read as where `meaning` says it."""
    for line in _word_lines(words.head(MAX_WORDS)):
        click.echo(f"    {line}")
    if words.height > MAX_WORDS:
        click.echo(f"    … och {words.height - MAX_WORDS} ord till")


def _word_lines(words: pl.DataFrame) -> Iterator[str]:
    for row in words.iter_rows(named=True):
        word = masked(" ".join(row["word"].split())) or "(tom cell)"
        yield f"{row['count']} × {word}" + (f" → {row['meaning']}" if "meaning" in row else "")
