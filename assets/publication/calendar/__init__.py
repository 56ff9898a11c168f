"""The year ahead: what falls due, as a calendar file (arshjul.ics) and as an annual wheel with its table.

`events` makes events of marts.due, `ics` the calendar that people subscribe to, `wheel` the picture of the year.
"""
