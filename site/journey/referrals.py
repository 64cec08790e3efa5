"""Handing out the pack of a referral, to staff and to the procuratorate alike."""

from __future__ import annotations

import shutil
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask import Response, abort, send_file

from journey.evidence import SANDBOX
from journey.keys import keyring
from models.ledger.operations import Acts
from models.referrals.packing import note_reading
from models.referrals.packs import opened
from models.referrals.papers import papers_of
from models.referrals.states import BY_STEP
from models.referrals.tables import Referral
from models.referrals.terms import STEP_LABELS
from models.types import now_utc
from shared.components import Step
from shared.database import session
from shared.i18n import label
from shared.services import services


def history(referral: Referral, *, for_staff: bool) -> list[Step]:
    """Its steps, for a timeline. What officers wrote down for themselves is for staff."""
    return [
        Step(
            "done",
            label(STEP_LABELS[one.step]),
            at=one.at,
            who=" · ".join(part for part in (one.document, label(BY_STEP[one.step].basis)) if part),
            text=one.words if for_staff else "",
        )
        for one in referral.steps
    ]


def send_pack(referral: Referral, reader: Acts) -> Response:
    """The whole archive as an attachment, on record; a 404 where there is none yet."""
    if referral.pack_key is None:
        abort(404)
    copy = TemporaryFile()  # noqa: SIM115 - the response reads and closes it
    with opened(referral, papers_of(session, referral), services().files, keyring()) as whole:
        shutil.copyfileobj(whole, copy)
    copy.seek(0)
    note_reading(session, referral=referral, actor=reader, now=now_utc())
    response = send_file(
        cast(BinaryIO, copy),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"移送案卷包-{referral.case.shown_reference}.zip",
        etag=False,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
