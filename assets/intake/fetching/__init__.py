"""Sources whose files lie at another system → files in `<data>/fetched/<organisation>/`, which the night then reads
as it reads the inbox (docs/spec/sources.md, Fetching).

`definition` (what `[fetch]` may say) → `settled` (held against the rest of its source) → `remote` (what every way
offers: `filesystems`, `web`, `sharepoint` give files as they lie there, `pages` and `database` make one of records)
→ `landing` (a file lands whole or not at all) → `state` (what is known of the last time) → `fetch` (one source) →
`all_sources`. What belongs to a library of one's own stands in the one module that imports it.
"""
