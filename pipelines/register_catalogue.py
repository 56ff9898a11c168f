"""The handbook's chapter on what is to be delivered, `docs/register.md`, written from the contracts.

.venv/bin/python -m pipelines.catalogue
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from assets.publication.supply.guide import RegisterGuide, guide
from assets.registers.contract import Register
from assets.warehouse.models import Model, indicators

PAGE = Path(__file__).parents[1] / "docs" / "register.md"


def register_catalogue(registers: Mapping[str, Register], models: Mapping[str, Model]) -> str:
    """The page in Markdown: every register with what it is for and what each column is."""
    lines = [
        "# Registren",
        "",
        f"{len(registers)} register, vart och ett en fil i `assets/registers/`. Sidan skrivs ur dem av",
        "`python -m pipelines.catalogue`. En tom arbetsbok att fylla i ges av",
        "`lagesbild contract REGISTER --format excel`, ett schema för exporter av `--format table-schema`.",
        "Rubriker jämförs utan hänsyn till stora bokstäver, prickar och ringar, blanksteg och skiljetecken.",
        "",
        *(f"- [{register.called}](#{register.name})" for register in registers.values()),
        "",
    ]
    for register in registers.values():
        lines += _register(guide(register, registers), _needed_by(register, models))
    return "\n".join(lines)


def _register(own: RegisterGuide, needed_by: list[str]) -> Iterator[str]:
    yield from (f'<a id="{own.name}"></a>', f"## {own.called}", "", own.holds, "")
    if own.kept_by:
        yield f"- Finns oftast hos: {own.kept_by}."
    yield f"- Fil: `{own.file}`, i {own.place}."
    yield f"- {own.delivery}" + (f" Nyckel: {own.key}." if own.key else "")
    if needed_by:
        yield f"- Behövs för {', '.join(needed_by)}."
    yield from ("", "| Kolumn | Krav | Innehåll | Form | Andra rubriker |", f"|{'---|' * 5}")
    for column in own.columns:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in column.cells) + " |"
    yield ""


def _needed_by(register: Register, models: Mapping[str, Model]) -> list[str]:
    headers = [(model.indicator_id, model.indicator) for model in indicators(models)]
    return [ident for ident, header in headers if header and register.name in header.needs]
