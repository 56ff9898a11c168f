"""What Great Expectations doesn't need isn't imported with it, and is there for everybody else."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

CODE = """
import sys
from assets.validation.lean_import import UNUSED, lean
with lean():
    import assets.validation.validate_table
assert not [name for name in UNUSED if name in sys.modules], "imported, or still hidden"
assert not {"altair.vegalite", "scipy.stats.distributions"} & sys.modules.keys(), "loaded, though nobody has asked"
import altair
import azure.core
import rfc3987_syntax
import scipy.stats
assert altair.Chart.__name__ == "Chart"
assert scipy.stats.norm.cdf(0) == 0.5
"""

AHEAD = """
import sys
from assets.validation.lean_import import UNUSED, import_ahead, lean
thread = import_ahead()
with lean():
    from assets.validation.validate_table import validate_table
thread.join()
assert "great_expectations" in sys.modules
assert not [name for name in UNUSED if name in sys.modules], "imported, or still hidden"
import azure.core
"""


def test_the_unused_is_hidden_or_waits_while_it_is_imported_and_no_longer() -> None:
    subprocess.run([sys.executable, "-c", CODE], check=True)  # noqa: S603


def test_what_is_imported_ahead_is_the_same_import() -> None:
    """Asked for while the thread is at it, it is waited for."""
    subprocess.run([sys.executable, "-c", AHEAD], check=True)  # noqa: S603
