"""From a reviewer's word to the index and out of it again, by the worker alone."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from background import indexing
from config import Config
from models.decisions.publication import withdraw
from models.decisions.queries import ended_but_indexed
from models.decisions.states import State
from models.decisions.tables import Decision
from models.outbox import OutboxRow
from models.people.actors import WORKER
from models.types import beijing_date, now_utc
from search.documents import Audience, Kind
from search.engine import EmbeddedEngine
from search.index.store import IndexStore

Work = Callable[[], None]


@pytest.fixture
def found(config: Config) -> Callable[[str], list[int]]:
    """Asks the index itself, as the public."""

    def ask(text: str) -> list[int]:
        engine = EmbeddedEngine(IndexStore(config.index_dir))
        today = beijing_date(now_utc())
        return [
            hit.id
            for hit in engine.search(text, kind=Kind.DECISION, audience=Audience.PUBLIC, today=today).hits
        ]

    return ask


def test_what_is_approved_is_published_and_found(
    approved: Decision, work: Work, found: Callable[[str], list[int]]
) -> None:
    work()
    assert approved.state is State.PUBLISHED
    assert found(approved.party_name[:2]) == [approved.id]


def test_publishing_waits_for_its_time(approved: Decision, session: Session, work: Work) -> None:
    later = now_utc() + dt.timedelta(days=1)
    approved.publish_at = later
    session.execute(OutboxRow.__table__.update().values(due_at=later))  # type: ignore[attr-defined]
    session.commit()
    work()
    assert approved.state is State.APPROVED


def test_what_is_withdrawn_leaves_the_index(
    approved: Decision, session: Session, work: Work, found: Callable[[str], list[int]]
) -> None:
    work()
    withdraw(session, approved, reason="处罚决定已被依法撤销", actor=WORKER, now=now_utc())
    session.commit()
    assert ended_but_indexed(session) == {approved.id}
    work()
    assert found(approved.party_name) == []
    assert ended_but_indexed(session) == set()


def test_a_term_that_is_over_ends_the_publication(
    approved: Decision, session: Session, work: Work, found: Callable[[str], list[int]]
) -> None:
    work()
    approved.ends_on = beijing_date(now_utc()) - dt.timedelta(days=1)
    session.commit()
    work()
    assert approved.state is State.ENDED
    assert found("") == []


@pytest.mark.parametrize("harm", ["lost", "broken"])
def test_a_lost_or_broken_index_comes_back_by_itself(
    approved: Decision, work: Work, found: Callable[[str], list[int]], config: Config, harm: str
) -> None:
    work()
    if harm == "lost":
        shutil.rmtree(config.index_dir)
    else:
        (config.index_dir / "current.json").write_text("{")
    work()
    assert found(approved.party_name[:2]) == [approved.id]


def test_publishing_twice_is_publishing_once(approved: Decision, session: Session, work: Work) -> None:
    work()
    published_at = approved.published_at
    session.execute(
        OutboxRow.__table__.update().values(
            done_at=None, payload={"decision_id": approved.id, "id": approved.id}
        )
    )  # type: ignore[attr-defined]
    session.commit()
    work()
    assert approved.published_at == published_at
    assert not session.scalars(select(OutboxRow).where(OutboxRow.last_error.is_not(None))).all()


def test_the_whole_index_can_be_made_from_the_database(
    app: Flask, approved: Decision, work: Work, found: Callable[[str], list[int]], config: Config
) -> None:
    work()
    shutil.rmtree(config.index_dir)
    result = app.test_cli_runner().invoke(args=["search", "status"])
    assert result.exit_code == 1
    with app.app_context():
        assert indexing.rebuild() == 1
    assert app.test_cli_runner().invoke(args=["search", "status"]).exit_code == 0
    assert found(approved.party_name) == [approved.id]


def test_a_new_index_never_held_what_had_ended(
    app: Flask, approved: Decision, session: Session, work: Work
) -> None:
    work()
    withdraw(session, approved, reason="处罚决定已被依法撤销", actor=WORKER, now=now_utc())
    session.commit()
    assert ended_but_indexed(session) == {approved.id}
    with app.app_context():
        assert indexing.rebuild() == 0
    session.expire_all()
    assert ended_but_indexed(session) == set()
