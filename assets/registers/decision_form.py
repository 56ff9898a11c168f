"""The form in which a management review's decisions are filled in: chapter 4 of its document.

The publication writes it empty; when the signed document comes back the intake reads it as a delivery of the register
`beslut`. What both must know of the Word file stands here.
"""

REGISTER = "beslut"

COLUMNS = ("Beslut", "Ansvarig funktion", "Klar senast")
"""The table's columns, of the register's; the others follow from the review (docs/spec/interfaces.md, A signed
document)."""

PROMPTS = ("Beslut", "Funktion", "Dag")
"""What stands in a cell until somebody writes there."""

BOOKMARK = "_beslut"
"""The hidden bookmark in the table's first row by which it is known."""

FIELD_TAG, FIELD_MARK = "falt-", "_falt_"
"""What the tag of a content control that people fill in begins with, and the name of the hidden bookmark in it."""

PROVENANCE = "urn:lagesbild:siffror"
"""The namespace of the XML part that says what the document's numbers stand on: JSON, with each number's source in
`siffror`. The review's date is the one whose source is REVIEW_DATE."""

REVIEW_DATE = {"korning": "as_of"}
