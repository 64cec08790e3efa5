"""Rights-holders for tests: a member of a verified organisation, a verified right, an agent's authority."""

from __future__ import annotations

import datetime as dt
import io
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from models.codes.uscc import uscc_check_character
from models.filings.evidence import Allowance
from models.filings.parties import Power
from models.holders.agents import give_authority, take_authority
from models.holders.operations import claim_organisation, confirm_member, membership_of
from models.holders.proofs import attach_proof
from models.holders.rights import RightTold, store_right, verify_right
from models.holders.tables import Authority, Right
from models.kinds import RightType
from models.people.tables import Account
from models.ports import FileStore
from models.types import beijing_date
from tests.factories import AccountFactory
from tests.support.filings import JPEG

ALLOWANCE = Allowance(1 << 20, 1 << 24, 20)
_numbers = count(1)


def a_code() -> str:
    """A well-formed 统一社会信用代码 that no other test has."""
    body = f"91410400MA{next(_numbers):07d}"
    return body + uscc_check_character(body)


def a_holder(session: Session, by: Account, *, now: dt.datetime, name: str = "演示水杯有限公司") -> Account:
    """The owner of an organisation that `by` has verified."""
    account: Account = AccountFactory(confirmed_at=now, display_name="测试乙")
    membership = claim_organisation(session, account=account, name=name, uscc=a_code(), now=now)
    confirm_member(session, membership=membership, actor=by, now=now)
    session.flush()
    return account


def a_right(
    session: Session, holder: Account, by: Account, store: FileStore, *, now: dt.datetime, **told: Any
) -> Right:
    """A verified right of the holder's organisation."""
    today = beijing_date(now)
    facts = {"right_type": RightType.TRADEMARK, "title": "护水", "number": "12345678", "nice_class": 21}
    right = store_right(session, told=RightTold(**{**facts, **told}), actor=holder, now=now, today=today)
    attach_proof(
        session,
        to=right,
        stream=io.BytesIO(JPEG),
        file_name="注册证.jpg",
        allowance=ALLOWANCE,
        store=store,
        actor=holder,
        now=now,
    )
    verify_right(session, right=right, actor=by, now=now, today=today)
    return right


def an_authority(
    session: Session, holder: Account, agent: Account, *, ends_on: dt.date, now: dt.datetime, **changes: Any
) -> Authority:
    """Authority that the agent has taken on; every right unless `right_ids` says otherwise."""
    told = {"matters": "就商标被侵权代为举报投诉", "power": Power.GENERAL, "right_ids": [], **changes}
    authority = give_authority(
        session,
        agent_email=agent.email or "",
        ends_on=ends_on,
        actor=holder,
        now=now,
        today=beijing_date(now),
        **told,
    )
    return take_authority(session, authority_id=authority.id, actor=agent, now=now)


def organisation_id(session: Session, account: Account) -> int:
    """Of the organisation that the account belongs to."""
    mine = membership_of(session, account)
    assert mine is not None
    return mine.organisation_id
