"""One file of several organisations → whose each row is, by the column that names them."""

import polars as pl

from assets.intake.refusal import Refused
from assets.intake.sources.definition import OrganisationColumn
from assets.intake.sources.words import first_fitting
from assets.registers.comparable import heading_key
from assets.registers.refusal_reasons import HEADING_MISSING, UNKNOWN_ORGANISATIONS


def folders_of(rows: pl.DataFrame, organisation: OrganisationColumn) -> pl.Series:
    """The organisation of each row, null for one that the source doesn't name. `rows`: text columns under the
    source's headings. Raises Refused where the column is missing, and where it names organisations that the source
    file doesn't and `others` is refuse."""
    wanted = organisation.column
    found = {heading_key(name): name for name in reversed(rows.columns)}
    name = wanted if wanted in rows.columns else found.get(heading_key(wanted))
    if name is None:
        raise Refused(HEADING_MISSING.format(heading=wanted))
    folders = first_fitting(rows[name], organisation.values)
    unknown = rows[name].filter(folders.is_null())
    if len(unknown) and organisation.others == "refuse":
        number = unknown.str.strip_chars().n_unique()
        raise Refused(UNKNOWN_ORGANISATIONS.format(column=wanted, number=number))
    return folders
