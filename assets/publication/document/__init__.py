"""The drafted review as a Word document and as PDF, made of figures, rows of registers and written texts.

`chapters` makes one tree (`model`) in which every number carries its source; `docx` and `pdf` render it, with the
sources travelling in the Word file (`provenance`); `number_check` reads a finished document again and names the
numbers that nothing supports. What may enter from the registers is named in `sql/report/document_*.sql` (`rows`).
"""
