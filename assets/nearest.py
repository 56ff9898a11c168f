"""What a misspelt name in somebody's configuration is likely to stand for."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel

NEAR = 60
"""How alike, of 100, a name must be to be offered in place of an unknown one."""


def most_alike(name: str, names: Iterable[str]) -> str | None:
    """The most alike of the names; None where none is near."""
    from rapidfuzz import process
    from rapidfuzz.utils import default_process

    found = process.extractOne(name, list(names), processor=default_process, score_cutoff=NEAR)
    return found[0] if found else None


def nearest(name: str, names: Iterable[str]) -> str:
    """` (menar du X?)` with the most alike of the names, or nothing where none is near."""
    found = most_alike(name, names)
    return f" (menar du {found}?)" if found else ""


def keys_at(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """The keys that a file of this model may have at a place, in the words of pydantic's `loc`; none where people
    choose them."""
    for key in place:
        if isinstance(key, str):
            info = {field.alias or name: field for name, field in model.model_fields.items()}.get(key)
            inner = next(_models_in(info.annotation), None) if info else None
            if inner is None:
                return []
            model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 – any type that a field may have
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
