"""Tests without a database and without Flask."""
