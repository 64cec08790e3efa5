"""Files that come with an objection or an application for credit repair, from whoever sends them in."""

from __future__ import annotations

from journey.attaching import attach_each
from journey.uploads import allowance
from models.decisions.petitions.files import attach_to_petition
from models.decisions.petitions.tables import Petition
from models.types import now_utc
from shared.access import account
from shared.database import session
from shared.services import services


def attach_petition_files(petition: Petition, *, field: str = "files") -> int:
    """Attaches the files of this request; returns how many were taken."""
    return attach_each(
        lambda stream, name: attach_to_petition(
            session, petition, stream=stream, file_name=name, allowance=allowance(), store=services().files,
            actor=account(), now=now_utc(),
        ),
        field=field,
    )  # fmt: skip
