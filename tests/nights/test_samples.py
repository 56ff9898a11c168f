"""The samples' exports give exactly the samples' expected files, and none of their secrets gets out."""

import html
import io
import json
import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import duckdb
import polars as pl
import pytest
from pypdf import PdfReader

from assets.settings import Settings
from tests.nights.agreement import differences
from tests.nights.conftest import run_job

GOLDEN = Path(__file__).parents[1] / "golden"
SHARED = Path(__file__).parents[3] / "shared" / "samples-law"
PERIODS = {
    GOLDEN / "farsta-2023": (date(2023, 10, 31), date(2023, 11, 21)),
    SHARED / "stad-2026": (date(2026, 10, 31), date(2026, 11, 21)),
}
"""The larger sample is compared with where it lies beside the project; the golden one always."""


@pytest.mark.parametrize(
    "sample",
    [
        pytest.param(GOLDEN / "farsta-2023", marks=pytest.mark.slow),
        pytest.param(SHARED / "stad-2026", marks=pytest.mark.long),
    ],
    ids=lambda sample: sample.name,
)
def test_a_review_agrees_and_keeps_every_secret(sample: Path, tmp_path: Path) -> None:
    if not sample.exists():
        pytest.skip(f"../shared/samples-law/{sample.name} isn't there")
    data = tmp_path / "data"
    settings = Settings(data=data, inbox=sample / "inbox", config=data / "config")
    published = run_job(settings, *PERIODS[sample])
    assert differences(sample / "expected", published) == []
    secrets = json.loads((sample / "secrets.json").read_text(encoding="utf-8"))
    protected = secrets.pop("protected_ids")
    anywhere = sorted({secret for group in secrets.values() for secret in group})
    # what lies in the package lies beside it too, as it is (tests/publication/test_package.py)
    files = [path for path in data.rglob("*") if path.is_file() and path.suffix != ".zip"]
    visible = {path for path in files if path.is_relative_to(data / "published")}
    kept = {path for path in files if not path.is_relative_to(data / "archive" / "raw")} - visible
    for places, forbidden in ((visible, anywhere + protected), (kept, anywhere)):
        texts = pl.DataFrame({"place": map(str, places), "text": map(readable_text, places)})
        found = texts.select("place", pl.col("text").str.extract_many(forbidden).list.n_unique().alias("secrets"))
        assert found.filter(pl.col("secrets") > 0).rows() == []


def readable_text(path: Path) -> str:
    """Everything that a file says: its bytes as text, and of tables also their cells."""
    content = path.read_bytes().decode("latin-1") + path.read_bytes().decode("utf-8", errors="ignore")
    if path.suffix == ".parquet":
        return content + str(duckdb.sql(f"FROM read_parquet('{path}')").fetchall())
    if path.suffix == ".duckdb":
        with duckdb.connect(path, read_only=True) as con:
            tables = con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
            return content + "".join(str(con.execute(f"FROM {table}").fetchall()) for (table,) in tables)
    if path.suffix in (".docx", ".xlsx"):
        return content + unpacked(path.read_bytes())
    if path.suffix == ".pdf":
        return content + printed(path.read_bytes())
    if path.suffix in (".html", ".ics"):
        return content + html.unescape(content.replace("\r\n ", "").replace("<wbr>", ""))
    return content


def unpacked(content: bytes) -> str:
    """What the parts of an Office file say. Words in a document may be cut into runs."""
    words = ""
    with ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            text = package.read(name).decode("utf-8", errors="ignore")
            words += text + re.sub(r"<[^>]+>", "", text)
    return words


def printed(content: bytes) -> str:
    """What a PDF shows; a word may be parted at the end of a line."""
    words = "".join(page.extract_text() + str(page.get("/Annots")) for page in PdfReader(io.BytesIO(content)).pages)
    return words + words.replace("\u00ad\n", "").replace("-\n", "").replace("\n", " ")
