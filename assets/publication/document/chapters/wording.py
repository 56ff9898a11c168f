"""How an indicator's figure is put into a sentence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wording:
    """`one`/`many`: what is counted. `does_one`/`does_many`: what is said of those in order, or of those counted; the
    second is the first where it is left out.

    `none` is the word for none of them, by gender. `alone_yes`/`alone_no`: the whole sentence where there is but one
    and it is, or isn't, in order.
    """

    one: str
    many: str
    does_one: str
    does_many: str = ""
    none: str = "Ingen"
    alone_yes: str = ""
    alone_no: str = ""

    def does(self, number: int) -> str:
        """What is said of so many."""
        return self.does_one if number == 1 or not self.does_many else self.does_many

    def counted(self, number: int) -> str:
        """What so many of them are called."""
        return self.one if number == 1 else self.many


def wording_of(indicator: Mapping[str, Any]) -> Wording | None:
    """The wording of an indicator, from `sentence` (JSON) of its row in the catalogue; None where it has none, and
    its figure is told under its title."""
    sentence = indicator["sentence"]
    return Wording(**json.loads(sentence)) if sentence else None
