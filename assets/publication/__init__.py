"""Figures → files: what each organisation's coordinator opens, drafted beside what is published and then shown
in one step.

`outputs` lists every published file, `queries` and `sql/report/` say what stands in it. `draft` builds every
organisation's folder (`organisation_folder`, output by output, from its `report`); the audit holds it against the
tables; `release` shows it.
"""
