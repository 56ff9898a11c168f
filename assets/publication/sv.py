"""How numbers are written in Swedish, on the page and in the document."""

NBSP = "\N{NO-BREAK SPACE}"


def whole_number(number: int) -> str:
    """1234 → 1 234."""
    return f"{number:,}".replace(",", NBSP)
