"""After its end no public byte names the party: every public address is asked, whatever made the end.

New addresses are swept by themselves: the test walks the URL map.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from background.handlers import HANDLERS
from background.indexing import rebuild
from background.periodic import JOBS
from background.worker import Worker
from models.decisions.kinds import Fulfilment
from models.decisions.publication import withdraw
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.operations import note_fulfilment
from models.lists.kinds import ListKind
from models.people.actors import COMMAND
from models.people.roles import Role
from models.people.tables import Account
from shared.access import access_of
from shared.database import database
from tests.factories import NOW, StaffFactory
from tests.support.decisions import invented_uscc
from tests.support.published import published

NAME, OLD_NAME = "青禾蓝鹭纸业有限公司", "青禾白鹭纸业有限公司"
CODE = invented_uscc(77)
NUMBER = "测市监处罚〔2026〕077号"
FACTS = "当事人在包装箱上标注已经终止的专利号，箱体共四百零七只。"
TRACES = (NAME, OLD_NAME, CODE, NUMBER, "乙小芸", "四百零七只", "qinghe")
# Parts of what is looked for: an answer that repeats the question does not hold the whole of it.
QUESTIONS = ("青禾", "蓝鹭纸", "077号", CODE[:10], "qingh")
LAST_DAY = dt.date(2026, 8, 20)
AFTER_MIDNIGHT = dt.datetime(2026, 8, 20, 16, 0, tzinfo=dt.UTC)  # 0:00 on 21 August in Beijing
KINDS = [kind.value for kind in ListKind]
ENDS = ("midnight, no worker yet", "expired", "withdrawn", "held", "rebuilt")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reviewer(session: Session, clock: time_machine.Traveller) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture
def ended(app: Flask, session: Session, reviewer: Account) -> Decision:
    """Public on its last day, in the index, beside another one; its company is known under an older name too."""
    unit = reviewer.assignments[0].unit
    published(session, unit, reviewer)
    published(
        session, unit, reviewer, document_number="测市监处罚〔2026〕076号", party_name=OLD_NAME, uscc=CODE,
        legal_representative="乙小芸", decided_on=dt.date(2026, 2, 3), stated_end_on=LAST_DAY,
    )  # fmt: skip
    decision = published(
        session, unit, reviewer, document_number=NUMBER, party_name=NAME, uscc=CODE,
        legal_representative="乙小芸", facts=FACTS, stated_end_on=LAST_DAY,
    )  # fmt: skip
    with app.app_context():
        rebuild()
    return decision


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            Worker(database(), HANDLERS, JOBS).run(until_idle=True)

    return run


def public_rules(app: Flask) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and (access := access_of(app, rule.endpoint)) and access.is_public
    ]


def addresses(app: Flask, decision: Decision) -> Iterator[str]:
    """Every public address that can be asked for, in all its forms, with and without a question."""
    known = {
        "public_id": [decision.public_id],
        "uscc": [CODE],
        "part": ["1"],
        "kind": ["entity", *KINDS],
        "rule_id": ["penalty_publish"],
    }
    with app.test_request_context():
        for rule in public_rules(app):
            names = sorted(rule.arguments - set(rule.defaults or {}))
            for values in itertools.product(*(known.get(name, []) for name in names)):
                with contextlib.suppress(ValueError):  # a kind that this address does not have
                    built = rule.build({**(rule.defaults or {}), **dict(zip(names, values, strict=True))})
                    if built:
                        yield built[1]


def asked(client: FlaskClient, app: Flask, decision: Decision) -> Iterator[tuple[str, TestResponse]]:
    """The answers of all of them, in two languages and with several questions."""
    for address in addresses(app, decision):
        for prefix in ("", "/en"):
            yield address, client.get(prefix + address)
        for question in QUESTIONS:
            for name in ("q", "prefix", "query"):
                yield f"{address}?{name}={question}", client.get(address, query_string={name: question})
    for question in QUESTIONS:
        queries = json.dumps({"a": {"query": question}})
        yield "reconcile", client.post("/reconcile", data={"queries": queries})
        yield "check", client.post("/check", data={"companies": question, "format": "csv"})
    extend = json.dumps({"ids": [CODE[:10]], "properties": [{"id": "name"}, {"id": "former_names"}]})
    yield "extend", client.post("/reconcile", data={"extend": extend})


def traces(answers: Iterator[tuple[str, TestResponse]]) -> set[tuple[str, str]]:
    """Where something of the party stands, but for its code in an address that was itself made of the code."""
    return {
        (address, trace)
        for address, answer in answers
        for trace in TRACES
        if trace.encode() in answer.data and not (trace == CODE and CODE in address)
    }


def bring_to_an_end(
    way: str, app: Flask, session: Session, decision: Decision, reviewer: Account, work: Callable[[], None]
) -> None:
    """One way in which publications end; the other decision of the company runs out with it."""
    both = list(session.scalars(select(Decision).where(Decision.party_uscc == CODE)))
    if way == "withdrawn":
        for one in both:
            withdraw(session, one, reason="复议决定撤销了原处罚决定", actor=reviewer, now=AFTER_MIDNIGHT)
    if way == "held":
        for one in both:
            note_fulfilment(
                session, one, fulfilment=Fulfilment.UNFULFILLED, fulfilled_on=None, actor=reviewer, now=NOW
            )
    session.commit()
    if way != "midnight, no worker yet":
        work()
    if way == "rebuilt":
        with app.app_context():
            rebuild()
    session.expire_all()


def test_the_sweep_finds_the_party_while_it_is_public(
    app: Flask, client: FlaskClient, ended: Decision
) -> None:
    """Else the sweep would prove nothing."""
    found = {trace for _, trace in traces(asked(client, app, ended))}
    assert found >= {NAME, OLD_NAME, CODE, NUMBER, "乙小芸", "四百零七只"}


@pytest.mark.parametrize("way", ENDS)
def test_no_public_address_names_the_party_after_the_end(
    app: Flask, client: FlaskClient, session: Session, ended: Decision, reviewer: Account,
    clock: time_machine.Traveller, work: Callable[[], None], way: str,
) -> None:  # fmt: skip
    if way == "withdrawn":
        clock.move_to(AFTER_MIDNIGHT - dt.timedelta(days=30))
    else:
        clock.move_to(AFTER_MIDNIGHT)
    bring_to_an_end(way, app, session, ended, reviewer, work)
    assert traces(asked(client, app, ended)) == set()
    gone = client.get(f"/decisions/{ended.public_id}")
    assert gone.status_code == 410
    assert "noindex" in gone.headers["X-Robots-Tag"]
    assert client.get(f"/decisions/{ended.public_id}.json").status_code == 410
    assert client.get(f"/companies/{CODE}").status_code == 404
    checked = client.post("/check", data={"companies": CODE, "format": "csv"}).get_data(as_text=True)
    assert NAME not in checked


def test_a_name_of_a_decision_that_is_over_is_not_lent_to_one_that_is_public(
    app: Flask, client: FlaskClient, session: Session, ended: Decision, reviewer: Account,
    clock: time_machine.Traveller, work: Callable[[], None],
) -> None:  # fmt: skip
    """The company stays, under the name that is public: not under one that only an ended decision gives it."""
    withdraw(session, ended, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    work()
    found = traces(asked(client, app, ended))
    assert {trace for _, trace in found} & {NAME, "四百零七只"} == set()
    assert {trace for _, trace in found} >= {OLD_NAME, CODE}


def test_the_last_second_and_the_first(
    client: FlaskClient, ended: Decision, clock: time_machine.Traveller
) -> None:
    clock.move_to(AFTER_MIDNIGHT - dt.timedelta(seconds=1))
    assert client.get(f"/decisions/{ended.public_id}").status_code == 200
    clock.move_to(AFTER_MIDNIGHT)
    assert client.get(f"/decisions/{ended.public_id}").status_code == 410


def test_the_end_is_one_transaction(
    app: Flask, client: FlaskClient, session: Session, ended: Decision, clock: time_machine.Traveller
) -> None:
    """What a failing commit takes back leaves the record as it was, whole."""
    clock.move_to(AFTER_MIDNIGHT - dt.timedelta(days=30))
    with session.begin_nested() as attempt:
        withdraw(session, ended, reason="复议决定撤销了原处罚决定", actor=COMMAND, now=NOW)
        session.flush()
        attempt.rollback()
    session.expire_all()
    assert ended.state is State.PUBLISHED
    assert client.get(f"/decisions/{ended.public_id}").status_code == 200


def test_the_feed_of_removals_has_ids_and_nothing_else(
    app: Flask, client: FlaskClient, session: Session, ended: Decision, reviewer: Account,
    clock: time_machine.Traveller, work: Callable[[], None],
) -> None:  # fmt: skip
    clock.move_to(AFTER_MIDNIGHT)
    bring_to_an_end("expired", app, session, ended, reviewer, work)
    items = client.get("/decisions/removals.json").get_json()["items"]
    assert ended.public_id in [one["id"] for one in items]
    assert {name for one in items for name in one} == {"id", "url", "end_kind", "ended_at"}
