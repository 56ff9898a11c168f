"""What Great Expectations doesn't need isn't imported with it, and is there for everybody else."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

CODE = """
import sys

import pytest
from assets.validation.lean_import import UNUSED, without_unused
with without_unused():
    import assets.validation.validate_table
assert not [name for name in UNUSED if name in sys.modules], "imported, or still hidden"
import azure.core
import rfc3987_syntax
"""


def test_the_unused_is_hidden_while_it_is_imported_and_no_longer() -> None:
    subprocess.run([sys.executable, "-c", CODE], check=True)  # noqa: S603
