"""Why a figure is as it is, in a sentence made of its `reason_code` and the columns beside it
(docs/spec/indicators.md, State of a figure)."""

from collections.abc import Mapping
from typing import Any

from assets.publication.sv import as_sentence, join_list, register_name

_SENTENCES = {
    "no_requirement": "Det finns inget gällande krav att mäta mot.",
    "bulk_registration": "Många genomföranden har registrerats på en gång (massregistrering), så det går inte att se "
    "vem som har gått utbildningen.",
    "unknown_ids": "De flesta anställnings-id bland utbildningarna finns inte i personalregistret.",
    "nothing_in_scope": "Det finns inget i indikatorns omfattning att mäta.",
    "nothing_measured": "Inget av det som omfattas gick att mäta.",
}


def sentence(figure: Mapping[str, Any]) -> str:
    """Returns the sentence; empty where there is nothing to explain. `figure`: a row with `reason_code`, `concerns`,
    `first_day` and `reason`."""
    match code := figure["reason_code"]:
        case None:
            return ""
        case "switched_off":
            return as_sentence(figure["reason"])
        case "unused_registers":
            return f"Skulle behöva {_registers(figure)}."
        case "before_first_day":
            return f"Indikatorn gäller först från {figure['first_day']}."
        case "missing_registers":
            return f"Underlag saknas: {_registers(figure)}."
        case "spoiled_registers":
            return f"Över hälften av raderna är i karantän: {_registers(figure)}."
        case "absent_columns":
            return f"Källan saknar {join_list(list(figure['concerns']))}."
        case "organisations_left_out":
            return f"Av organisationerna: {figure['reason']}."
    return _SENTENCES[code]


def _registers(figure: Mapping[str, Any]) -> str:
    return join_list([register_name(slug) for slug in figure["concerns"]])
