"""How figures and names are written in the document's Swedish."""

from assets.publication.sv import NBSP


def percent(value: float) -> str:
    """The share with one decimal, `71,4 %`; `100 %` without."""
    text = f"{value:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}{NBSP}%"


def genitive(name: str) -> str:
    """`Farstas`; a name in s, x or z as it is."""
    return name if name.casefold().endswith(("s", "x", "z")) else f"{name}s"
