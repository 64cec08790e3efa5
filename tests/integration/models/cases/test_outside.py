"""Outside bodies: what they do by a link are acts of the case, and a link that is over does nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.outside.links import link_by_token, token_of
from models.cases.outside.operations import give_back, open_link, reply, resend, revoke, take, write_letter
from models.cases.outside.tables import OutsideLink
from models.cases.outside.terms import Standing
from models.cases.queries import filers_timeline
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.cases.transfers import acknowledge, recall, transfer
from models.clocks.queries import deadlines_of
from models.errors import ActRefused, Invalid, NotFound
from models.filings.sealing import Keyring
from models.ledger.queries import events_of
from models.people.tables import Unit
from tests.support.cases import OPENED, Office, a_case_in
from tests.support.outside import WORDS, on_its_way_to_the_police

KEYS = Keyring.from_hex(code_key="01" * 32, vault_key="02" * 32, signing_key="03" * 32)
LATER = OPENED + dt.timedelta(days=2)


def _letter(
    session: Session, office: Office, case: Case, *, kind: str = "local", unit: Unit | None = None
) -> OutsideLink:
    return write_letter(
        session,
        case=case,
        unit=unit or office.police,
        kind=kind,
        words=WORDS,
        files=[],
        days=30,
        actor=office.intake,
        now=OPENED,
    )


def _running(session: Session, case: Case) -> dict[str, dt.datetime]:
    return {one.rule_id: one.started_at for one in deadlines_of(session, [case])[case.id] if one.is_open}


def test_a_transfer_is_acknowledged_by_the_link_as_by_an_officer(session: Session, office: Office) -> None:
    link = on_its_way_to_the_police(session, office)
    case = link.case
    assert "local_acknowledge" in _running(session, case)
    take(session, link=link, now=LATER)
    assert (case.unit, case.state) == (office.police, State.HANDLING)
    assert link.standing(LATER) is Standing.TAKEN
    assert "local_acknowledge" not in _running(session, case)
    entry = case.acts[-1]
    assert (entry.act, entry.actor_name, entry.unit) == (
        Act.ACKNOWLEDGE,
        f"outside:{office.police.id}",
        office.police,
    )
    before = len(case.acts)
    take(session, link=link, now=LATER)
    assert len(case.acts) == before, "pressing twice changes nothing"
    with pytest.raises(ActRefused, match="已经签收"):
        give_back(session, link=link, reasons="不归我管", now=LATER)


def test_a_transfer_is_returned_by_the_link_and_the_link_is_over(session: Session, office: Office) -> None:
    link = on_its_way_to_the_police(session, office)
    give_back(session, link=link, reasons="不够立案标准", now=LATER)
    assert (link.case.state, link.case.unit) == (State.ACCEPTED, office.bureau)
    assert link.standing(LATER) is Standing.RETURNED
    assert link.why_given_back == "不够立案标准"
    for act in (take, lambda s, **kw: resend(s, days=30, actor=office.intake, **kw)):
        with pytest.raises(ActRefused):
            act(session, link=link, now=LATER)


def test_a_letter_leaves_the_case_where_it_is_and_its_clock_runs_till_the_answer(
    session: Session, office: Office
) -> None:
    case = a_case_in(session, office, State.HANDLING)
    link = _letter(session, office, case)
    assert (case.state, case.unit) == (State.HANDLING, office.bureau)
    assert "local_cooperation" in _running(session, case)
    reply(session, link=link, signed="公安局 张", body="已核实", token="none", now=LATER)
    assert link.taken_at == LATER, "who replies has it"
    assert link.standing(LATER) is Standing.ANSWERED
    reply(session, link=link, signed="公安局 张", body="补充", token="none", now=LATER)
    assert len(link.replies) == 2, "it may add to its answer"
    with pytest.raises(ActRefused, match="已经签收"):
        give_back(session, link=link, reasons="不归我管", now=LATER)
    assert "local_cooperation" not in _running(session, case)
    assert case.acts[-1].act is Act.HEAR_OUTSIDE
    assert not {Act.ASK_OUTSIDE, Act.HEAR_OUTSIDE} & {one.act for one in filers_timeline(session, case)}


def test_where_two_were_asked_the_answer_of_one_leaves_the_clock_of_the_other(
    session: Session, office: Office
) -> None:
    case = a_case_in(session, office, State.HANDLING)
    first, second = _letter(session, office, case), _letter(session, office, case)
    give_back(session, link=first, reasons="不属本单位职责", now=LATER)
    assert _running(session, case)["local_cooperation"] == OPENED
    reply(session, link=second, signed="公安局", body="已核实", token="none", now=LATER)
    assert "local_cooperation" not in _running(session, case)


def test_each_kind_of_letter_has_its_own_limit_from_the_day_on_which_the_body_has_it(
    session: Session, office: Office
) -> None:
    case = a_case_in(session, office, State.HANDLING)
    local = _letter(session, office, case)
    asked = _letter(session, office, case, kind="assistance")
    assert set(_running(session, case)) >= {"local_cooperation", "assistance_reply"}
    assert _running(session, case)["assistance_reply"] == OPENED
    take(session, link=asked, now=LATER)
    assert _running(session, case)["assistance_reply"] == LATER, "程序规定 Art 45: since it was received"
    reply(session, link=asked, signed="公安局", body="已核实", token="none", now=LATER)
    assert "assistance_reply" not in _running(session, case)
    assert _running(session, case)["local_cooperation"] == OPENED, "the other letter still waits"
    give_back(session, link=local, reasons="不属本单位职责", now=LATER)
    assert "local_cooperation" not in _running(session, case)
    with pytest.raises(Invalid, match="不发给这个单位"):
        _letter(session, office, case, kind="dispatch")


def test_a_link_is_good_until_it_ends_is_revoked_or_replaced(session: Session, office: Office) -> None:
    link = on_its_way_to_the_police(session, office)
    old = token_of(link, KEYS)
    assert link_by_token(session, old, keys=KEYS) is link
    for forged in ("", "x", old[:-1], f"{link.handle}-{'a' * 32}", old.upper()):
        with pytest.raises(NotFound):
            link_by_token(session, forged, keys=KEYS)
    assert link.standing(link.expires_at) is Standing.EXPIRED
    with pytest.raises(ActRefused):
        take(session, link=link, now=link.expires_at)
    revoke(session, link=link, actor=office.intake, now=LATER)
    assert link.standing(LATER) is Standing.REVOKED
    resend(session, link=link, days=7, actor=office.intake, now=LATER)
    with pytest.raises(NotFound):
        link_by_token(session, old, keys=KEYS)
    assert link_by_token(session, token_of(link, KEYS), keys=KEYS).standing(LATER) is Standing.WAITING


def test_what_was_recalled_or_went_on_can_no_longer_be_answered(session: Session, office: Office) -> None:
    recalled, went_on = on_its_way_to_the_police(session, office), on_its_way_to_the_police(session, office)
    recall(session, case=recalled.case, reasons="误送", actor=office.intake, now=LATER)
    assert recalled.standing(LATER) is Standing.RECALLED
    take(session, link=went_on, now=LATER)
    transfer(session, case=went_on.case, to_unit=office.county, reasons="x", actor=office.intake, now=LATER)
    acknowledge(session, case=went_on.case, actor=office.county_intake, now=LATER)
    assert went_on.standing(LATER) is Standing.OVER


def test_only_an_outside_body_gets_a_link_and_a_transfer_gets_one(session: Session, office: Office) -> None:
    link = on_its_way_to_the_police(session, office)
    common = {"words": WORDS, "files": [], "days": 30, "actor": office.intake, "now": LATER}
    assert link.transfer
    with pytest.raises(ActRefused, match="已经有链接"):
        open_link(session, transfer=link.transfer, **common)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        _letter(session, office, a_case_in(session, office, State.HANDLING), unit=office.county)
    with pytest.raises(Invalid):
        resend(session, link=link, days=400, actor=office.intake, now=LATER)


def test_the_ledger_has_every_step_and_no_words(session: Session, office: Office) -> None:
    link = on_its_way_to_the_police(session, office)
    resend(session, link=link, days=30, actor=office.intake, now=LATER)
    reply(session, link=link, signed="公安局 张警官", body="已受案", token="none", now=LATER)
    session.commit()
    events = events_of(session, subject_kind="outside_links", subject_id=str(link.id))
    assert [one.act for one in events] == [
        "outside.open",
        "outside.resend",
        "outside.acknowledge",
        "outside.reply",
    ]
    assert all("张" not in str(one.data) and link.handle not in str(one.data) for one in events)
    assert session.scalars(select(OutsideLink)).one() is link
