"""parquet/ and datapackage.json: the rows and columns of the CSV files, typed and described."""

import hashlib
import json
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from assets.publication.onward.dictionary import EVERY, dictionary, meaning
from assets.publication.queries import report_query
from assets.registers.contract import CITY
from tests.publication.onward.conftest import LISTS

pytestmark = pytest.mark.slow


def as_written(file: Path, schema: pl.Schema) -> pl.DataFrame:
    """A CSV file's cells as the types that they are."""
    texts = pl.read_csv(file, separator=";", infer_schema=False)
    assert texts.columns == list(schema)
    return texts.with_columns(_parsed(name, kind) for name, kind in schema.items())


def _parsed(name: str, kind: pl.DataType) -> pl.Expr:
    text = pl.col(name)
    if kind == pl.String:
        return text.str.replace("^'", "")
    if kind == pl.Date:
        return text.str.to_date()
    if isinstance(kind, pl.Decimal):
        return text.str.replace(",", ".", literal=True).str.to_decimal(scale=kind.scale).cast(kind)
    return text.str.to_integer().cast(kind)


@pytest.mark.parametrize("organisation", ["farsta", CITY])
def test_the_same_rows_and_columns_as_the_csv(folders: Path, organisation: str) -> None:
    folder = folders / organisation
    lists = [output for output in LISTS if output.is_for(city=organisation == CITY)]
    assert {path.stem for path in (folder / "parquet").iterdir()} == {output.name for output in lists}
    for output in lists:
        table = pl.read_parquet(folder / "parquet" / f"{output.name}.parquet")
        files = [path for pattern in output.files for path in sorted(folder.glob(pattern))]
        csv = pl.concat(as_written(file, table.schema) for file in files)
        in_order = len(files) == 1
        assert_frame_equal(table, csv, check_row_order=in_order)


def test_a_bi_tool_gets_numbers_and_days(folders: Path) -> None:
    schema = pl.read_parquet_schema(folders / "farsta" / "parquet" / "indikatorer.parquet")
    assert schema["Värde"] == pl.Decimal(18, 1)
    assert (schema["Per datum"], schema["Täljare"]) == (pl.Date, pl.Int64)
    types = {kind for path in folders.rglob("*.parquet") for kind in pl.read_parquet_schema(path).values()}
    assert not {pl.Float64, pl.Null} & types


def test_the_package_describes_every_file(folders: Path) -> None:
    for folder in (folders / "farsta", folders / CITY):
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        paths = [resource["path"] for resource in package["resources"]]
        assert sorted(paths) == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet"))
        for resource in package["resources"]:
            content = (folder / resource["path"]).read_bytes()
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            table = pl.read_parquet(content)
            fields = resource["schema"]["fields"]
            assert [field["name"] for field in fields] == table.columns
            assert all(field["description"].endswith(".") for field in fields)
            for unique in resource["schema"].get("uniqueKeys", []):
                assert not table.select(pl.struct(unique).is_duplicated().any()).item(), resource["name"]
        assert ("underlag" in {resource["name"] for resource in package["resources"]}) == (folder.name != CITY)


def test_every_heading_is_explained_and_nothing_else() -> None:
    used: dict[str, set[str]] = {}
    queries = {output.name: output.queries[-1] for output in LISTS} | {"open_figures": "open_figures"}
    for name, query in queries.items():
        header = report_query(query).header
        used[name] = set(header.headings.values()) - {header.headings[column] for column in header.not_in_file}
        assert all(meaning(name, heading) for heading in used[name])
    for name, words in dictionary().items():
        if name in used:
            assert words.keys() <= used[name], name
            assert not [
                heading for heading, description in words.items() if dictionary()[EVERY].get(heading) == description
            ], name
    assert dictionary()[EVERY].keys() <= set().union(*used.values())
