"""The demo's rights-holder: verified from the start, with rights that stand in every way, and lately in the fast lane."""

from __future__ import annotations

import datetime as dt
import io

from PIL import Image
from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from models.filings.evidence import Allowance
from models.holders.lane.operations import grant_lane
from models.holders.lane.rules import read_lane_rules
from models.holders.operations import claim_organisation, confirm_member, membership_of
from models.holders.proofs import attach_proof
from models.holders.rights import RightTold, refuse_right, store_right, verify_right
from models.holders.tables import Right
from models.holders.terms import Fault
from models.kinds import RightType
from models.people.roles import Role
from models.ports import FileStore
from models.types import beijing_date

_SHEET = (840, 1188)  # paper held upright, blank: nothing invented is to look like a real certificate
_ALLOWANCE = Allowance(1 << 20, 1 << 22, 10)


def settle_holder(session: Session, cast: Cast, *, now: dt.datetime) -> None:
    """The organisation, verified before anything is filed, so that what the account files is its organisation's."""
    holder = cast.rights_holder
    told = {"name": holder.organisation or "", "uscc": holder.uscc or ""}
    membership = claim_organisation(session, account=holder, now=now, **told)
    confirm_member(session, membership=membership, actor=cast.with_role(Role.INTAKE), now=now)


def store_rights(session: Session, cast: Cast, store: FileStore, *, now: dt.datetime) -> None:
    """One right verified, one that waits for the desk, one refused with what to mend; and the lane, given by the head."""
    intake, today = cast.with_role(Role.INTAKE), beijing_date(now)
    mark = RightTold(RightType.TRADEMARK, "示例云杉", "10000021", 21, today + dt.timedelta(days=50))
    verify_right(session, right=_stored(session, cast, store, mark, now), actor=intake, now=now, today=today)
    other = RightTold(RightType.TRADEMARK, "示例云杉", "10000011", 11)
    refused = _stored(session, cast, store, other, now)
    refuse_right(session, right=refused, fault=Fault.UNREADABLE, words="", actor=intake, now=now)
    _stored(session, cast, store, RightTold(RightType.COPYRIGHT, "示例云杉图样", "演示登记 21 号"), now)
    membership = membership_of(session, cast.rights_holder)
    assert membership is not None, "settled before"  # noqa: S101
    grant_lane(
        session,
        organisation=membership.organisation,
        reasons="重点企业，材料齐全。",
        rules=read_lane_rules(),
        actor=cast.with_role(Role.HEAD),
        now=now,
    )


def _stored(session: Session, cast: Cast, store: FileStore, told: RightTold, now: dt.datetime) -> Right:
    holder, sheet = cast.rights_holder, io.BytesIO()
    Image.new("RGB", _SHEET, "white").save(sheet, "PNG")
    sheet.seek(0)
    right = store_right(session, told=told, actor=holder, now=now, today=beijing_date(now))
    attach_proof(
        session,
        to=right,
        stream=sheet,
        file_name="证书（虚构）.png",
        allowance=_ALLOWANCE,
        store=store,
        actor=holder,
        now=now,
    )
    return right
