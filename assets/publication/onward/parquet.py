"""The lists as Parquet: the rows and columns of the CSV files with their types, and a data dictionary of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from assets.publication.onward.data_package import Resource, write_data_package
from assets.publication.output import OrganisationFolder, Output
from assets.publication.queries import report_query

FOLDER = "parquet"
ITEMS = Resource("underlag", "underlag.parquet", "Underlaget: varje post bakom siffrorna")

_FIGURE = pl.Decimal(18, 1)
"""A figure has one decimal at most (docs/spec/interfaces.md, Out)."""


def write_parquet(folder: OrganisationFolder, lists: Iterable[Output]) -> None:
    """Writes parquet/ and datapackage.json. `lists`: outputs that are CSV files of the last query that they name."""
    (folder.path / FOLDER).mkdir()
    resources = list(_written(folder, lists))
    if (folder.path / ITEMS.path).exists():
        resources.append(ITEMS)
    about = f"Listorna per {folder.run.as_of}, så som de var kända {folder.run.known_at}, med sina typer."
    write_data_package(folder.path, f"Lägesbild: {folder.report.name}", about, resources)


def _written(folder: OrganisationFolder, lists: Iterable[Output]) -> Iterator[Resource]:
    for output in lists:
        if output.is_for(city=folder.report.is_city):
            query = report_query(output.queries[-1])
            hidden, keys = query.header.not_in_file, query.header.grain
            headings = {column: text for column, text in query.header.headings.items() if column not in hidden}
            resource = Resource(
                output.name,
                f"{FOLDER}/{output.name}.parquet",
                output.title,
                tuple(headings[key] for key in keys) if set(keys) <= headings.keys() else (),
            )
            table = query.for_file(getattr(folder.report.tables, query.name))
            _write(table, folder.path / resource.path)
            yield resource


def _write(table: pl.DataFrame, path: Path) -> None:
    """Figures as decimals and not as floats, counts as whole numbers."""
    counts = [name for name, kind in table.schema.items() if isinstance(kind, pl.Decimal) and kind.scale == 0]
    table.with_columns(pl.selectors.float().cast(_FIGURE), pl.col(counts).cast(pl.Int64)).write_parquet(path)
