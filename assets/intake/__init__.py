"""Inbox → archive: each delivery is read, conformed to its contract and landed as typed Parquet, once.

`inbox` (which files, which register, which date) → `reading` (bytes to text cells) → `headings` →
`conform` (with `parsing` and `privacy`) → `archive`; `deliveries` says what is in force for a K.
Personal data stop here: what leaves this wing holds none.
"""
