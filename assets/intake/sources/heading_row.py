"""By what the heading row of a source's file is known: what its source file names, and the contract's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from assets.intake.headings import WITHIN_ROWS, Cells, Heading
from assets.intake.parsing import SPACES
from assets.intake.refusal import Refused
from assets.intake.sources.check_sql import columns_in
from assets.intake.sources.definition import META, Source
from assets.registers.comparable import heading_key
from assets.registers.contract import Register
from assets.registers.refusal_reasons import NO_HEADING_ROW


@dataclass(frozen=True)
class SourceHeadings:
    """The rule for a file that a source reads (headings.HeadingRule). Whether every heading is there that must be,
    `map_columns` sees: the source's SQL may make it of others."""

    source: Source
    register: Register

    @property
    def counts_alone(self) -> bool:
        return self.register.counts_alone

    @property
    def most(self) -> int:
        return len(self._known)

    @cached_property
    def _known(self) -> frozenset[str]:
        queries = [self.source.sql, f"SELECT 1 WHERE {self.source.read.where}" if self.source.read.where else None]
        in_sql = {heading_key(name) for sql in queries if sql for name in columns_in(sql)} - set(META) - {""}
        return frozenset(map(heading_key, self.source.headings)) | in_sql | self.register.by_heading.keys()

    @cached_property
    def _wanted(self) -> tuple[frozenset[str], ...]:
        """Of each heading that a file must have, the spellings; of those that SQL may make, none."""
        if self.source.sql:
            return ()
        named = [heading for mapping in self.source.columns.values() for heading in mapping.headings]
        if self.source.organisation:
            named.append(self.source.organisation.column)
        own = [column for column in self.register.required if column.name not in self.source.columns]
        named = [name for name in named if name.lower() not in META]
        spellings = [(name,) for name in dict.fromkeys(named)] + [column.headings for column in own]
        return tuple(frozenset(map(heading_key, texts)) for texts in spellings)

    def find(self, rows: Sequence[Cells]) -> Heading | None:
        """The row that the source file gives, else the first in which the most headings are recognised."""
        given = self.source.read.heading_row
        places = range(min(len(rows), WITHIN_ROWS)) if given is None else range(given - 1, min(given, len(rows)))
        best: Heading | None = None
        for index in places:
            heading = self._heading(index, rows)
            if heading.positions and (best is None or len(heading.positions) > len(best.positions)):
                best = heading
        return best

    def accept(self, heading: Heading | None) -> Heading:
        if heading is None:
            raise Refused(NO_HEADING_ROW)
        return heading

    def is_sure(self, heading: Heading) -> bool:
        """Whether at least half of the headings that must be there are: of several sheets or tables, only one that
        has them can be meant."""
        keys = set(heading.keys)
        return 2 * sum(bool(spellings & keys) for spellings in self._wanted) >= len(self._wanted)

    def _heading(self, index: int, rows: Sequence[Cells]) -> Heading:
        texts = [(cell or "").strip(SPACES) for cell in rows[index]]
        if self.source.read.heading_rows > 1 and index > 0:
            texts = joined(rows[index - 1], texts)
        keys = tuple(map(heading_key, texts))
        positions: dict[str, int] = {}
        for position, key in enumerate(keys):
            if key in self._known:
                positions.setdefault(key, position)
        if self.source.read.heading_row is not None and not positions:
            positions = {key: position for position, key in enumerate(keys) if key}
            positions = dict(list(positions.items())[:1])  # it is the row whatever it says
        return Heading(index, keys, tuple(texts), positions, ())


def joined(upper: Cells, lower: Sequence[str]) -> list[str]:
    """Two-row headings: the parts that say something joined by " / ", the upper one filled to the right."""
    texts, last = [], ""
    for above, own in zip_longest(upper, lower, fillvalue=""):
        upper_text = (above or "").strip(SPACES)
        last = upper_text or last
        # a column that says nothing in either row has no heading
        texts.append(" / ".join(part for part in (last, own) if part) if upper_text or own else "")
    return texts
