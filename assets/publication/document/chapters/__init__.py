"""What the document says, chapter by chapter (`outline`), and how a figure is put into a sentence."""
