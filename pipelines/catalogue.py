"""The catalogue page, `docs/indikatorer.md`, written from the headers of the indicators' SQL files, and with it
`docs/register.md`.

.venv/bin/python -m pipelines.catalogue
"""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from assets.registers.read_contracts import load_registers
from assets.registers.vocabulary import IsoInput
from assets.warehouse.models import Model, indicators, load_models
from pipelines import register_catalogue

_ROOT = Path(__file__).parents[1]
PAGE = _ROOT / "docs" / "indikatorer.md"
_KINDS = {"share": "andel", "count": "antal", "open": "antal som återstår"}


def catalogue(models: Mapping[str, Model]) -> str:
    """The page in Markdown: every indicator with its question, how a gap is mended, kind, target, motive and
    needs, by area."""
    found = indicators(models)
    lines = [
        "# Indikatorerna",
        "",
        f"{len(found)} frågor, var och en ställd till varje post i sin omfattning. Sidan skrivs av",
        "`python -m pipelines.catalogue` ur filerna i `sql/indicators/`. S = källdokumentets kapitel.",
        "",
        "9.3.2 är det underlag i ISO/IEC 27001:2022 som indikatorn ger ledningens genomgång:",
        "",
        *(f"- **{letter}** {letter.words.lower()}" for letter in IsoInput),
        "",
    ]
    for area, members in groupby(found, key=lambda model: model.indicator.area if model.indicator else ""):
        lines += [f"## {area}", "", "| | Fråga | Mått och mål | Underlag | Motiv | 9.3.2 |", f"|{'---|' * 6}"]
        lines += [_line(model) for model in members]
        lines.append("")
    return "\n".join(lines)


def _line(model: Model) -> str:
    header = model.indicator
    assert header is not None
    aim = "" if header.target is None else f", mål {header.target}" + (" %" if header.kind == "share" else "")
    law = " (lagkrav)" if header.law else ""
    since = f", från {header.first_day}" if header.first_day else ""
    cells = [
        f"[{model.indicator_id}](../sql/indicators/{model.path.name})",
        f"**{header.title}.** {header.question}<br>*Så åtgärdas det:* {header.mend}",
        f"{_KINDS[header.kind]}{aim}{law}{since}",
        ", ".join(header.needs) or "alla register",
        header.motive,
        ", ".join(header.iso),
    ]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    models, registers = load_models(_ROOT / "sql"), load_registers(_ROOT / "assets" / "registers")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(catalogue(models), encoding="utf-8")
    register_catalogue.PAGE.write_text(register_catalogue.register_catalogue(registers, models), encoding="utf-8")


if __name__ == "__main__":
    main()
