"""The text of a decision as it was served: taken out of a .docx, split into zones, read for fields. A person confirms."""
