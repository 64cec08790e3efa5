"""The signature of a call: HMAC-SHA256 over moment and body, so that neither an altered nor an old call passes.

`Huhang-Signature: t=1767225600,v1=<hex>[,v1=<hex of the former secret>]`. `docs/verify_webhook.py` checks it alone.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

HEADER = "Huhang-Signature"
EVENT_HEADER = "Huhang-Event"


def signature(secrets: Sequence[bytes], *, body: bytes, at: int) -> str:
    """The header's value: the moment, and one signature by each secret that is good now."""
    signed = f"{at}.".encode() + body
    made = [hmac.new(secret, signed, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={at}", *(f"v1={one}" for one in made)])
