"""How wide a sheet's columns are."""

import polars as pl

_BUTTON = 16
"""Pixels of the button to filter with, in a heading."""
_WIDEST = 1_790
"""Pixels that a column may have at most."""


def column_widths(table: pl.DataFrame) -> dict[str, int]:
    """Column → its width in pixels: that of its longest text, or of its heading with the button to filter with.

    XlsxWriter's own autofit measures every cell in Python, which was a fifth of a workbook's time.
    """
    from xlsxwriter.utility import cell_autofit_width

    texts = pl.all().cast(pl.String).fill_null("")
    longest = table.select(texts.gather(texts.str.len_chars().arg_max()))
    cells = longest.row(0) if longest.height else [""] * table.width
    return {
        heading: min(max(cell_autofit_width(cell), cell_autofit_width(heading) + _BUTTON), _WIDEST)
        for heading, cell in zip(table.columns, cells, strict=True)
    }
