"""The index on disk: a Whoosh index whose postings are arrays of positions, made for NumPy to read in place."""
