"""Proof of work before sending (the ALTCHA protocol): a second of somebody's processor, nothing to read or to click.

It makes sending by the thousand dear, and asks nobody else for anything. Whoever cannot run scripts need not: the filing
is taken all the same, and marked for a person to look at. A proof is bound to its draft, so it sends one filing once.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json

import altcha

from journey.surface import Surface
from models.types import now_utc
from shared.services import services

VALID_FOR = dt.timedelta(
    hours=12
)  # somebody may read the last page again tomorrow morning; a reload makes a new one
_DRAFT = "draft"
_LONGEST = 4096


def challenge(surface: Surface, token: str) -> str:
    """What the page's script has to solve, as JSON; "" where no proof is asked."""
    if not is_asked(surface):
        return ""
    made = altcha.create_challenge_v1(
        hmac_key=_key(),
        max_number=services().config.proof_of_work,
        expires=now_utc() + VALID_FOR,
        params={_DRAFT: _bound_to(token)},
    )
    return json.dumps(made.to_dict())


def is_asked(surface: Surface) -> bool:
    """Of visitors without an account, unless it is switched off."""
    return services().config.proof_of_work > 0 and surface.account is None


def is_solved(payload: str, token: str) -> bool:
    """Whether `payload` proves work that was done for this draft."""
    if not payload or len(payload) > _LONGEST:
        return False
    try:
        given = json.loads(base64.b64decode(payload))
        is_right, _problem = altcha.verify_solution_v1(given, _key())
        bound = altcha.extract_params_v1(given).get(_DRAFT, [""])[0]
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return False  # made by hand, and not well
    return is_right and hmac.compare_digest(str(bound).encode(), _bound_to(token).encode())


def _bound_to(token: str) -> str:
    return hashlib.sha256(f"proof:{token}".encode()).hexdigest()[:32]


def _key() -> str:
    return hmac.new(
        bytes.fromhex(services().config.keys.code_key), b"proof-of-work", hashlib.sha256
    ).hexdigest()
