"""The document in Word: written into a template, packaged or an organisation's own, and read back."""
