"""Invented letters and whom the bureau works with: out, one that waits and one that was answered; in, one that is new and
one whose reply waits for the head.
"""

import datetime as dt
import secrets

from sqlalchemy import case as when
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from models.cases.outside import operations as outside
from models.cases.tables import Case
from models.cases.terms import State
from models.cooperation.operations import Agreement, Contact, join, keep
from models.cooperation.terms import Scope
from models.letters.operations import draft_reply, register
from models.people.profiles import OutsideKind
from models.people.roles import Role
from models.people.tables import Unit
from models.types import beijing_date

_DAYS = 30
_AT_WORK = (State.INVESTIGATING, State.HANDLING)
_ASKED = "请查询被举报方仓库所在地和近三个月的发货情况（演示）。"
_ANSWERED = "经查，该仓库已于上月停止使用，现址另附（演示）。"
_COVERS = "涉嫌犯罪线索移送、协助调查、联合检查（演示）。"
_CAME_IN = (
    ("演示公函〔2026〕8号", "请核实所附注册商标现在的注册人和许可备案情况（演示）。", ""),
    (
        "演示公函〔2026〕5号",
        "请提供贵局近一年对所附企业的处罚决定（演示）。",
        "经查，近一年没有对该企业作出知识产权方面的处罚决定（演示）。",
    ),
)


def correspond(session: Session, cast: Cast, *, now: dt.datetime) -> None:
    """By the desk; the police are the one body that every bureau has beside it."""
    police = next(unit for unit in cast.units.values() if unit.outside_kind == OutsideKind.POLICE)
    agree(session, cast, police, now=now)
    write(session, cast, police, now=now)
    receive(session, cast, police, now=now)


def agree(session: Session, cast: Cast, police: Unit, *, now: dt.datetime) -> None:
    """A mechanism with the police, and the office that answers."""
    head = cast.with_role(Role.HEAD)
    since_on = beijing_date(now) - dt.timedelta(days=365)
    agreement = Agreement("知识产权行刑衔接协作机制（演示）", Scope.DEPARTMENTS, _COVERS, since_on)
    mechanism = keep(session, mechanism=None, agreement=agreement, actor=head, now=now)
    contact = Contact("经侦支队（演示）", "赵示例")
    join(session, mechanism=mechanism, unit=police, contact=contact, actor=head, now=now)


def write(session: Session, cast: Cast, police: Unit, *, now: dt.datetime) -> None:
    """Two letters about cases under way in the bureau, of those under investigation first: one waits, one was answered.

    Both go out now: acts of cases stand in the ledger in the order of time.
    """
    bureau, desk = cast.units[cast.profile.bureau.unit], cast.with_role(Role.INTAKE)
    first = when((Case.state == State.INVESTIGATING, 0), else_=1)
    under_way = select(Case).where(Case.state.in_(_AT_WORK), Case.unit_id == bureau.id)
    told = {"unit": police, "words": _ASKED, "files": [], "days": _DAYS, "actor": desk, "now": now}
    cases = session.scalars(under_way.order_by(first, Case.id).limit(2)).all()
    links = [outside.write_letter(session, case=case, **told) for case in cases]
    for link in links[1:]:
        outside.reply(
            session,
            link=link,
            signed="市公安局经侦支队 赵示例",
            body=_ANSWERED,
            token=secrets.token_urlsafe(32),
            now=now,
        )


def receive(session: Session, cast: Cast, police: Unit, *, now: dt.datetime) -> None:
    """What the police asked; the older letter has a draft that the head has to read."""
    bureau, desk = cast.units[cast.profile.bureau.unit], cast.with_role(Role.INTAKE)
    for days, (number, words, reply) in enumerate(_CAME_IN, 2):
        at = now - dt.timedelta(days=days)
        letter = register(
            session,
            unit=bureau,
            sender=police,
            kind="local",
            their_number=number,
            words=words,
            received_on=beijing_date(at),
            actor=desk,
            now=at,
        )
        if reply:
            draft_reply(session, letter=letter, words=reply, actor=desk, now=now - dt.timedelta(days=1))
