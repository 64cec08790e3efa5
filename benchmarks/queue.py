"""The queue and the page of a case among very many cases: p95 at the server at most 100 ms, at most 12 queries.

    python -m benchmarks.queue [--scale full] [--json]

`reduced` loads 100,000 cases on SQLite; `full` also 1,000,000 on PostgreSQL, where Debian's is installed. Every round
asks for every page; the ratio is to /about, which runs through the same application.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from flask import Flask
from flask_security import hash_password
from sqlalchemy import Engine, select, text

from app import create_app
from benchmarks.pages import MOST_QUERIES, Page, browser, configured, counted
from benchmarks.support import many_cases
from cli.database import bring_up_to_date
from cli.demo.accounts import PASSWORD, member
from cli.demo.cast import engage
from config import Config
from models.cases.sight import View
from models.cases.tables import Case
from models.people.roles import Role
from models.planner import look_at_tables
from models.types import now_utc
from search.cases import keep_missing
from shared.database import commit, database, session
from shared.memory import settle as settle_memory
from shared.services import services
from tests.support import postgresql
from tests.support.databases import new_databases

BASELINE = "/about"
ON_SQLITE, ON_POSTGRESQL = 100_000, 1_000_000
WARM_UP, ROUNDS = 1, 20
MOST_MILLISECONDS = 100.0
ROLES = (Role.INTAKE, Role.HANDLER, Role.SUPERVISOR)


def load(number: int) -> float:
    """The demo's people and `number` cases; the seconds that the cases took."""
    bring_up_to_date()
    engage(session, profile=services().bureau, password_hash=hash_password(PASSWORD), now=now_utc())
    commit()
    began = time.perf_counter()
    with many_cases.indexed_afterwards(session.connection()):
        many_cases.load(session.connection(), number, now_utc())
        keep_missing(session)
    look_at_tables(session, now_utc())
    commit()
    return time.perf_counter() - began


def settle(engine: Engine) -> None:
    """What autovacuum does in the first minutes after such a load, so that an index answers by itself."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def pages(app: Flask) -> list[Page]:
    """Every saved view as each role begins it, filters, the last page, a case."""
    found = [Page("about (baseline)", BASELINE, browser(app))]
    officers = {role: browser(app, member(role)) for role in ROLES}
    for role, client in officers.items():
        found += [Page(f"{role}: {view}", f"/casework/?view={view}", client) for view in View]
    intake = officers[Role.INTAKE]
    reference = session.scalars(select(Case.reference).where(Case.state == "handling").limit(1)).one()
    return [
        *found,
        Page("newest first", "/casework/?view=open&sort=opened", intake),
        Page("late reports", "/casework/?view=open&light=late&track=report", intake),
        Page("a unit's", "/casework/?view=open&unit=bureau", intake),
        Page("text, common", "/casework/?view=open&q=百货", intake),
        Page("text, in one of twenty", "/casework/?view=open&q=37", intake),
        Page("text, in one of twenty past", "/casework/?view=done&q=37", intake),
        Page("text, common in the past", "/casework/?view=done&q=百货", intake),
        Page("text, rare", "/casework/?view=open&q=编号1050505", intake),
        Page("text, of the past", "/casework/?view=done&q=百货店1050505", intake),
        Page("text, none", "/casework/?view=open&q=查无此事", intake),
        Page("a case", f"/casework/cases/{reference}", officers[Role.SUPERVISOR]),
    ]


def measure(config: Config, number: int) -> tuple[float, list[Page]]:
    """Loads the cases and asks for every page, round after round."""
    app = create_app(config)
    with app.app_context():
        seconds, engine = load(number), database().engine
        settle(engine)
        found = pages(app)
        session.close()
    settle_memory()  # as every server does
    for page in found * WARM_UP:
        page.ask()
    for page in found:
        page.milliseconds.clear()
        with counted(engine) as sent:
            page.ask()
        page.queries = sum(" FROM " in " ".join(statement.split()) for statement in sent)  # not the BEGIN
    for _ in range(ROUNDS):
        for page in found:
            page.ask()
    engine.dispose()
    return seconds, found


@contextlib.contextmanager
def runs(scale: str) -> Iterator[list[tuple[str, Config, int]]]:
    """Which database with how many cases."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = [("SQLite", configured(folder / "sqlite"), ON_SQLITE)]
        if scale == "full":
            create = stack.enter_context(new_databases(stack.enter_context(postgresql.running())))
            own = configured(folder / "postgresql", HUHANG_DATABASE_URL=create())
            found.append(("PostgreSQL", own, ON_POSTGRESQL))
        yield found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=["reduced", "full"], default="reduced", help="how much data")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    options = parser.parse_args(arguments)
    document, over = {}, []
    with runs(options.scale) as found:
        for name, config, number in found:
            seconds, rows = measure(config, number)
            document[name] = {"cases": number, "load_seconds": round(seconds, 1), "pages": _figures(rows)}
            over += [page for page in rows if _is_over(page)]
            if not options.json:
                _show(name, number, seconds, rows)
    if options.json:
        print(json.dumps(document, ensure_ascii=False))
    for page in over:
        print(f"NO   {page.name}: p95 {page.quantile(0.95):.0f} ms, {page.queries} queries", file=sys.stderr)
    return 1 if over else 0


def _is_over(page: Page) -> bool:
    return page.quantile(0.95) > MOST_MILLISECONDS or page.queries > MOST_QUERIES


def _figures(rows: Sequence[Page]) -> list[dict[str, object]]:
    return [
        {
            "page": page.name,
            "queries": page.queries,
            "p50_ms": round(page.quantile(0.5), 1),
            "p95_ms": round(page.quantile(0.95), 1),
        }
        for page in rows
    ]


def _show(name: str, number: int, seconds: float, rows: Sequence[Page]) -> None:
    base = rows[0].quantile(0.5)
    print(f"\n{name}: {number:,} cases loaded in {seconds:.0f} s, three in a hundred open")
    print(f"{'page':28}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'p50 × baseline':>16}")
    for page in rows:
        wide = sum(ord(letter) > 0x2E80 for letter in page.name)
        p50, p95 = page.quantile(0.5), page.quantile(0.95)
        print(f"{page.name:{28 - wide}}{page.queries:8}{p50:9.1f}{p95:9.1f}{p50 / base:16.1f}")


if __name__ == "__main__":
    sys.exit(main())
