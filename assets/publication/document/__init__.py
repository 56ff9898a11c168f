"""Figures, rows and written texts → the review as a Word document and as PDF.

`content` makes one tree of chapters, in which every number carries its source; `word` and `pdf` render it;
`check` reads a finished document again and names the numbers that nothing supports.
"""
