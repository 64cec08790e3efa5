"""The SHA-256 of what was filed: over a canonical form that can be made again from the rows at any time.

The form holds the matter and the digests of the files. The filer's identity is left out on purpose: a digest over a
telephone number would let anyone with a list of numbers find out whose it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from models.filings.tables import Filing

VERSION = 1


def canonical_form(filing: Filing) -> dict[str, Any]:
    """What the digest is taken over, version 1."""
    return {
        "version": VERSION,
        "reference": filing.reference,
        "track": filing.track.value,
        "channel": filing.channel.value,
        "right_type": filing.right_type.value,
        "is_anonymous": filing.is_anonymous,
        "submitted_at": filing.submitted_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "respondent": {
            "name": filing.respondent_name,
            "uscc": filing.respondent_uscc,
            "address": filing.respondent_address,
            "platform_link": filing.platform_link,
        },
        "region_code": filing.region_code,
        "right_number": filing.right_number,
        "facts": filing.facts,
        "request": filing.request,
        "data": filing.data,
        "evidence": sorted([file.sha256, file.size] for file in filing.evidence),
    }


def content_sha256(filing: Filing) -> str:
    """The digest, in hexadecimal."""
    text = json.dumps(canonical_form(filing), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
