"""Triage 分流: from a few plain questions to the procedure, what it needs and what the person is told, as data."""
