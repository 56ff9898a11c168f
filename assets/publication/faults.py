"""Faults that cost one output, or one organisation's folder, and no more: what people are told of them, and the log.

An exception's own words may hold a cell's value, so they are never repeated: people are told its kind and where in
the code it was raised.
"""

import os
import traceback
from pathlib import Path

from assets.publication.document.model import UncitedNumber

_ROOT = Path(__file__).parents[2]


def reason_of(fault: Exception) -> str:
    """Why something could not be written, as the end of a Swedish sentence; no value of any register is in it."""
    if isinstance(fault, UncitedNumber):
        return "ett tal i det saknar källa. Felet är lägesbildens eget; anmäl det."
    if isinstance(fault, MemoryError):
        return "minnet räckte inte."
    if isinstance(fault, OSError) and fault.errno:
        return f"filsystemet svarade ”{os.strerror(fault.errno)}”."
    return f"oväntat fel, {kind_and_place(fault)}. Felet är lägesbildens eget; anmäl det."


def kind_and_place(fault: Exception) -> str:
    """The exception's class, and the last line of our own code that it passed: `ValueError i charts.py rad 41`."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT / "assets")]
    place = f" i {Path(own[-1].filename).name} rad {own[-1].lineno}" if own else ""
    return f"{type(fault).__name__}{place}"
