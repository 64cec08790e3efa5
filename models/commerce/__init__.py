"""Selling online: what a link points at, many links in one filing, and the platform's part in a matter."""
