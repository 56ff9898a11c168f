"""What every part of a source file's shape is made of."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
"""One text or a list of them."""


class Frozen(BaseModel):
    """Read once, never changed; a key that isn't known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
