"""What is sent to a unit: a page and a workbook of its own figures and gaps, with nothing of another unit in them.

`names` gives their file names, `own` a unit's rows of a report, `page` and `workbook` write them.
"""
