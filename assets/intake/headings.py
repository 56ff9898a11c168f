"""The heading row: where it is, which contract column stands where, and when its absence refuses a delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assets.intake.refusal import ColumnsMissing, Refused
from assets.registers.comparable import heading_key
from assets.registers.contract import Register
from assets.registers.refusal_reasons import NO_HEADING_ROW

WITHIN_ROWS = 30
"""The heading row is looked for among so many first rows (docs/spec/interfaces.md, "Reading a file")."""

Cells = Sequence[str | None]


@dataclass(frozen=True)
class Heading:
    """A file's heading row.

    `index` is its place among the file's rows from 0, `keys` the heading of each position in comparable
    form, `names` as they are written, `positions` where each column that is known stands (the first, where it is
    there twice).
    """

    index: int
    keys: tuple[str, ...]
    names: tuple[str, ...]
    positions: dict[str, int]
    twice: tuple[str, ...]

    def unknown(self, register: Register) -> list[str]:
        """Headings that are in no entry of the contract: ignored, but reported."""
        pairs = zip(self.keys, self.names, strict=True)
        return [name for key, name in pairs if key and key not in register.by_heading]


class HeadingRule(Protocol):
    """By what a file's heading row is known, and when it will do.

    `counts_alone`: whether a row with a single value is a row, and no note. `most`: how many columns there are to
    recognise.
    """

    @property
    def counts_alone(self) -> bool: ...
    @property
    def most(self) -> int: ...
    def find(self, rows: Sequence[Cells]) -> Heading | None:
        """The heading row among a file's first rows, where there is one."""

    def accept(self, heading: Heading | None) -> Heading:
        """The heading row if it will do. Raises Refused."""


@dataclass(frozen=True)
class ContractHeadings:
    """The rule for a delivery as its register's contract has it."""

    register: Register

    @property
    def counts_alone(self) -> bool:
        return self.register.counts_alone

    @property
    def most(self) -> int:
        return len(self.register.columns)

    def find(self, rows: Sequence[Cells]) -> Heading | None:
        return find_heading(rows, self.register)

    def accept(self, heading: Heading | None) -> Heading:
        return accept(heading, self.register)


def find_heading(rows: Sequence[Cells], register: Register) -> Heading | None:
    """The first of the rows in which the most columns are recognised, at least half of the `req` ones."""
    best: Heading | None = None
    for index, row in enumerate(rows[:WITHIN_ROWS]):
        heading = _as_heading(index, row, register)
        recognised = sum(column.name in heading.positions for column in register.required)
        if 2 * recognised < len(register.required) or not heading.positions:
            continue
        if best is None or len(heading.positions) > len(best.positions):
            best = heading
        if len(best.positions) == len(register.columns):
            break  # none can have more
    return best


def _as_heading(index: int, row: Cells, register: Register) -> Heading:
    keys = tuple(heading_key(cell or "") for cell in row)
    positions: dict[str, int] = {}
    twice: list[str] = []
    for position, key in enumerate(keys):
        column = register.by_heading.get(key)
        if column is None:
            continue
        if column.name in positions:
            twice.append(column.name)
        else:
            positions[column.name] = position
    names = tuple(" ".join((cell or "").split()).rstrip("*: ") for cell in row)
    return Heading(index, keys, names, positions, tuple(twice))


def accept(heading: Heading | None, register: Register) -> Heading:
    """The heading row if it will do. Raises Refused where it is missing, incomplete or ambiguous.

    A `head` column must be there although its cells may be empty: without it a figure would be
    falsely 0 or 100 %.
    """
    if heading is None:
        raise Refused(NO_HEADING_ROW)
    needed = [column.name for column in register.columns if column.req or column.head]
    if missing := [name for name in needed if name not in heading.positions]:
        raise ColumnsMissing(missing, heading.unknown(register))
    for column in register.columns:
        if column.name in heading.twice:
            raise Refused(f"två rubriker för kolumnen {column.name}")
    return heading
