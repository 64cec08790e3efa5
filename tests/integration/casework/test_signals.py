"""Signals: what they rest on, who is told, what is hidden is not counted, and what was dismissed stays away."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from background.filings import index_addresses
from journey.keys import keyring
from models.cases.intake import receive
from models.cases.recusal.operations import recuse
from models.cases.recusal.terms import RecusalReason
from models.cases.sight import Sight
from models.cases.tables import Case
from models.filings.submissions import Person, Respondent
from models.filings.tables import Identity
from models.kinds import Track
from models.ledger.tables import LedgerEvent
from models.people.actors import FILER
from models.people.roles import Role
from models.people.tables import Account
from models.signals.matching import matches, signals_of_rows
from models.signals.operations import dismiss
from models.signals.terms import Signal
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office
from tests.support.filings import a_submission
from tests.support.published import published
from tests.support.visitors import sign_in

ADDRESS = "河南省平顶山市新华区建设路12号"
FIRST = Person(name="甲某", phone="13800000001", address=ADDRESS, id_number="11010519491231002X")


def _filed(app: Flask, session: Session, person: Person | None, **changes: object) -> Case:
    with app.app_context():
        keys = keyring()
    wanted = a_submission(Track.CLUE, person=person, **changes)  # type: ignore[arg-type]
    case = receive(session, submission=wanted, actor=FILER, now=OPENED, keys=keys).case
    session.commit()
    return case


def _apart(number: int) -> dict[str, object]:
    """A matter that has nothing in common with another."""
    words = "".join(chr(0x4E00 + (number * 97 + place * 31) % 5000) for place in range(40))
    return {"respondent": Respondent(name=f"第{number}号演示店"), "facts": words, "right_number": ""}


def _found(session: Session, case: Case, officer: Account) -> dict[Signal, list[int]]:
    sight = Sight(officer, OPENED.date(), OPENED.date())
    found = {signal: list(numbers) for signal, numbers in matches(session, case, sight).items()}
    (of_row,) = signals_of_rows(session, [case], sight).values() or [()]
    assert set(of_row) == set(found) - {Signal.FACTS}, "the queue says the same"
    return found


@pytest.mark.parametrize(
    ("other", "signal"),
    [
        (Person(name="乙某", phone="13800000001"), Signal.PHONE),
        (Person(name="乙某", phone="13800000002", address="平顶山市新华区 建设路12号"), Signal.ADDRESS),
        (Person(name="甲某", phone="13800000003", id_number="11010519491231002X"), Signal.PERSON),
    ],
)
def test_of_people_those_are_told_who_may_open_the_envelopes(
    app: Flask, session: Session, office: Office, other: Person, signal: Signal
) -> None:
    first = _filed(app, session, FIRST, **_apart(1))
    second = _filed(app, session, other, **_apart(2))
    assert _found(session, second, office.intake) == {signal: [first.id]}
    assert _found(session, second, office.head) == {}


def test_of_the_matter_everybody_who_sees_both_is_told(app: Flask, session: Session, office: Office) -> None:
    alike = {**_apart(1), "right_number": "1234567"}
    first, second = (_filed(app, session, None, **alike) for _ in range(2))
    same = [Signal.RESPONDENT, Signal.FACTS, Signal.RIGHT_NUMBER]
    assert _found(session, second, office.head) == {signal: [first.id] for signal in same}


def test_words_that_share_a_little_are_not_alike(app: Flask, session: Session, office: Office) -> None:
    one = _apart(1)
    half = str(one["facts"])[:20] + str(_apart(2)["facts"])[:20]
    _filed(app, session, None, **one)
    second = _filed(app, session, None, **{**_apart(3), "facts": half})
    assert _found(session, second, office.head) == {}


def test_what_an_officer_is_kept_from_is_not_counted(app: Flask, session: Session, office: Office) -> None:
    first, second = (_filed(app, session, None, **_apart(1)) for _ in range(2))
    recuse(
        session,
        case=first,
        account=office.head,
        reason=RecusalReason.RELATIVE,
        words="亲属",
        actor=office.head,
        now=OPENED,
    )
    session.commit()
    assert _found(session, second, office.head) == {}
    assert Signal.RESPONDENT in _found(session, second, office.intake)
    page = Pages(sign_in(app.test_client(), office.head)).get(f"/casework/cases/{second.reference}")
    assert not page.select_one("#signals")


def test_earlier_decisions_are_found_by_name(app: Flask, session: Session, office: Office) -> None:
    reviewer = StaffFactory(role=Role.REVIEWER, unit=office.bureau)
    decision = published(session, office.bureau, reviewer, document_number="测〔2026〕9号")
    case = _filed(app, session, None, **{**_apart(1), "respondent": Respondent(name=decision.party_name)})
    assert _found(session, case, office.intake) == {Signal.DECISIONS: [decision.id]}
    browser = Pages(sign_in(app.test_client(), office.intake))
    assert "测〔2026〕9号" in browser.get(f"/casework/cases/{case.reference}/related").text
    browser.get(f"/en/casework/cases/{case.reference}/related")


def test_what_was_dismissed_comes_back_for_what_is_new_or_was_hidden(
    app: Flask, session: Session, office: Office
) -> None:
    first, second, third = (_filed(app, session, None, **_apart(1)) for _ in range(3))
    for account in (office.head,):
        recuse(
            session,
            case=first,
            account=account,
            reason=RecusalReason.RELATIVE,
            words="亲属",
            actor=account,
            now=OPENED,
        )
    sight = Sight(office.head, OPENED.date(), OPENED.date())
    for signal in (Signal.RESPONDENT, Signal.FACTS):
        dismiss(
            session,
            case=second,
            signal=signal,
            reasons="不同门店",
            sight=sight,
            actor=office.head,
            now=OPENED,
        )
    session.commit()
    assert _found(session, second, office.head) == {}
    assert _found(session, second, office.intake)[Signal.RESPONDENT] == [first.id], "the head did not see it"
    assert third.id in _found(session, first, office.intake)[Signal.RESPONDENT]
    fourth = _filed(app, session, None, **_apart(1))
    assert _found(session, second, office.head)[Signal.RESPONDENT] == [fourth.id]
    acts = session.scalars(select(LedgerEvent.act).where(LedgerEvent.act == "signal.dismiss")).all()
    assert len(acts) == 2


def test_what_was_dismissed_for_one_case_is_news_to_another(
    app: Flask, session: Session, office: Office
) -> None:
    first, second = (_filed(app, session, None, **_apart(1)) for _ in range(2))
    sight = Sight(office.head, OPENED.date(), OPENED.date())
    common = {"sight": sight, "actor": office.head, "now": OPENED}
    for signal in (Signal.RESPONDENT, Signal.FACTS):
        dismiss(session, case=second, signal=signal, reasons="不同门店", **common)  # type: ignore[arg-type]
    session.commit()
    assert _found(session, first, office.head)[Signal.RESPONDENT] == [second.id]
    third = _filed(app, session, None, **_apart(1))
    assert _found(session, third, office.head)[Signal.RESPONDENT] == [second.id, first.id]


def test_the_pages_show_and_dismiss(app: Flask, session: Session, office: Office) -> None:
    _first, second = (_filed(app, session, None, **_apart(1)) for _ in range(2))
    browser = Pages(sign_in(app.test_client(), office.intake))
    page = browser.get(f"/casework/cases/{second.shown_reference}")
    link = page.select_one("#signal-respondent a")
    assert link
    assert "同一被举报（投诉）方" in browser.get("/casework/?view=open").select_one("table.queue").text  # type: ignore[union-attr]
    address = str(link["href"])
    browser.get(f"/en{address}")
    browser.post(address, {"reasons": ""}, status=422)
    assert browser.client.post(address, data={"reasons": "同名不同店"}).status_code == 303
    shown = browser.get(f"/casework/cases/{second.shown_reference}/related")
    assert "同名不同店" in shown.text
    assert not shown.select_one("#signal-respondent")


def test_envelopes_of_before_get_their_index(app: Flask, session: Session, office: Office) -> None:
    first = _filed(app, session, FIRST, **_apart(1))
    session.execute(update(Identity).values(address_index=None))
    session.commit()
    with app.app_context():
        assert index_addresses(session, OPENED) == 1
        assert index_addresses(session, OPENED) == 0
    second = _filed(app, session, Person(name="乙", phone="13900000009", address=ADDRESS), **_apart(2))
    assert _found(session, second, office.intake) == {Signal.ADDRESS: [first.id]}
