"""What validation finds of a table: results, one by one and together."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.damaged import Damage
from assets.registers.shapes import RESULTS
from expectations.expectation import CRITICAL

RESULT = RESULTS.schema
"""One row per organisation, table and expectation: the schema of `validation.results`."""

TEXTS = ("explanation", "reason")
"""The columns that a suite gives and no data changes: kept results go without them."""


logger = logging.getLogger("lagesbild.validation")


def read_results(path: Path) -> pl.DataFrame | None:
    """The results that were kept in a file, as RESULT without what was left out; None where there is none, or where
    it can't be read: it is then removed, for results can be made anew."""
    try:
        return pl.read_parquet(path, glob=False)
    except FileNotFoundError:
        return None
    except pl.exceptions.PolarsError as fault:
        logger.warning("validation/%s gick inte att läsa (%s) och görs på nytt", path.name, type(fault).__name__)
        path.unlink()
        return None


def results_damage(folder: Path) -> Iterator[Damage]:
    """The results, kept by table or by night, that can't be read. Nothing is changed."""
    for path in sorted([*folder.glob("kept/*.parquet"), *folder.glob("nights/*.parquet")]):
        try:
            pl.read_parquet(path.read_bytes())
        except pl.exceptions.PolarsError:
            where = f"validation/{path.relative_to(folder)}"
            yield Damage(f"{where} går inte att läsa", "tas bort och görs på nytt", _remover(path))


def _remover(path: Path) -> Callable[[], object]:
    return lambda: path.unlink(missing_ok=True)


@dataclass(frozen=True)
class TableResult:
    """One table's outcome. `results`: as RESULT. `broken`: why it could not be asked, a fault of the pipeline, told
    without any value. `kept`: the results are those of an earlier night, for suite and input are the same."""

    table: str
    results: pl.DataFrame
    broken: str = ""
    kept: bool = False

    @property
    def pipeline_fault(self) -> str:
        """What must stop the run, with the table's name: a suite that can't be asked, or a critical fault that is no
        organisation's. Empty where nothing must."""
        is_critical = ~pl.col("ok") & (pl.col("severity") == CRITICAL.value)
        without_owner = self.results.filter(pl.col("organisation").is_null() & is_critical)
        if without_owner.is_empty():
            return self.broken
        return f"{self.table}: {', '.join(without_owner['expectation'])}"
