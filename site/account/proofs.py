"""Taking proofs in from a form."""

from __future__ import annotations

from journey.attaching import attach_each
from journey.uploads import allowance
from models.holders.proofs import Proven, attach_proof
from models.types import now_utc
from shared.access import account
from shared.database import session
from shared.services import services


def attach_files(to: Proven) -> int:
    """Attaches the files of this request; returns how many were taken."""
    return attach_each(
        lambda stream, name: attach_proof(
            session,
            to=to,
            stream=stream,
            file_name=name,
            allowance=allowance(),
            store=services().files,
            actor=account(),
            now=now_utc(),
        )
    )
