"""How often Python looks for garbage while a run goes on."""

import gc
from contextlib import suppress

from assets.garbage import OBJECTS, looking_seldom


def test_a_run_looks_seldom_and_what_comes_after_as_before() -> None:
    before = gc.get_threshold()
    with suppress(ValueError), looking_seldom():
        assert gc.get_threshold() == (OBJECTS, *before[1:])
        raise ValueError("the run ends")
    assert gc.get_threshold() == before


def test_garbage_goes_all_the_same() -> None:
    with looking_seldom():
        at_first = len(gc.get_objects())
        for _ in range(20 * OBJECTS):
            circle: list[object] = []
            circle.append(circle)
        assert len(gc.get_objects()) < at_first + 5 * OBJECTS
