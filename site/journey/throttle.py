"""Slowing down those who guess: wrong tries are counted per reference, and a right code is never turned away by them.

Otherwise anybody who knows a reference could lock its filer out. That costs nothing: a code has 80 bits, and each
address that guesses is held back by a limit of its own (policy `track`).
"""

from __future__ import annotations

from flask import current_app
from limits import parse_many

from models.filings.references import normalise
from shared.limits import limiter

_POLICY = "track_reference"
_RESUME = "resume_wrong"


def note_wrong_try(reference: str) -> bool:
    """Counts a wrong try against this reference, known or not; False when there were too many."""
    return _counted(_POLICY, normalise(reference)[:32])


def note_wrong_resume() -> bool:
    """Counts a wrong code of a draft, from wherever it comes; False when there were too many."""
    return _counted(_RESUME, "all")


def _counted(policy: str, key: str) -> bool:
    if not limiter.enabled:
        return True
    figure = str(current_app.extensions["huhang_rate_policies"][policy])
    counted = [limiter.limiter.hit(limit, policy, key) for limit in parse_many(figure)]
    return all(counted)
