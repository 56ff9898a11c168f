"""How a refused delivery is mended, in sentences for the coordinator: on the page and by `lagesbild check`."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from assets.publication.sv import as_sentence, join_list
from assets.registers import refusal_reasons
from assets.registers.contract import Register

_MEND = {
    refusal_reasons.UNREADABLE: "Öppna filen, spara om den som csv eller xlsx och leverera den igen.",
    refusal_reasons.EMPTY: "Exportera filen igen.",
    refusal_reasons.UNKNOWN: "Ge filen registrets namn först i sitt namn, eller ta bort den ur inkorgen.",
    refusal_reasons.OPEN_QUOTE: "Exportera filen igen, eller spara om den som xlsx i ett kalkylprogram.",
    refusal_reasons.TOO_MUCH_MEMORY: "Dela filen, eller exportera den som csv.",
    refusal_reasons.TOO_MUCH_TIME: "Dela filen, eller exportera den som csv.",
    refusal_reasons.NO_FORM: "Fyll i besluten i kapitel 4 i det dokument som Lägesbild skrev.",
    refusal_reasons.NO_DECISIONS: "Fyll i besluten i kapitel 4 och lägg in dokumentet igen.",
    refusal_reasons.NESTED: "Packa upp filen en gång och leverera den så.",
    refusal_reasons.MIXED_ENCODINGS: "Exportera filen igen som UTF-8, utan att klistra ihop den med en annan.",
    refusal_reasons.SEVERAL_SHEETS: "Behåll ett av bladen, eller säg i en källfil vilka som ska läsas.",
    refusal_reasons.SEVERAL_ORGANISATIONS: "Leverera en fil för varje organisation, eller låt en källfil dela den.",
    refusal_reasons.UNKNOWN_ORGANISATIONS: "Skriv dem i källfilens [organisation], eller låt andra lämnas.",
    refusal_reasons.SEVERAL_SOURCES: "Ändra files i alla källfilerna utom en.",
    refusal_reasons.HEADING_MISSING: "Exportera med samma kolumner som förr, eller ändra källfilen.",
    refusal_reasons.HEADING_TWICE: "Ta bort den ena kolumnen, eller ge den ett annat namn.",
    refusal_reasons.SHEET_MISSING: "Ge bladet sitt namn igen, eller ändra källfilen.",
    refusal_reasons.TOO_MANY_MEMBERS: "Packa filerna i flera mindre.",
    refusal_reasons.TOO_LARGE_UNPACKED: "Packa filerna i flera mindre, eller leverera dem opackade.",
}
"""What there is to do, by the reason up to what it says of the one file."""


def explain_refusal(reason: str, register: Register | None, near: Sequence[Mapping[str, Any]]) -> list[str]:
    """What to mend in a file that was refused, a line for each thing; empty where the reason says it all. `near`: its
    rows of `marts.deliveries.near_headings`."""
    if register and reason.startswith(refusal_reasons.NO_HEADING_ROW):
        nowhere = f"ingen cell i filens början liknar en rubrik som {register.name} har"
        return [_likely_row(near) or nowhere]
    if register and near:
        return [_missing(register, heading["meant"], heading["text"]) for heading in near]
    return [mend for beginning, mend in _MEND.items() if reason.startswith(beginning.split("{")[0])][:1]


def _likely_row(near: Sequence[Mapping[str, Any]]) -> str:
    if not near:
        return ""
    cells = [
        heading["text"] if heading["text"] == heading["meant"] else f"{heading['text']} (menas {heading['meant']}?)"
        for heading in near
    ]
    return f"rad {near[0]['row']} liknar mest en rubrikrad: {', '.join(cells)}"


def _missing(register: Register, meant: str, text: str | None) -> str:
    headings = join_list(register.by_name[meant].headings, "or")
    return f"{meant}: rubriken ska vara {headings}" + (f" (filen har {text})" if text else "")


def explained_refusals(deliveries: pl.DataFrame, registers: Mapping[str, Register]) -> pl.DataFrame:
    """The refused and unknown deliveries with `mend`, what there is to do, in place of `near_headings`."""
    mend = [
        " ".join(map(as_sentence, lines))
        for lines in (
            explain_refusal(reason, registers.get(register or ""), near)
            for register, reason, near in deliveries.select("register", "reason", "near_headings").iter_rows()
        )
    ]
    return deliveries.drop("near_headings").with_columns(pl.Series("mend", mend, dtype=pl.String))
