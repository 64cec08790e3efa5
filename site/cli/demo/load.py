"""`flask demo load`: puts the invented material through the real verbs, all of it or nothing, and indexes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import click
from flask.cli import AppGroup
from flask_security import hash_password
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from background import indexing
from cli.demo.accounts import PASSWORD, shown_accounts
from cli.demo.advising import appoint, observe
from cli.demo.bulletins import announce
from cli.demo.cast import engage
from cli.demo.decisions import decisions
from cli.demo.filings import filings
from cli.demo.guiding import guide
from cli.demo.holding import settle_holder, store_rights
from cli.demo.listings import fill_lists
from cli.demo.rewarding import reward
from cli.demo.rulings import rulings
from cli.demo.scenes import CasePlay, DecisionPlay, Scene
from cli.demo.writing import correspond
from cli.output import json_option, print_json, say
from journey.papers import office as office_of_today
from models.cases.tables import Case
from models.decisions.publication import end_publication
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.operations import reconsider_term
from models.filings.examination import LOOK_AGAIN_AFTER
from models.outbox import OutboxRow
from models.papers.issuing import Office
from models.people.actors import WORKER
from models.people.queries import has_staff
from models.people.tables import Account
from models.planner import look_at_tables
from models.types import beijing_date, now_utc
from shared.database import commit, session
from shared.services import services

SEED = 12330
FILINGS, DECISIONS = 300, 2_000
ONE_RULED_OF, LEAST_RULED = 60, 3  # adjudications and orders are rare beside penalties
EVERY = 2_000  # acts between two words on progress

group = AppGroup("demo", help="虚构的演示数据；生产环境拒绝载入。")


@group.command("load")
@click.option("--seed", default=SEED, show_default=True, help="同一个数字得到同样的数据。")
@click.option(
    "--filings", "filing_count", default=FILINGS, show_default=True, type=click.IntRange(1), help="办件数。"
)
@click.option(
    "--decisions",
    "decision_count",
    default=DECISIONS,
    show_default=True,
    type=click.IntRange(1),
    help="决定书数。",
)
@json_option
def load(seed: int, filing_count: int, decision_count: int, as_json: bool) -> None:
    """载入虚构的人员、办件和处罚决定，并建立索引。已载入过的，不再载入。"""
    if services().config.is_production:
        raise click.ClickException("生产环境（HUHANG_ENV=production）不载入演示数据。")
    if session.scalar(select(Account.id).where(Account.is_demo).limit(1)) is not None:
        raise click.ClickException("演示数据已经载入过。")
    _load(seed, filing_count, decision_count)
    if as_json:
        print_json(
            {
                "filings": filing_count,
                "decisions": decision_count,
                "accounts": [account.username for account in shown_accounts()],
            }
        )


def load_when_empty() -> None:
    """Loads the demo when there is no case and no member of staff; a bureau's own data is never mixed with it."""
    if session.scalar(select(Case.id).limit(1)) is None and not has_staff(session):
        _load(SEED, FILINGS, DECISIONS)


def _load(seed: int, filing_count: int, decision_count: int) -> None:
    say("正在载入演示数据（全部为虚构）……")
    play(
        session,
        office=office_of_today(),
        password_hash=hash_password(PASSWORD),
        seed=seed,
        filing_count=filing_count,
        decision_count=decision_count,
        now=now_utc(),
        progress=say,
    )
    look_at_tables(session, now_utc())
    commit()
    say("正在建立检索索引……")
    indexing.rebuild(lambda _done: None)


def play(
    session: Session,
    *,
    office: Office,
    password_hash: str,
    seed: int,
    filing_count: int,
    decision_count: int,
    now: dt.datetime,
    progress: Callable[[str], None],
) -> None:
    """Makes the accounts and plays every act in the order of time. The caller commits, so it is all or nothing."""
    profile, today = office.bureau, beijing_date(now)
    before = session.scalar(select(func.max(OutboxRow.id))) or 0
    made_filings = filings(seed, filing_count, today=today, profile=profile)
    punished = decisions(seed, decision_count, today=today, profile=profile)
    others = rulings(seed, max(LEAST_RULED, decision_count // ONE_RULED_OF), today=today, profile=profile)
    made_decisions = sorted((*punished, *others), key=lambda one: one.entered_at)
    first = min(made_filings[0].filed_at, made_decisions[0].entered_at)
    begun = first - dt.timedelta(days=1)
    cast = engage(session, profile=profile, password_hash=password_hash, now=begun)
    settle_holder(session, cast, now=begun)
    scenes: list[Scene] = []
    for filing in made_filings:
        scenes.extend(CasePlay(session, cast, office, filing).scenes())
    for decision in made_decisions:
        scenes.extend(DecisionPlay(session, cast, decision).scenes())
    lately = now - 2 * LOOK_AGAIN_AFTER  # so that the worker's first round scans and copies the proofs
    scenes.append((lately, lambda: store_rights(session, cast, office.files, now=lately)))
    scenes.sort(key=lambda scene: scene[0])
    for number, (_at, act) in enumerate(scenes, 1):
        act()
        if number % EVERY == 0:
            progress(f"  已办 {number:,} 步，共 {len(scenes):,} 步")
    _end_what_is_over(session, now)
    announce(session, cast, now=now)
    appoint(session, cast, now=now)
    observe(session, cast, now=now)
    fill_lists(session, cast, now=now)
    correspond(session, cast, now=now)
    reward(session, cast, office.keys, now=now)
    guide(session, cast, office.keys, now=now)
    _settle_outbox(session, after=before, now=now)


def _end_what_is_over(session: Session, now: dt.datetime) -> None:
    """Holds the records against the rules of today and ends those whose term is over, as the worker would have done."""
    for decision in session.scalars(select(Decision).where(Decision.state == State.PUBLISHED)):
        reconsider_term(session, decision, actor=WORKER, now=now)
    session.flush()
    over = select(Decision).where(Decision.state == State.PUBLISHED, Decision.ends_on < beijing_date(now))
    for decision in session.scalars(over):
        end_publication(session, decision, actor=WORKER, now=now)


def _settle_outbox(session: Session, *, after: int, now: dt.datetime) -> None:
    """Marks the demo's own work as done: it is published already, the index is rebuilt, nobody gets old mail."""
    session.flush()
    mine = (OutboxRow.id > after, OutboxRow.done_at.is_(None))
    session.execute(update(OutboxRow).where(*mine).values(done_at=now, payload={}))
