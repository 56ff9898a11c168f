"""A signal ends what goes on, wherever in the interpreter it arrives."""

import signal
import time
import weakref

import pytest

from pipelines.interruption import Interrupted, interruptible


class Thing:
    """Something that a weak reference can lead to."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_raises(number: signal.Signals) -> None:
    with pytest.raises(Interrupted), interruptible():
        signal.raise_signal(number)


def test_one_that_comes_up_in_a_callback_is_not_lost() -> None:
    things = [Thing()]
    reference = weakref.ref(things[0], lambda _: signal.raise_signal(signal.SIGTERM))

    def work() -> None:
        things.clear()
        assert reference() is None
        time.sleep(5)

    with pytest.raises(Interrupted), interruptible():
        work()


def test_outside_nothing_is_changed() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with interruptible():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
