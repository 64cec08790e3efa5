"""Copies of evidence that are safe to look at, made by a process of its own that may take only so much of everything."""
