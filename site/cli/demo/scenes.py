"""Plays invented decisions and filings through the real verbs: what the demo shows is what the product made.

Each act becomes a scene with its instant, so that the loader can play all of them in the order of time and the ledger
reads like that of a bureau that has worked for years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from cli.demo.aiding import decide
from cli.demo.cast import Cast
from cli.demo.decisions import DecisionStep, DemoDecision
from cli.demo.filings import DemoFiling
from cli.demo.histories import CaseStep
from cli.demo.mediating import mediate, settle
from cli.demo.referring import ACTS as REFERRAL_ACTS
from cli.demo.referring import go_on, propose
from models.cases import decisions as deciding
from models.cases import designation, transfers
from models.cases import operations as cases
from models.cases.aftermath import operations as aftermath
from models.cases.intake import receive
from models.cases.mediation.operations import end_mediation
from models.cases.tables import Case
from models.cases.terms import Act
from models.decisions import operations as decisions
from models.decisions import publication
from models.decisions.states import Act as DecisionAct
from models.decisions.tables import Decision
from models.holders.filing import note_filings
from models.kinds import Channel
from models.ledger.operations import Acts
from models.papers.issuing import Office
from models.people.actors import FILER, WORKER
from models.people.roles import Role

Scene = tuple[dt.datetime, Callable[[], None]]


class DecisionPlay:
    """One decision from entry to publication."""

    def __init__(self, session: Session, cast: Cast, made: DemoDecision) -> None:
        self.session, self.cast, self.made = session, cast, made
        self.decision: Decision | None = None

    def scenes(self) -> Iterator[Scene]:
        yield self.made.entered_at, self._enter
        for step in self.made.steps:
            yield step.at, lambda step=step: self._act(step)  # type: ignore[misc]

    def _enter(self) -> None:
        self.decision = decisions.enter(
            self.session,
            content=self.made.content,
            unit=self.cast.units[self.made.unit_code],
            actor=self.cast.with_role(Role.PUBLISHER),
            now=self.made.entered_at,
        )

    def _act(self, step: DecisionStep) -> None:
        if self.decision is None:
            raise RuntimeError("a decision is entered before anything is done with it")
        session, decision, now = self.session, self.decision, step.at
        maker, reviewer = self.cast.with_role(Role.PUBLISHER), self.cast.with_role(Role.REVIEWER)
        match step.act:
            case DecisionAct.SUBMIT:
                decisions.submit_for_review(session, decision, actor=maker, now=now)
            case DecisionAct.RETURN:
                decisions.return_to_maker(session, decision, reason=step.reason, actor=reviewer, now=now)
            case DecisionAct.APPROVE:
                decisions.approve(session, decision, revision=decision.revision, actor=reviewer, now=now)
            case DecisionAct.PUBLISH:
                publication.publish(session, decision, actor=WORKER, now=now)
            case DecisionAct.WITHDRAW:
                publication.withdraw(session, decision, reason=step.reason, actor=reviewer, now=now)
            case _:
                raise ValueError(f"no decision of the demo is taken through {step.act}")


class CasePlay:
    """One filing from the front door to the end of its case."""

    def __init__(self, session: Session, cast: Cast, office: Office, made: DemoFiling) -> None:
        self.session, self.cast, self.office, self.made = session, cast, office, made
        self.case: Case | None = None

    def scenes(self) -> Iterator[Scene]:
        yield self.made.filed_at, self._file
        for step in self.made.steps:
            yield step.at, lambda step=step: self._act(step)  # type: ignore[misc]

    def _file(self) -> None:
        account = self.cast.rights_holder if self.made.by_account else None
        actor: Acts = account or FILER
        if self.made.submission.channel is not Channel.WEB:
            actor = self.cast.with_role(Role.INTAKE)
        received = receive(
            self.session,
            submission=self.made.submission,
            actor=actor,
            now=self.made.filed_at,
            keys=self.office.keys,
            account=account,
        )
        self.case = received.case
        if account:
            note_filings(self.session, filings=received.filings, account=account, chosen=None)

    def _act(self, step: CaseStep) -> None:
        if self.case is None:
            raise RuntimeError("a case is opened before anything is done with it")
        session, case, now = self.session, self.case, step.at
        officer = self.cast.officer(step.unit_code, step.act)
        match step.act:
            case Act.ACCEPT:
                cases.accept(session, case=case, actor=officer, now=now, note=step.text)
            case Act.REFUSE if step.ground is not None:
                cases.refuse(
                    session, case=case, ground=step.ground, reasons=step.text, actor=officer, now=now
                )
            case Act.TRANSFER:
                to_unit = self.cast.units[step.to_unit]
                transfers.transfer(
                    session, case=case, to_unit=to_unit, reasons=step.text, actor=officer, now=now
                )
            case Act.ACKNOWLEDGE:
                transfers.acknowledge(session, case=case, actor=officer, now=now)
            case Act.RETURN:
                transfers.return_transfer(session, case=case, reasons=step.text, actor=officer, now=now)
            case Act.ESCALATE:
                designation.escalate(session, case=case, reasons=step.text, actor=officer, now=now)
            case Act.DESIGNATE:
                to_unit = self.cast.units[step.to_unit]
                designation.designate(
                    session, case=case, to_unit=to_unit, reasons=step.text, actor=officer, now=now
                )
            case Act.ASSIGN:
                handler = self.cast.officer(step.unit_code, Act.ANSWER)
                cases.assign(session, case=case, handler=handler, actor=officer, now=now)
            case Act.PROPOSE_REFERRAL:
                propose(session, case, step.text, self.cast.team, self.cast.units, now)
            case act if act in REFERRAL_ACTS:
                go_on(session, case, act, self.office, officer, now)
            case _:
                self._speak(step, case)

    def _decide(self, step: CaseStep, case: Case) -> None:
        """Mediation, aid, and filing or not."""
        session, now, officer = self.session, step.at, self.cast.officer(step.unit_code, step.act)
        match step.act:
            case Act.MEDIATE:
                mediate(session, case, step.text, officer, now)
            case Act.SETTLE:
                settle(session, case, step.text, officer, now)
            case Act.DECIDE_AID:
                decide(session, case, step.text, self.cast.profile, officer, now)
            case Act.FILE:
                deciding.file_case(session, case=case, reasons=step.text, actor=officer, now=now)
            case Act.END_MEDIATION if step.ground is not None:
                end_mediation(
                    session, case=case, ground=step.ground, reasons=step.text, actor=officer, now=now
                )
            case Act.NOT_FILE if step.ground is not None:
                deciding.not_file(
                    session, case=case, ground=step.ground, reasons=step.text, actor=officer, now=now
                )
            case _:
                raise ValueError(f"{step.act} decides nothing")

    def _speak(self, step: CaseStep, case: Case) -> None:
        """The acts whose substance is words: messages, answers, endings."""
        session, now, officer = self.session, step.at, self.cast.officer(step.unit_code, step.act)
        match step.act:
            case Act.MEDIATE | Act.SETTLE | Act.END_MEDIATION | Act.DECIDE_AID | Act.FILE | Act.NOT_FILE:
                self._decide(step, case)
            case Act.MESSAGE:
                cases.send_message(session, case=case, body=step.text, actor=officer, now=now)
            case Act.SUPPLEMENT:
                cases.add_supplement(session, case=case, body=step.text, now=now)
            case Act.DISPUTE:
                aftermath.dispute(session, case=case, grounds=step.text, now=now)
            case Act.UPHOLD:
                anew, unit = self.cast.with_role(Role.HEAD), case.acting_unit
                aftermath.uphold(
                    session, case=case, handler=anew, unit=unit, reasons=step.text, actor=officer, now=now
                )
            case Act.REJECT:
                aftermath.reject(session, case=case, reasons=step.text, actor=officer, now=now)
            case Act.WITHDRAW:
                cases.withdraw(session, case=case, now=now, reasons=step.text)
            case Act.ANSWER:
                cases.answer(session, case=case, body=step.text, actor=officer, now=now)
            case Act.CLOSE if step.outcome is not None:
                cases.close(
                    session, case=case, outcome=step.outcome, reasons=step.text, actor=officer, now=now
                )
            case _:
                raise ValueError(f"no case of the demo is taken through {step.act}")
