"""双公示 spreadsheets: read row by row, checked field by field, imported once."""
