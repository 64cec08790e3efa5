"""Loads very many cases fast, a thousand at a time, spread over units, states, tracks and years.

Good for reading only: the ledger knows nothing of them. They are of eight years; open are those of three months, three in
a hundred, which is more than the time limits of the law leave open. Of these some are late, some on their way between
units. Everything is invented, and the same each time.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select, text

from benchmarks.support.rows import put_in
from models.cases.tables import NEVER, Case, CaseAct, Transfer
from models.cases.terms import ON_THE_WAY, OUTCOMES, Act, State
from models.cases.texts import CaseText
from models.clocks.tables import ClockRule, Deadline, SubjectKind
from models.filings.kinds import Likeness
from models.filings.likeness import digest
from models.filings.references import check_character
from models.filings.tables import Filing, FilingMark, Identity
from models.kinds import Channel, RightType, Track
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Assignment, Unit

AT_A_TIME = 1000
MODELS: tuple[Any, ...] = (Filing, FilingMark, Identity, Case, CaseAct, Transfer, Deadline)
OPEN_SHARE = 0.03
ONWARD_SHARE = 0.05  # of those that were sent on
SHOPS, PEOPLE = 50_000, 100_000  # so that some have much in common
DAYS = dt.timedelta(days=22)
NAMES = ("演示百货店", "样例电器商行", "示例灯饰厂", "虚构文具店", "模拟食品有限公司", "假想服装商行")
PLACES = ("城关镇", "新华路", "建设街", "高新区", "老城", "滨河路")
GOODS = ("运动鞋", "灯具", "白酒", "手机壳", "化妆品", "汽车配件", "茶叶", "服装")
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_OPEN_STATES = (
    State.RECEIVED,
    State.FORWARDED,
    State.ACCEPTED,
    State.TRANSFERRED,
    State.HANDLING,
    State.ANSWERED,
)


@dataclass(frozen=True)
class People:
    """Who can have the cases: the bureau, the units under it, a handler of each."""

    bureau: int
    units: Sequence[int]
    handlers: dict[int, int]
    officer: int


def people(connection: Connection) -> People:
    """The units of the installed profile and the first handler of each."""
    bureau = connection.scalars(select(Unit.id).where(Unit.code == "bureau")).one()
    kinds = (UnitKind.CITY, UnitKind.COUNTY)
    units = connection.scalars(select(Unit.id).where(Unit.parent_id == bureau, Unit.kind.in_(kinds))).all()
    asked = select(Assignment.unit_id, Assignment.account_id).where(Assignment.role == Role.HANDLER)
    handlers = {row.unit_id: row.account_id for row in connection.execute(asked)}
    officer = connection.scalars(
        select(Account.id).where(Account.kind == "staff").order_by(Account.id)
    ).first()
    return People(bureau, units or [bureau], handlers, officer or 0)


@contextmanager
def indexed_afterwards(connection: Connection) -> Iterator[None]:
    """What is put in meanwhile is put into its indexes at the end, all at once; unique ones stay."""
    models = (*MODELS, CaseText)
    indexes = [index for model in models for index in model.__table__.indexes if not index.unique]
    for index in indexes:
        index.drop(connection)
    pairs = None
    if connection.dialect.name == "postgresql":  # one index is over what a function makes of a column
        pairs = connection.scalar(text("SELECT pg_get_indexdef('ix_case_texts_pairs'::regclass)"))
        connection.execute(text("DROP INDEX ix_case_texts_pairs"))
        connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
    yield
    for index in indexes:
        index.create(connection)
    if pairs:
        connection.execute(text(pairs))


def load(connection: Connection, number: int, now: dt.datetime) -> None:
    """Adds `number` cases with their filings, acts, transfers and deadlines."""
    chance, who = random.Random(12330), people(connection)  # noqa: S311 - invented data, the same each time
    version = connection.scalar(
        select(ClockRule.version)
        .where(ClockRule.rule_id == "report_verify")
        .order_by(ClockRule.version.desc())
    )
    first = 1_000_000
    for start in range(first, first + number, AT_A_TIME):
        rows: dict[Table, list[dict[str, Any]]] = {model.__table__: [] for model in MODELS}
        for count in range(start, min(start + AT_A_TIME, first + number)):
            for model, row in _one(count, chance, who, now, version or 1):
                rows[model.__table__].append(row)
        for table, found in rows.items():
            put_in(connection, table, found)


def _one(
    number: int, chance: random.Random, who: People, now: dt.datetime, version: int
) -> Iterator[tuple[type[Any], dict[str, Any]]]:
    is_open = chance.random() < OPEN_SHARE
    opened = now - dt.timedelta(hours=chance.randrange(24 * 90 if is_open else 24 * 365 * 8))
    track = chance.choice([Track.REPORT, Track.CLUE, Track.COMPLAINT, Track.REPORT])
    state = (
        chance.choice(_OPEN_STATES) if is_open else chance.choice([State.CLOSED, State.CLOSED, State.REFUSED])
    )
    unit = chance.choice(who.units) if chance.random() < 0.7 and state not in ON_THE_WAY else who.bureau
    yield Filing, _filing(number, chance, track, opened)
    for mark in (f"演示{number % SHOPS}", f"店铺{number % SHOPS}"):
        yield FilingMark, {"filing_id": number, "kind": Likeness.RESPONDENT, "value": digest(mark)}
    if track is not Track.REPORT:
        yield Identity, _identity(number, opened)
    receiver = chance.choice(who.units) if unit == who.bureau else unit
    row = _case(number, track, state, unit, who, opened)
    yield Case, {**row, "waiting_unit_id": receiver if state in ON_THE_WAY else None}
    for offset, act in enumerate((Act.RECEIVE, Act.ACCEPT if state is not State.REFUSED else Act.REFUSE)):
        yield CaseAct, _act(number * 2 + offset, number, act, who, opened)
    if state in ON_THE_WAY or unit != who.bureau:
        yield Transfer, _transfer(number, receiver, who, opened, state)
        between = chance.choice(who.units)
        if unit not in (who.bureau, between) and chance.random() < ONWARD_SHARE:
            onward = {"id": number * 2 + 1, "from_unit_id": between, "is_onward": True}
            yield Transfer, _transfer(number, receiver, who, opened, state) | onward
    yield Deadline, _deadline(number, unit, opened, version, is_open)


def _filing(number: int, chance: random.Random, track: Track, opened: dt.datetime) -> dict[str, Any]:
    body = "".join(_LETTERS[(number // 32**place) % 32] for place in range(7))
    return {
        "id": number,
        "reference": body + check_character(body),
        "track": track,
        "channel": Channel.WEB,
        "right_type": RightType.TRADEMARK,
        "is_anonymous": track is Track.REPORT,
        "submitted_at": opened,
        "files_of_id": number,
        "respondent_uscc": f"店铺{number % SHOPS}",
        "respondent_name": f"{chance.choice(PLACES)}{chance.choice(NAMES)}{number}",
        "region_code": "410400",
        "facts": f"店内出售假冒注册商标的{chance.choice(GOODS)}，编号{number}。" * 3,
        "data": {},
        "language": "zh_Hans",
        "content_sha256": "0" * 64,
        "submission_token": f"many-{number}",
        "query_code_hmac": "0" * 64,
    }


def _identity(number: int, opened: dt.datetime) -> dict[str, Any]:
    """An envelope that nobody can open; its blind indexes are shared by a few."""
    return {
        "filing_id": number,
        "key_id": "none",
        "wrapped_key": b"-",
        "ciphertext": b"-",
        "phone_index": digest(f"phone{number % PEOPLE}"),
        "id_number_index": None,
        "address_index": digest(f"address{number % PEOPLE}"),
        "sealed_at": opened,
    }


def _case(
    number: int, track: Track, state: State, unit: int, who: People, opened: dt.datetime
) -> dict[str, Any]:
    body = "".join(_LETTERS[(number // 32**place) % 32] for place in range(7))
    end = opened.date() + DAYS
    is_final, is_refused = state in (State.CLOSED, State.REFUSED), state is State.REFUSED
    return {
        "id": number,
        "reference": body + check_character(body),
        "filing_id": number,
        "track": track,
        "right_type": RightType.TRADEMARK,
        "state": state,
        "unit_id": unit,
        "origin_unit_id": who.bureau,
        "handler_id": who.handlers.get(unit)
        if state in (State.HANDLING, State.ANSWERED, State.CLOSED)
        else None,
        "opened_at": opened,
        "accepted_at": None if state in (State.RECEIVED, State.FORWARDED, State.REFUSED) else opened,
        "answered_at": opened if state in (State.ANSWERED, State.CLOSED) else None,
        "closed_at": opened if is_final else None,
        "outcome": OUTCOMES[track][0] if state is State.CLOSED else None,
        "ground": "report_no_clue" if is_refused else None,
        "reasons": "理由" if is_final else None,
        "due_on": NEVER if is_final else end,
        "alert_on": NEVER if is_final else end,
        "last_act": Act.ACCEPT,
        "last_act_at": opened,
        "version": 1,
    }


def _act(number: int, case: int, act: Act, who: People, opened: dt.datetime) -> dict[str, Any]:
    return {
        "id": number,
        "case_id": case,
        "act": act,
        "from_state": None if act is Act.RECEIVE else State.RECEIVED,
        "to_state": State.RECEIVED if act is Act.RECEIVE else State.ACCEPTED,
        "actor_id": None,
        "actor_name": "filer",
        "unit_id": who.bureau,
        "other_unit_id": None,
        "at": opened,
        "on_version": None,
        "public_note": "没有具体线索。" if act is Act.REFUSE else None,
        "internal_note": None,
        "ground": "report_no_clue" if act is Act.REFUSE else None,
    }


def _transfer(number: int, unit: int, who: People, opened: dt.datetime, state: State) -> dict[str, Any]:
    return {
        "id": number * 2,
        "case_id": number,
        "from_unit_id": who.bureau,
        "to_unit_id": unit,
        "sent_by_id": who.officer,
        "sent_at": opened,
        "reasons": "属地管辖",
        "basis": "121号 第41条",
        "is_onward": False,
        "acknowledged_at": None if state in ON_THE_WAY else opened,
        "returned_at": None,
        "return_reasons": None,
        "recalled_at": None,
    }


def _deadline(number: int, unit: int, opened: dt.datetime, version: int, is_open: bool) -> dict[str, Any]:
    end = opened.date() + DAYS
    return {
        "id": number,
        "subject_kind": SubjectKind.CASE,
        "subject_id": number,
        "rule_id": "report_verify",
        "version": version,
        "unit_id": unit,
        "started_at": opened,
        "started_on": opened.date(),
        "raw_end": end,
        "legal_end": end,
        "alert_on": end,
        "due_at": dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), dt.UTC),
        "provisional": False,
        "extended": 0,
        "paused_from": None,
        "met_at": None if is_open else opened,
        "cancelled_at": None,
    }
