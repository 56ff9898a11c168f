"""Figures → files: what each organisation's coordinator downloads, built beside what is published and switched
in one step.

`tables` (what stands in each file) → `folders` (one of them per organisation) → `switch`.
"""
