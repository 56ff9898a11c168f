"""Figures → files: what each organisation's coordinator downloads, built beside what is published and switched
in one step.

`tables` (what stands in each file) → `excel_csv` (how Swedish Excel wants it) → `folders` → `switch`.
"""
