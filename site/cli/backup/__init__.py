"""Backup and restore: rows in a form that both databases read, files as they are, keys apart, a manifest of hashes."""
