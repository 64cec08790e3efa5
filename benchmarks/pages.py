"""Pages measured on the demo: time of the server and number of SQL queries, each against a page that asks nothing.

    python -m benchmarks.pages [--scale full] [--json]

Runs on SQLite, and on PostgreSQL where Debian's is installed. `full` has ten times the cases and decisions. Times are of
the whole application without the network; every round asks for every page, so that whatever else the machine does meets
all of them alike. The ratio is to /about, which runs through the same application. More than 12 queries on a page fail.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import Engine, event, func, select

from app import create_app
from background import indexing
from benchmarks.support.copies import multiply
from cli.database import bring_up_to_date
from cli.demo.accounts import PASSWORD, RIGHTS_HOLDER, member
from cli.demo.load import DECISIONS, FILINGS, SEED, play
from config import Config
from journey.papers import office as office_of_today
from models.cases.tables import Case, CaseAct
from models.decisions.states import State
from models.decisions.tables import Decision
from models.filings.references import new_reference
from models.people.roles import Role
from models.people.tables import Account
from models.planner import look_at_tables
from models.types import now_utc
from shared.database import commit, database, session
from shared.memory import settle
from tests.support import postgresql
from tests.support.databases import new_databases

BASELINE = "/about"
MOST_QUERIES = 12
TIMES_THE_DEMO = {"reduced": 1, "full": 10}
WARM_UP, ROUNDS = 3, 30
COMMON = "商标"
WRONG_CODE = "A" * 16


@dataclass
class Page:
    """An address, who opens it, and what was measured. With a `form` it is sent, and refused with 422."""

    name: str
    path: str
    client: FlaskClient
    form: dict[str, str] | None = None
    queries: int = 0
    size: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def ask(self) -> None:
        began = time.perf_counter()
        answer = self.client.post(self.path, data=self.form) if self.form else self.client.get(self.path)
        self.milliseconds.append((time.perf_counter() - began) * 1e3)
        self.size = len(answer.data)
        if answer.status_code != (422 if self.form else 200):
            raise SystemExit(f"{self.path}: {answer.status}")

    def quantile(self, share: float) -> float:
        """By the nearest rank: so many of the answers took no longer."""
        return sorted(self.milliseconds)[math.ceil(len(self.milliseconds) * share) - 1]


@contextlib.contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collects the queries sent to the database; opening a transaction (a PRAGMA and a BEGIN on SQLite) is none."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def load(times: int) -> None:
    """The demo, `times` as large, and its index."""
    bring_up_to_date()
    play(
        session,
        office=office_of_today(),
        password_hash=hash_password(PASSWORD),
        seed=SEED,
        filing_count=FILINGS,
        decision_count=DECISIONS,
        now=now_utc(),
        progress=lambda words: print(words, file=sys.stderr),
    )
    multiply(session.connection(), times)
    look_at_tables(session, now_utc())
    commit()
    session.close()
    indexing.rebuild()


def browser(app: Flask, username: str = "") -> FlaskClient:
    """A browser, signed in under that name if given."""
    client = app.test_client()
    if username:
        wanted = select(Account.fs_uniquifier).where(Account.username == username)
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = session.scalars(wanted).one(), True
    return client


def pages(app: Flask) -> list[Page]:
    """What is measured: each kind of page, the most eventful record of each kind."""
    anybody, intake = browser(app), browser(app, member(Role.INTAKE))
    filer, holder = browser(app), browser(app, RIGHTS_HOLDER)
    reviewer = browser(app, member(Role.REVIEWER))
    bureau = session.scalars(select(Account).where(Account.username == member(Role.INTAKE))).one()
    busiest = (
        select(Case.reference)
        .join(CaseAct)
        .where(Case.origin_unit_id == bureau.assignments[0].unit_id)
        .group_by(Case.id, Case.reference)
        .order_by(func.count().desc(), Case.id)
        .limit(1)
    )
    reference = session.scalars(busiest).one()
    with filer.session_transaction() as cookie:
        cookie["filings"] = {reference: time.time() + 3600}
    published = select(Decision).where(Decision.state == State.PUBLISHED).order_by(Decision.id)
    decision = session.scalars(published.limit(1)).one()
    return [
        Page("about (baseline)", BASELINE, anybody),
        Page("front page", "/", anybody),
        Page("decisions, newest", "/decisions", anybody),
        Page(f"decisions, {COMMON}", f"/decisions?q={COMMON}", anybody),
        Page("decisions, a party", f"/decisions?q={decision.party_name}", anybody),
        Page("decisions as JSON", f"/decisions.json?q={COMMON}", anybody),
        Page("a decision", f"/decisions/{decision.public_id}", anybody),
        Page("track: a case", f"/track/{reference}", filer),
        Page("track: wrong code", "/track", anybody, {"reference": reference, "code": WRONG_CODE}),
        Page("track: unknown number", "/track", anybody, {"reference": new_reference(), "code": WRONG_CODE}),
        Page("account", "/account/", holder),
        *(
            Page(f"queue, {view}", f"/casework/?view={view}", intake)
            for view in ("new", "open", "late", "followed", "done")
        ),
        Page("queue, a name", "/casework/?view=open&q=示例", intake),
        Page("a case", f"/casework/cases/{reference}", intake),
        Page("publishing", "/casework/decisions?state=published", reviewer),
        Page("publishing, one", f"/casework/decisions/{decision.id}", reviewer),
    ]


def measure(config: Config, times: int) -> list[Page]:
    """Loads the data and asks for every page, round after round."""
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        load(times)
        found = pages(app)
        session.close()
        engine = database().engine
    settle()  # as every server does
    for page in found * WARM_UP:
        page.ask()
    for page in found:
        page.milliseconds.clear()
        with counted(engine) as sent:
            page.ask()
        page.queries = len(sent)
    for _ in range(ROUNDS):
        for page in found:
            page.ask()
    engine.dispose()
    return found


def show(database_name: str, times: int, found: Sequence[Page]) -> None:
    base = found[0].quantile(0.5)
    print(f"\n{database_name}, {FILINGS * times} cases, {DECISIONS * times} decisions")
    print(f"{'page':24}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'kB':>7}{'p50 × baseline':>16}")
    for page in found:
        wide = sum(ord(letter) > 0x2E80 for letter in page.name)
        print(
            f"{page.name:{24 - wide}}{page.queries:8}{page.quantile(0.5):9.1f}{page.quantile(0.95):9.1f}"
            f"{page.size / 1000:7.0f}{page.quantile(0.5) / base:16.1f}"
        )


def configured(folder: Path, **settings: str) -> Config:
    """A configuration with a data folder of its own and no limits."""
    own = {"HUHANG_DATA": str(folder), "HUHANG_RATE_LIMITS": "off", "HUHANG_LOG_LEVEL": "error"}
    return Config.from_env({**own, **settings})


@contextlib.contextmanager
def configurations() -> Iterator[dict[str, Config]]:
    """One for each database that this machine has."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = {"SQLite": configured(folder / "sqlite")}
        try:
            create = stack.enter_context(new_databases(stack.enter_context(postgresql.running())))
            found["PostgreSQL"] = configured(folder / "postgresql", HUHANG_DATABASE_URL=create())
        except postgresql.PostgreSQLMissing as missing:
            print(f"Not on PostgreSQL: {missing}", file=sys.stderr)
        yield found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=sorted(TIMES_THE_DEMO), default="reduced", help="how much data")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    options = parser.parse_args(arguments)
    times = TIMES_THE_DEMO[options.scale]
    with configurations() as found:
        measured = {name: measure(config, times) for name, config in found.items()}
    if options.json:
        print(json.dumps({name: [_figures(page) for page in rows] for name, rows in measured.items()}))
    else:
        for name, rows in measured.items():
            show(name, times, rows)
    over = [page for rows in measured.values() for page in rows if page.queries > MOST_QUERIES]
    for page in over:
        print(f"NO   {page.name}: {page.queries} queries, at most {MOST_QUERIES}", file=sys.stderr)
    return 1 if over else 0


def _figures(page: Page) -> dict[str, Any]:
    p50, p95 = (round(page.quantile(share), 2) for share in (0.5, 0.95))
    return {"page": page.name, "queries": page.queries, "p50_ms": p50, "p95_ms": p95, "bytes": page.size}


if __name__ == "__main__":
    sys.exit(main())
