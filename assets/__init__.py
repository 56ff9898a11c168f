"""What there is: settings and one wing per stage, in the order in which data flow through them.

`registers` (the contracts) → `intake` (inbox to archive) → `warehouse` (archive to figures) →
`publication` (figures to files). Every wing may import `registers`; otherwise the wings meet in the
data and not in imports. In each wing `assets.py` alone imports dagster.
"""
