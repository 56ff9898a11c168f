"""One expectation of a table: what must hold, what it costs where it doesn't, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from great_expectations.expectations import Expectation as GxExpectation

Severity = Literal["kritisk", "varning", "info"]
CRITICAL: Severity = "kritisk"
"""The picture would be wrong: the organisation's publication is blocked."""
WARNING: Severity = "varning"
"""Somebody should look: an alert."""
INFO: Severity = "info"
"""Shown on the validation page, nothing more."""


@dataclass(frozen=True)
class Expectation:
    """What is expected of a table.

    `name`: its key, an ASCII slug that stays. `explanation`: a Swedish sentence, what is wrong and how to mend it.
    `reason`: why this limit and severity, in Swedish, with its source.
    `check`: SQL that yields the rows that are unexpected, or a function that makes one of Great Expectations' own
    (a function, so that reading a suite imports nothing heavy). The SQL may yield `organisation` (without it the
    fault is nobody's: it is the pipeline's), and `delivery` and `row`, or a `place` in words; never a value.
    """

    name: str
    severity: Severity
    explanation: str
    reason: str
    check: "str | Callable[[], GxExpectation]"
