"""Referrals to the police, for tests."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from models.cases.tables import Case
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Unit
from models.referrals.operations import Happened, Report
from models.referrals.tables import Referral, ReferralStep
from models.referrals.terms import Standing, Step
from tests.factories import StaffFactory, UnitFactory
from tests.support.cases import OPENED, Office

HAPPENED = Happened(OPENED, "平公（经）回字〔2026〕3号", "材料齐全")
CRIME, FACTS = (
    "销售假冒注册商标的商品罪",
    "2026年10月，当事人在店内销售标有演示商标的保温杯1200只，货值36万元。",
)
SUSPICION = "进货单、聊天记录和鉴别意见；需要公安机关查明上线。"
_BEFORE_HAND_OVER = (Standing.PROPOSED, Standing.APPROVED, Standing.DECLINED)


def a_colleague(office: Office) -> Account:
    """A second handler of the bureau, made once."""
    session = object_session(office.bureau)
    assert session is not None
    found = session.scalar(select(Account).where(Account.display_name == "承办人辛"))
    return found or StaffFactory(role=Role.HANDLER, unit=office.bureau, display_name="承办人辛")


def the_procuratorate(office: Office) -> Unit:
    """The one beside the police, made once."""
    session = object_session(office.bureau)
    assert session is not None
    found = session.scalar(select(Unit).where(Unit.code == "procuratorate"))
    return found or UnitFactory(
        code="procuratorate",
        name="示例市人民检察院",
        kind=UnitKind.OUTSIDE,
        outside_kind="procuratorate",
        parent=office.bureau,
    )


def a_report(office: Office, **changed: object) -> Report:
    """A report of two handlers, with a copy for the procuratorate."""
    given = {
        "crime": CRIME,
        "facts": FACTS,
        "suspicion": SUSPICION,
        "goods": "保温杯 1200 只，存于本局罚没仓库",
        "first": office.intake,
        "second": a_colleague(office),
        "police": office.police,
        "procuratorate": the_procuratorate(office),
    }
    return Report(**{**given, **changed})  # type: ignore[arg-type]


def a_referral(session: Session, case: Case, office: Office, standing: Standing) -> Referral:
    """One that stands there, whatever state the case is in: nothing has happened to the case by it."""
    is_decided, is_sent = standing is not Standing.PROPOSED, standing not in _BEFORE_HAND_OVER
    has_pack = is_sent or standing is Standing.APPROVED
    made = Referral(
        case=case,
        standing=standing,
        police=office.police,
        procuratorate=the_procuratorate(office),
        crime=CRIME,
        facts=FACTS,
        suspicion=SUSPICION,
        goods="无",
        evidence_ids=[],
        appraisal_ids=[],
        first_handler=office.intake,
        second_handler=a_colleague(office),
        proposed_by_id=office.intake.id,
        proposed_at=OPENED,
        decided_by_id=office.head.id if is_decided else None,
        decided_at=OPENED if is_decided else None,
        decline_reasons="不构成" if standing is Standing.DECLINED else None,
        pack_key=f"pack-{case.id}" if has_pack else None,
        pack_size=1 if has_pack else None,
        pack_sha256="0" * 64 if has_pack else None,
        pack_made_at=OPENED if has_pack else None,
        handed_over_at=OPENED if is_sent else None,
        steps=[ReferralStep(step=Step.PROPOSE, at=OPENED, noted_by_id=office.intake.id, noted_at=OPENED)],
    )
    session.add(made)
    session.flush()
    return made


def later(**passed: float) -> dt.datetime:
    """So long after the case was opened: `later(days=2)`."""
    return OPENED + dt.timedelta(**passed)
