"""A whole delivery that is refused."""

from collections.abc import Sequence


class Refused(Exception):
    """The delivery can't be used. `str(refused)` is the reason (docs/spec/interfaces.md, `Orsak`)."""


class ColumnsMissing(Refused):
    """Columns that must be there aren't. The reason names the first of them; `columns`: all, by the contract's names;
    `unknown`: the headings of the file that are in no entry of the contract, as they are written."""

    def __init__(self, columns: Sequence[str], unknown: Sequence[str]) -> None:
        super().__init__(f"kolumnen {columns[0]} saknas")
        self.columns, self.unknown = tuple(columns), tuple(unknown)

    def __reduce__(self) -> tuple[type["ColumnsMissing"], tuple[tuple[str, ...], tuple[str, ...]]]:
        return type(self), (self.columns, self.unknown)  # from the process that read the file
