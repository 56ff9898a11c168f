"""One file of several organisations → the rows of each, by the column that names them."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from assets.intake.refusal import Refused
from assets.intake.sources.definition import OrganisationColumn
from assets.intake.sources.map_columns import first_fitting


@dataclass(frozen=True)
class OrganisationRows:
    """`rows`: for each organisation that the source names, its rows, also where there are none. `others`: how many
    rows belong to an organisation that it doesn't name."""

    rows: Mapping[str, pl.DataFrame]
    others: int


def split_by_organisation(rows: pl.DataFrame, column: OrganisationColumn) -> OrganisationRows:
    """`rows`: text columns under the source's headings. Raises Refused where the column is missing, and where
    it names
    organisations that the source file doesn't and `others` is refuse."""
    if column.column not in rows.columns:
        raise Refused(f"rubriken {column.column} saknas")
    folders = first_fitting(rows.get_column(column.column), column.values)
    others = int(folders.is_null().sum())
    if others and column.others == "refuse":
        unknown = rows.filter(folders.is_null()).get_column(column.column).str.strip_chars().n_unique()
        raise Refused(f"kolumnen {column.column} nämner okända organisationer ({unknown} stycken)")
    named = dict.fromkeys(column.values.values())
    return OrganisationRows({folder: rows.filter(folders == folder) for folder in named}, others)
