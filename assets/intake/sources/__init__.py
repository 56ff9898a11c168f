"""A system's export as it is → the rows of a register, as one source file in the configuration says.

`definition` (what a source file may say) → `load` (the files of a configuration, checked against the contracts) →
`claims` (which source reads a file) → `raw_table` (bytes to text cells under the source's own headings) → `reshape`
(its SQL) → `map_columns` (its columns, words and formats) → `split` (one file, several organisations). What comes out
goes the same way as every delivery: to the contract, quarantine and archive.
"""
