"""Commands that are typed many times a day answer at once: what takes time to import isn't."""

import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import sys
from pipelines.cli import main
sys.argv = ["lagesbild", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print(*sys.modules)
"""
ONLY_OF_RUNS = {"dagster", "great_expectations", "sqlglot", "pandas", "sqlalchemy", "docx", "typst", "xlsxwriter"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "never"),
    [
        (["--help"], ONLY_OF_RUNS | {"polars", "duckdb", "pydantic"}),
        (["run", "--help"], ONLY_OF_RUNS | {"polars", "duckdb", "pydantic"}),
        (["status"], ONLY_OF_RUNS | {"polars", "duckdb"}),
    ],
    ids=["help", "help of run", "status"],
)
def test_what_is_heavy_is_imported_by_what_uses_it(arguments: list[str], never: set[str], tmp_path: Path) -> None:
    outcome = subprocess.run(  # noqa: S603 – our own interpreter
        [sys.executable, "-c", CODE, *arguments],
        env={"LAGESBILD_DATA": str(tmp_path), "PATH": ""}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert never & set(outcome.splitlines()[-1].split()) == set()
