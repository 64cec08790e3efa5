"""Official papers as .docx and PDF: our own templates, the check of a bureau's, filling in, printing."""
