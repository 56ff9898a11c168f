"""ledningens_genomgang.xlsx: every figure and list of an organisation as tables to filter, numbers as numbers and
dates as dates. Nothing in it can start a formula: a text stays a text.

`sheets` says what stands on each sheet, `write` how a sheet is written, `texts` that what people wrote comes out as
they wrote it, `overview` what the first sheet shows.
"""
