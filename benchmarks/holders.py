"""A rights-holder's work at its largest: the dashboard of 10,000 filings, and 300 links read at once.

    python -m benchmarks.holders [--scale full] [--json]

The dashboard takes at most 100 ms at the server (p95) and 12 queries, among as many filings of others; the ratio is to
/about. The links take less than a second; the ratio is to splitting the same addresses with the standard library.
`full` lets others have 100,000 filings.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from flask_security import hash_password
from sqlalchemy import insert, select, update

from app import create_app
from benchmarks.pages import MOST_QUERIES, Page, browser, configured, counted
from benchmarks.support import many_cases
from cli.database import bring_up_to_date
from cli.demo.accounts import PASSWORD, RIGHTS_HOLDER
from cli.demo.cast import engage
from models.commerce.links import parse_link
from models.filings.tables import Filing
from models.holders.tables import HeldFiling, Organisation
from models.people.tables import Account
from models.types import now_utc
from shared.database import commit, database, session
from shared.services import services
from tests.support.links import ITEMS

OWN, OTHERS = 10_000, {"reduced": 10_000, "full": 100_000}
MOST_MILLISECONDS, MOST_SECONDS = 100.0, 1.0
WARM_UP, ROUNDS, LINKS = 2, 30, 300


def load(others: int) -> str:
    """The demo's people, and filings of which the last 10,000 are one holder's."""
    bring_up_to_date()
    engage(session, profile=services().bureau, password_hash=hash_password(PASSWORD), now=now_utc())
    commit()
    many_cases.load(session.connection(), OWN + others, now_utc())
    holder = session.scalars(select(Account).where(Account.username == RIGHTS_HOLDER)).first()
    organisation = session.scalars(select(Organisation).order_by(Organisation.id)).first()
    assert holder is not None, "the demo has a rights-holder"  # noqa: S101
    mine = session.scalars(select(Filing.id).order_by(Filing.id.desc()).limit(OWN)).all()
    session.execute(
        update(Filing).where(Filing.id >= mine[-1]).values(account_id=holder.id, is_anonymous=False)
    )
    if organisation is not None:
        rows = [{"filing_id": number, "organisation_id": organisation.id} for number in mine]
        session.execute(insert(HeldFiling), rows)
    commit()
    return holder.username


def dashboard(app: Flask, others: int) -> list[Page]:
    """The pages, asked round after round."""
    with app.app_context():
        client = browser(app, load(others))
        engine = database().engine
        session.close()
    found = [
        Page("about (baseline)", "/about", browser(app)),
        Page("all", "/account/", client),
        Page("open", "/account/?show=open", client),
        Page("late", "/account/?show=late", client),
        Page("by name", "/account/?q=百货", client),
        Page("by name, none", "/account/?q=查无此店", client),
        Page("an old page", "/account/?before=1011000", client),
    ]
    for page in found * WARM_UP:
        page.ask()
    for page in found:
        page.milliseconds.clear()
        with counted(engine) as sent:
            page.ask()
        page.queries = sum(" FROM " in " ".join(statement.split()) for statement in sent)
    for _ in range(ROUNDS):
        for page in found:
            page.ask()
    engine.dispose()
    return found


def links() -> tuple[float, float]:
    """The seconds that 300 addresses take to be read, and to be split by the standard library alone."""
    given = [one[0] for one in ITEMS]
    lines = (given * LINKS)[:LINKS]
    parse_link(lines[0])  # the table of platforms is read once
    began = time.perf_counter()
    for line in lines:
        parse_link(line)
    ours = time.perf_counter() - began
    began = time.perf_counter()
    for line in lines:
        parse_qsl(urlsplit(line if "://" in line else f"https://{line}").query)
    return ours, time.perf_counter() - began


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=["reduced", "full"], default="reduced", help="how much data")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    options = parser.parse_args(arguments)
    seconds, baseline = links()
    with tempfile.TemporaryDirectory() as folder:
        pages = dashboard(create_app(configured(Path(folder))), OTHERS[options.scale])
    over = [one for one in pages if one.quantile(0.95) > MOST_MILLISECONDS or one.queries > MOST_QUERIES]
    figures = {
        one.name: {
            "p50_ms": round(one.quantile(0.5), 1),
            "p95_ms": round(one.quantile(0.95), 1),
            "queries": one.queries,
        }
        for one in pages
    }
    if options.json:
        document = {"links_seconds": seconds, "links_ratio": seconds / baseline, "dashboard": figures}
        print(json.dumps(document, ensure_ascii=False))
    else:
        print(f"{LINKS} links read in {seconds * 1000:.0f} ms, {seconds / baseline:.0f} times a plain split")
        ground = pages[0].quantile(0.5)
        for one in pages:
            p50, p95 = one.quantile(0.5), one.quantile(0.95)
            print(
                f"{one.name:20} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  {p50 / ground:4.1f} x  {one.queries} queries"
            )
    for one in over:
        print(f"NO   {one.name}: p95 {one.quantile(0.95):.0f} ms, {one.queries} queries", file=sys.stderr)
    return 1 if over or seconds > MOST_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
