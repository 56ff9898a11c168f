"""A delivered file read and held against its contract; whatever it is that can't be read in it refuses it."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assets.disk import is_disk_fault
from assets.intake.apply_contract import apply_contract
from assets.intake.contract_result import ContractResult
from assets.intake.lookup_key import LookupKey
from assets.intake.reading import Sheet, read
from assets.intake.refusal import Refused
from assets.intake.rows import ParsedRows
from assets.intake.select_rows import select_rows
from assets.intake.sources.load import lookups
from assets.intake.sources.read_source import SourceDelivery, placed, read_source
from assets.refusal import RunRefused
from assets.registers.adjusted import without_patterns
from assets.registers.contract import Register
from assets.registers.refusal_reasons import UNREADABLE

logger = logging.getLogger("lagesbild.intake")


def read_delivery(
    path: Path,
    ending: str,
    register: Register,
    lookup_key: LookupKey | None = None,
    by: SourceDelivery | None = None,
) -> tuple[ParsedRows, ContractResult]:
    """A file read and held against its contract. Raises as `refusing` does.

    `lookup_key`: what e-mail addresses in code columns are hashed under; left out: a key for this reading alone.
    `by`: the source that reads the file, where one does.
    """
    lookup_key = lookup_key or LookupKey()
    if by is None:
        return read_rows(read_sheet(path, ending, register), register, lookup_key)
    with refusing(register):
        rows = read_source(path, ending, by, register, lookup_key)
        by_name = without_patterns(register, lookups(by.source))
        result = apply_contract(by_name, rows.parsed.cells, rows.parsed.broken, lookup_key, rows.own)
        return rows.parsed, placed(result, rows)


def read_sheet(path: Path, ending: str, register: Register) -> Sheet:
    """What stands under the headings of a file that no source reads. Raises as `refusing` does."""
    with refusing(register):
        return read(path, ending, register)


def read_rows(sheet: Sheet, register: Register, lookup_key: LookupKey) -> tuple[ParsedRows, ContractResult]:
    """The rows of a sheet and what becomes of them. Raises as `refusing` does."""
    with refusing(register):
        parsed = select_rows(sheet, register)
        return parsed, apply_contract(register, parsed.cells, parsed.broken, lookup_key)


@contextmanager
def refusing(register: Register) -> Iterator[None]:
    """Makes Refused of whatever goes wrong in the block, but for what refuses the run, and for what the disk answers
    where it is full or failing: that is no fault of the file's.

    What went wrong is logged by kind and place alone: the text of an error may quote the data.
    """
    try:
        yield
    except (Refused, RunRefused):
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic in native code is no Exception
        if is_disk_fault(fault):
            raise
        place = traceback.extract_tb(fault.__traceback__)[-1]
        logger.warning("%s: %s in %s line %s", register.name, type(fault).__name__, place.name, place.lineno)
        raise Refused(UNREADABLE) from None
