"""The demo: a made-up administration whose review comes out as the source document says.

`make.make_inbox(folder)` writes the inbox of `farsta` and of `staden` as it lay in November 2023. The people,
units, suppliers and texts are invented; the counts that the document states (incidents, classifications,
checks, activities …) are its own. Every byte is the same each time: draws are seeded, dates are fixed.

How it hangs together, in the order in which data flow:

- `seeds/` holds the small registers, one file each, as the source document tells them, in plain spelling
  (`2023-10-31`, `Ja`, lists by comma) under the contracts' headings. To change a figure, change a row there.
- `people.py`, `training.py` and `records.py` draw the three large registers, also in plain spelling, from
  `names.txt` and `behandlingstyper.csv` (what a record of each type says).
- `faults.py` says which cells are spoiled, and what each of them shows.
- `export_format.py` respells values and headings the way real systems do; `write.py` makes text files and workbooks.
- `generated_deliveries.py` and `seed_deliveries.py` say which file holds which rows, in which system's spelling
  (`export_profiles.py`) and with which date; `make.py` writes them all.
- `signature.py` fills in the decisions of the first review, and `three_years_on.py` makes the deliveries of a second
  one, in which the laws and the indicators that came meanwhile have their figures (`later/`).

Nothing imports this package but the command line. What a register's columns are called and what they hold
stands in `assets/registers` and is read from there.
"""

from datetime import date

AS_OF = date(2023, 10, 31)
"""B of the review that the demo reproduces: what the document's figures run to."""

KNOWN_AT = date(2023, 11, 21)
"""K of that review: the day the director signed the document."""

LATER_AS_OF, LATER_KNOWN_AT = date(2026, 10, 31), date(2026, 11, 20)
"""B and K of the review three years on."""
