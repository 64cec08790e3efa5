"""Which sending a request of another system belongs to: by its token and the Idempotency-Key that it chose."""

from __future__ import annotations

import hashlib

from flask import request
from flask_babel import gettext as _

from models.errors import DomainError
from shared.access import token_id

LONGEST_KEY = 200


def whose() -> str:
    """Whose requests are counted together: those of one token."""
    return "token:" + hashlib.sha256(request.headers.get("Authorization", "").encode()).hexdigest()


def submission_token() -> str:
    """The submission token of this token's Idempotency-Key. `DomainError`, a 400, where there is no key."""
    given = request.headers.get("Idempotency-Key", "").strip()
    if not given or len(given) > LONGEST_KEY:
        raise DomainError(_("缺少 Idempotency-Key：为每份登记另取一个值，重发时用同一个。"))
    return hashlib.sha256(f"{token_id()}:{given}".encode()).hexdigest()
