"""Officers at the same queue at once, through the pages: each takes what is new, writes, assigns, merges and splits.

Afterwards the counts say whether anything was done twice, lost, or answered with an error of ours.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from models.cases.tables import CaseAct, CaseMessage
from models.cases.terms import Act
from models.database import Database
from models.ledger.queries import verify
from models.people.tables import Account
from tests.support.visitors import sign_in

_CASE = re.compile(r"/casework/cases/([0-9A-Z]{4}-[0-9A-Z]{4})\"")
_VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')
FIRST = 5  # everybody reaches for the top of the queue


@dataclass
class Counts:
    """What came of it."""

    officers: int
    answers: Counter[int] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    accepted_twice: int = 0
    lost: int = 0
    messages_lost: int = 0
    ledger_problems: int = 0

    @property
    def is_right(self) -> bool:
        """Nothing twice, nothing lost, nobody got an error page of ours."""
        wrong = self.accepted_twice or self.lost or self.messages_lost or self.ledger_problems
        return not wrong and not any(status >= 500 for status in self.answers)

    def __str__(self) -> str:
        acts = ", ".join(f"{count} × {act}" for act, count in sorted(self.done.items()))
        told = ", ".join(f"{count} × {status}" for status, count in sorted(self.answers.items()))
        return (
            f"{self.officers} officers: {acts}; answers {told}; accepted twice {self.accepted_twice}, "
            f"lost {self.lost} acts and {self.messages_lost} messages, ledger problems {self.ledger_problems}"
        )


class Officer:
    """One of them, with a browser of their own."""

    def __init__(self, client: FlaskClient, handler: int, seed: int) -> None:
        self.client, self.handler = client, handler
        self.chance = random.Random(seed)  # noqa: S311 - which case, not a secret
        self.answers: Counter[int] = Counter()
        self.done: Counter[str] = Counter()

    def work(self, rounds: int) -> None:
        """Takes one of the first cases and does something to it, again and again."""
        for _ in range(rounds):
            view = self.chance.choice(("new", "handling"))
            shown = list(dict.fromkeys(_CASE.findall(self._ask(f"/casework/?view={view}"))))[:FIRST]
            if not shown:
                continue
            case = self.chance.choice(shown)
            act, more = self._next(view, shown)
            page = self._ask(
                f"/casework/cases/{case}" if act == "accept" else f"/casework/cases/{case}/{act}"
            )
            if version := _VERSION.search(page):
                self._send(case, act, {"version": version[1], **more})

    def _next(self, view: str, shown: Sequence[str]) -> tuple[str, dict[str, str]]:
        if view == "new":
            return "accept", {}
        partner = self.chance.choice(shown)
        return self.chance.choice(
            [
                ("message", {"body": "请补充购买凭证。"}),
                ("assign", {"handler": str(self.handler)}),
                ("merge", {"lead": partner, "reasons": "同一店铺"}),
                ("split", {"reasons": "事实不同"}),
            ]
        )

    def _ask(self, path: str) -> str:
        response = self.client.get(path)
        self.answers[response.status_code] += 1
        return response.text

    def _said(self) -> str:
        """What the next page is going to say."""
        with self.client.session_transaction() as cookie:
            return str(cookie.get("_flashes", ""))

    def _send(self, case: str, act: str, data: dict[str, str]) -> None:
        response = self.client.post(f"/casework/cases/{case}/{act}", data=data)
        self.answers[response.status_code] += 1
        self.done[act] += response.status_code == 303 and "刚才的操作已经办理" not in self._said()


def work_at_once(app: Flask, database: Database, names: Sequence[str], *, rounds: int, seed: int) -> Counts:
    """Has the officers of these names work, each in a thread of its own; then counts."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database.reading() as session:
        accounts = session.scalars(select(Account).where(Account.username.in_(names))).all()
        officers = [
            Officer(sign_in(app.test_client(), account), account.id, seed + number)
            for number, account in enumerate(accounts)
        ]
    with ThreadPoolExecutor(len(officers)) as pool:
        list(pool.map(lambda officer: officer.work(rounds), officers))
    counts = Counts(len(officers))
    for officer in officers:
        counts.answers += officer.answers
        counts.done += officer.done
    _count(database, counts)
    return counts


def _count(database: Database, counts: Counts) -> None:
    """No two acts rest on the same version of a case, else one overwrote the other; what was said to be done stands there."""
    with database.reading() as session:
        accepted = select(CaseAct.case_id).where(CaseAct.act == Act.ACCEPT).group_by(CaseAct.case_id)
        twice = accepted.having(func.count() > 1).subquery()
        counts.accepted_twice = session.scalar(select(func.count()).select_from(twice)) or 0
        based = (CaseAct.case_id, CaseAct.on_version)
        same = select(*based).where(CaseAct.on_version.is_not(None)).group_by(*based).having(func.count() > 1)
        counts.lost = session.scalar(select(func.count()).select_from(same.subquery())) or 0
        messages = session.scalar(select(func.count(CaseMessage.id))) or 0
        counts.messages_lost = counts.done["message"] - messages
        counts.ledger_problems = len(list(verify(session)))
