"""Signals about a case: what it has in common with others. They are hints for people, never verdicts; see docs/decisions/0013."""
