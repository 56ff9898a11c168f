"""Figures → files: what each organisation's coordinator opens, built beside what is published and switched in one
step.

`publish` is the whole of it. `picture` takes one organisation's rows of the run's `tables`; `folders` writes them,
file by file: `lists`, `evidence`, `workbook`, `calendar`, `document`, `page`, and last the sealed `package`; `switch`
shows it.
"""
