"""What is wrong with the shape of a source file, as pydantic finds it: with key and mend."""

from collections.abc import Sequence

from pydantic import ValidationError

from assets.intake.sources.column_mapping import ColumnMapping
from assets.intake.sources.definition import Source
from assets.nearest import keys_at, nearest

_KINDS = {
    "string_type": "ska vara en text, inom citattecken",
    "tuple_type": "ska vara en lista, inom [ ]",
    "list_type": "ska vara en lista, inom [ ]",
    "int_type": "ska vara ett heltal",
    "int_parsing": "ska vara ett heltal",
    "dict_type": "ska vara en tabell",
    "mapping_type": "ska vara en tabell",
    "model_type": "ska vara en tabell",
    "too_short": "är tom",
    "string_too_short": "är tom",
    "bool_type": "ska vara true eller false",
}
_SECTIONS = frozenset({"read", "columns", "values", "organisation", "fetch"})


def first_error(fault: ValidationError) -> str:
    """What pydantic found first, as the person who wrote the file can read it."""
    error = fault.errors()[0]
    keys = [f"nr {key + 1}" if isinstance(key, int) else str(key) for key in error["loc"] if not _is_inner(key)]
    place = _place(keys)
    match error["type"]:
        case "extra_forbidden":
            return f"{place} är ingen nyckel{nearest(keys[-1], _keys_at(keys[:-1]))}"
        case "missing":
            return f"{place} saknas"
        case "value_error":
            return f"{place}: {error['ctx']['error']}" if place else str(error["ctx"]["error"])
        case "literal_error":
            return f"{place} ska vara {error['ctx']['expected'].replace(' or ', ' eller ')}"
        case "greater_than_equal" | "less_than_equal":
            limit = error["ctx"].get("ge", error["ctx"].get("le"))
            return f"{place} ska vara {'minst' if 'ge' in error['ctx'] else 'högst'} {limit}"
        case "mapping_type" | "dict_type" if len(keys) == 2 and keys[0] == "values":
            return f"{place} är ingen tabell: ovanför orden ska kolumnen stå, som [values.Status]"
        case kind:
            return f"{place} {_KINDS.get(kind, 'har ett värde som inte går att använda')}"


def _is_inner(key: object) -> bool:
    """Whether pydantic and not the file calls a place so."""
    return isinstance(key, str) and (key.startswith(("function-", "tuple[", "literal[")) or key == "[key]")


def _place(keys: Sequence[str]) -> str:
    if keys and keys[0] in _SECTIONS:
        return f"[{keys[0]}] {_joined(keys[1:])}".strip()
    return _joined(keys)


def _joined(keys: Sequence[str]) -> str:
    return ".".join(keys).replace(".nr ", " nr ")


def _keys_at(place: Sequence[str]) -> list[str]:
    """The keys that a source file may have at a place. Columns are called as the contract calls them."""
    if len(place) > 1 and place[0] == "columns":
        return keys_at(ColumnMapping, ())
    return [key for key in keys_at(Source, place) if place or key not in ("name", "sql", "hashed")]
