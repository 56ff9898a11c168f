"""A signal amid a query of DuckDB's, which makes a RuntimeError of what the signal raises."""

import signal

import pytest
from dagster import DagsterExecutionInterruptedError

from assets.stop import raise_stop
from pipelines.boundary import without_values
from pipelines.interruption import Interrupted, interruptible


def interrupt_a_query() -> None:
    """As DuckDB does it; a real query would go on for ever where the signal were lost."""
    try:
        signal.raise_signal(signal.SIGTERM)
    except Interrupted as stop:
        raise RuntimeError("Query interrupted") from stop


def test_who_goes_on_after_a_fault_is_stopped() -> None:
    fault = RuntimeError("Query interrupted")
    fault.__cause__ = Interrupted()
    with pytest.raises(Interrupted):
        raise_stop(fault)


def test_a_night_that_ends_by_such_a_fault_was_interrupted() -> None:
    with pytest.raises(Interrupted), interruptible():
        interrupt_a_query()


def test_no_step_makes_a_failure_of_it() -> None:
    """Dagster has an exception of its own for a signal, and takes any other for a step that has failed."""
    with pytest.raises(DagsterExecutionInterruptedError), without_values("warehouse"):
        raise RuntimeError("Query interrupted") from DagsterExecutionInterruptedError()


def test_a_fault_of_its_own_is_left_to_whoever_asks() -> None:
    fault = ValueError("rad 3")
    fault.__cause__ = OSError(28, "full")
    raise_stop(fault)
    with pytest.raises(ValueError, match="rad 3"), interruptible():
        raise fault
