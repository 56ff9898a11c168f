"""Inbox → archive: each delivery is read, held against its contract and landed as typed Parquet, once.

`inbox` (which files, which register, which date) → `reading` (bytes to text cells) → `select_rows` (what stands
under the headings) → `apply_contract` (with `parsing` and `privacy`) → `archive`; `resolve_deliveries` says what is
in force for a K. Personal data stop here: what leaves this wing holds none.
"""
