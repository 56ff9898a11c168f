"""What an installation has chosen of an indicator: another target or title, or that it isn't asked there.

Read from `<config>/indicators.toml` by `pipelines.own_indicators`, which refuses what can't be chosen.
"""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assets.warehouse.headers import IndicatorHeader

Words = Annotated[str, Field(min_length=1)]


class Choice(BaseModel):
    """One table of indicators.toml. `off`: the indicator isn't asked, for the `reason` that is shown."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    target: Annotated[int, Field(strict=True)] | None = None
    title: Words | None = None
    off: Annotated[bool, Field(strict=True)] = False
    reason: Words | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.off and self.reason is None:
            raise ValueError("reason saknas: skriv varför frågan inte ställs här, det visas")
        if self.reason is not None and not self.off:
            raise ValueError("reason hör ihop med off = true")
        return self

    def applied(self, header: IndicatorHeader) -> IndicatorHeader:
        """The header with the chosen title and target."""
        chosen = {"target": self.target, "title": self.title}
        return header.model_copy(update={name: value for name, value in chosen.items() if value is not None})

    def setting(self, header: IndicatorHeader) -> dict[str, object]:
        """What is chosen, beside what the product has where that is another: for evidence and manifest. `header`: the
        product's own."""
        chosen = self.model_dump(exclude_defaults=True)
        product = {f"product_{name}": getattr(header, name) for name in ("target", "title") if name in chosen}
        return chosen | product
