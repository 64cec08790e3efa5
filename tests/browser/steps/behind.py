"""What has happened before the browser opens, and what no page shows: by the verbs themselves, on the running site's data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from background.publication import end_due_decisions
from journey.keys import keyring
from models.cases.intake import receive
from models.cases.mediation.queries import limit_of
from models.cases.queries import case_by_reference
from models.cases.recusal.queries import cases_kept_from
from models.cases.tables import Case
from models.cases.transfers import return_transfer, transfer
from models.decisions.queries import decision_by_public_id
from models.filings.submissions import Person
from models.holders.operations import confirm_member, membership_of
from models.holders.registration import register_holder
from models.holders.tables import Authority
from models.kinds import RightType, Track
from models.ledger.queries import verify
from models.people.actors import FILER
from models.people.tables import Account, Unit
from models.supervision.feeds import due_dates
from models.supervision.operations import give_feed
from models.types import beijing_date, beijing_midnight, now_utc
from shared.database import database
from shared.services import services
from tests.browser.steps.filer import Receipt
from tests.support.filings import PERSON, a_submission
from tests.support.holders import a_right
from tests.support.visitors import sign_in

BUREAU_AT_LARGE = "410400"  # the place is yet to be found out: any county is as good


class Behind:
    """Verbs on the data of the running site, each in a transaction of its own."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def filed(
        self,
        track: Track,
        *,
        person: Person | None = PERSON,
        region: str = BUREAU_AT_LARGE,
        right: RightType = RightType.TRADEMARK,
        account: str = "",
    ) -> Receipt:
        """A filing, with the numbers that its receipt shows."""
        with self.writing() as session:
            submission = a_submission(track, person=person, region_code=region, right_type=right)
            received = receive(
                session,
                submission=submission,
                actor=FILER,
                now=now_utc(),
                keys=keyring(),
                account=_person(session, account) if account else None,
            )
            assert received.code is not None
            return Receipt(received.filing.reference, received.code)

    def holder(self, address: str, organisation: str, uscc: str, *, with_right: bool = False) -> str:
        """An account whose address is confirmed, verified for its organisation; its name, for a cookie."""
        with self.writing() as session:
            told = {"organisation": organisation, "uscc": uscc, "password_hash": "*", "now": now_utc()}
            account = register_holder(session, address=address, display_name="测试权利人", **told)  # type: ignore[arg-type]
            staff, membership = _person(session, "intake"), membership_of(session, account)
            assert membership is not None
            confirm_member(session, membership=membership, actor=staff, now=now_utc())
            if with_right:
                a_right(session, account, staff, services().files, now=now_utc())
            return account.username

    def night_falls(self, address: str) -> None:
        """Every authority of that agent was good until yesterday."""
        with self.writing() as session:
            ended = beijing_date(now_utc()) - dt.timedelta(days=1)
            session.execute(update(Authority).where(Authority.agent_email == address).values(ends_on=ended))

    def mediation_runs_out(self, receipt: Receipt) -> None:
        """Sixty days have gone by since the complaint was accepted: the limit was over yesterday."""
        with self.writing() as session:
            limit = limit_of(session, case_by_reference(session, receipt.reference))
            assert limit is not None, "no limit runs"
            gone = now_utc() - dt.timedelta(days=1) - limit.due_at
            limit.started_at, limit.due_at = limit.started_at + gone, limit.due_at + gone

    def day_after_the_last(self, public_id: str) -> dt.date:
        """What the worker does in the first minute of the day after the decision's last; gives that last day."""
        with self.writing() as session:
            last = decision_by_public_id(session, public_id).ends_on
            assert last is not None
            ended = end_due_decisions(session, beijing_midnight(last + dt.timedelta(days=1)))
            assert ended, "nothing was due"
            return last

    def sent_and_returned(self, receipt: Receipt, *, sender: str, unit: str, receiver: str) -> None:
        """One bounce: sent to the unit, and given back by its officer."""
        with self.writing() as session:
            case, now = case_by_reference(session, receipt.reference), now_utc()
            to_unit = session.scalars(select(Unit).where(Unit.code == unit)).one()
            common = {"session": session, "case": case, "now": now}
            transfer(**common, to_unit=to_unit, reasons="摊位在该区。", actor=_person(session, sender))  # type: ignore[arg-type]
            return_transfer(**common, reasons="摊位不在本区。", actor=_person(session, receiver))  # type: ignore[arg-type]

    def calendar_of(self, username: str) -> tuple[str, set[str]]:
        """The address under which the officer's calendar is read, and the numbers that stand in it now."""
        with self.writing() as session:
            account = _person(session, username)
            token = give_feed(session, account=account, now=now_utc())
            return f"/casework/feed/{token}.ics", {one.reference for one in due_dates(session, account)}

    def is_kept_from(self, receipt: Receipt, username: str) -> bool:
        """Whether every list and every mail leaves the case out for this officer."""
        with self.writing() as session:
            kept = cases_kept_from(_person(session, username))
            found = select(Case.id).where(Case.reference == receipt.reference, Case.id.in_(kept))
            return session.scalar(found) is not None

    def cookie_of(self, username: str) -> dict[str, str]:
        """What the browser of that officer keeps after signing in: the form itself is walked elsewhere."""
        with self.writing() as session:
            client = sign_in(self._app.test_client(), _person(session, username))
        name = self._app.config["SESSION_COOKIE_NAME"]
        kept = client.get_cookie(name)
        assert kept is not None
        return {"name": name, "value": kept.value, "domain": "127.0.0.1", "path": "/"}

    def ledger_is_whole(self) -> bool:
        """What `flask audit verify` finds: nothing."""
        with self.writing() as session:
            return not list(verify(session))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._app.app_context(), database().writing() as session:
            yield session
            session.commit()


def _person(session: Session, username: str) -> Account:
    return session.scalars(select(Account).where(Account.username == username)).one()
