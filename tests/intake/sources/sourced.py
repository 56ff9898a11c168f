"""A source file and an export for tests, and what the real intake makes of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from assets.intake.contract_result import ContractResult
from assets.intake.lookup_key import LookupKey
from assets.intake.read_delivery import read_delivery
from assets.intake.rows import ParsedRows
from assets.intake.sources.definition import Source
from assets.intake.sources.load import load_sources
from assets.intake.sources.read_source import SourceDelivery
from assets.intake.sources.unpack import ending_of
from tests.intake.books import xlsx
from tests.intake.delivered import REGISTERS

DAY = "2026-11-10"


class Sourced:
    """A configured source, and the readings of its exports."""

    def __init__(self, config: Path, text: str, sql: str | None = None, name: str = "prov") -> None:
        folder = config / "sources"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        if sql is not None:
            (folder / f"{name}.sql").write_text(sql, encoding="utf-8")
        self.config, self.name = config, name

    @property
    def source(self) -> Source:
        return load_sources(self.config, REGISTERS)[self.name]

    def read(
        self,
        content: str | bytes,
        name: str = "export.csv",
        organisation: str = "farsta",
        key: LookupKey | None = None,
    ) -> tuple[ParsedRows, ContractResult]:
        """What becomes of an export of that name. Raises Refused."""
        path = self.config / f"delivered_{name.rpartition('/')[2]}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        source = self.source
        by = SourceDelivery(source, name, DAY, organisation)
        return read_delivery(path, ending_of(name), REGISTERS[source.register_name], key, by)

    def cells(self, content: str | bytes, column: str, name: str = "export.csv") -> list[object]:
        """The values of one landed column."""
        return self.read(content, name)[1].valid[column].to_list()

    def faults(self, content: str | bytes, name: str = "export.csv") -> list[tuple[object, ...]]:
        """Row, column, value and rule of every fault."""
        found = self.read(content, name)[1].failures
        return found.select("row", "column", "value", "rule").rows()


def book(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of sheets with texts."""

    def fill(target: xlsxwriter.Workbook) -> None:
        for name, rows in sheets.items():
            sheet = target.add_worksheet(name)
            for number, row in enumerate(rows):
                for position, text in enumerate(row):
                    sheet.write_string(number, position, text)

    return xlsx(fill)
