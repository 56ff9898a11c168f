"""The demo organisation's document, written once, and a way to write others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from assets.publication.document.document import NAME, write_document
from assets.publication.document.rows import Rows, gather_rows, rows_of
from assets.publication.narrative import Note
from assets.publication.report import Report
from assets.settings import DEFAULT_LIMITS, Limits
from tests.publication.conftest import Built

Write = Callable[..., "Written"]


@dataclass(frozen=True)
class Written:
    word: bytes
    pdf: bytes
    remarks: list[str]


@pytest.fixture(scope="session")
def all_rows(built: Built) -> Rows:
    with duckdb.connect(built.run.warehouse, read_only=True) as con:
        return gather_rows(con)


@pytest.fixture(scope="session")
def write(all_rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Write:
    def written(
        report: Report,
        texts: Mapping[str, str] | None = None,
        template: Path | None = None,
        rows: Rows | None = None,
        limits: Limits = DEFAULT_LIMITS,
        notes: Sequence[Note] = (),
    ) -> Written:
        folder = tmp_path_factory.mktemp("document")
        own = rows or rows_of(all_rows, report.organisation)
        remarks = write_document(report, own, texts or {}, template, folder, limits, notes)
        return Written((folder / f"{NAME}.docx").read_bytes(), (folder / f"{NAME}.pdf").read_bytes(), remarks)

    return written


@pytest.fixture(scope="session")
def demo(write: Write, reports: dict[str, Report]) -> Written:
    return write(reports["farsta"], {"2.2.1": "Inför 2024 gäller mål 3.5.\n\n1. först\n2. sedan"})
