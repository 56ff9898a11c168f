"""A fault in a file of the configuration, in Swedish: which key of which file, and how to mend it."""

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assets.nearest import keys_at, nearest
from pipelines.contract_words import in_swedish

_TYPES = {
    "int_type": "ska vara ett heltal",
    "bool_type": "ska vara true eller false",
    "string_type": "ska vara en text inom citattecken",
    "tuple_type": "ska vara en lista",
    "dict_type": "ska vara en tabell",
    "mapping_type": "ska vara en tabell",
    "model_type": "ska vara en tabell",
    "date_type": "ska vara ett datum som 2026-11-21, utan citattecken",
    "string_too_short": "får inte vara tom",
    "too_short": "får inte vara tom",
    "missing": "saknas",
}


class WrongKey(ValueError):
    """A file of the configuration that can't be used; the message names file, key and mend in Swedish."""


def first_error(fault: ValidationError) -> ErrorDetails:
    """The fault to tell of, of those that pydantic found: an unknown key first, for what it was meant as is then
    missing too."""
    return min(fault.errors(), key=lambda error: error["type"] != "extra_forbidden")


def first_fault(fault: ValidationError, model: type[BaseModel], below: int = 0) -> str:
    """The first fault as key and what is wrong. `model`: whose keys a misspelt one may stand for. `below`: how many
    of the keys that lead there the caller names itself."""
    error = first_error(fault)
    place = ".".join(str(key) for key in error["loc"][below:])
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"{place} är ingen nyckel{nearest(str(error['loc'][-1]), keys_at(model, error['loc'][below:-1]))}"
    if kind == "value_error":
        words = in_swedish(str(context["error"]))
        return f"{place}: {words}" if place else words
    if kind in ("greater_than", "greater_than_equal"):
        return (
            f"{place} ska vara {'minst' if 'ge' in context else 'större än'} {context.get('ge', context.get('gt'))}"
        )
    if kind == "less_than_equal":
        return f"{place} ska vara högst {context['le']}"
    if kind in ("literal_error", "enum"):
        return f"{place} ska vara {str(context['expected']).replace(' or ', ' eller ')}"
    return f"{place} {_TYPES.get(kind, 'har ett värde som inte går att använda')}".strip()
