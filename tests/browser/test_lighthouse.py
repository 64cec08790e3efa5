"""What Lighthouse says of the pages that strangers land on, over the site as it is served."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import create_app
from config import Config
from models.people.tables import Account
from shared.database import session
from tests.browser.conftest import Site
from tests.support.decisions import invented_uscc
from tests.support.lighthouse import LighthouseMissing, judged
from tests.support.published import published

pytestmark = pytest.mark.browser

CATEGORIES = ("accessibility", "best-practices", "seo")
LEAST = 95


@pytest.fixture(scope="module")
def a_decision(site: Site) -> str:
    """The path of a public decision."""
    app = create_app(Config.from_env(site.env))
    with app.app_context():
        reviewer = session.scalars(select(Account).where(Account.username == "reviewer")).one()
        content = {"document_number": "平市监处罚〔2026〕950号", "uscc": invented_uscc(9501)}
        decision = published(session, reviewer.assignments[0].unit, reviewer, **content)
        path = f"/decisions/{decision.public_id}"
        session.close()
    return path


@pytest.mark.parametrize("path", ["/", "/decisions", "a decision", "/statistics"])
def test_a_stranger_s_first_page_scores_well(site: Site, a_decision: str, path: str) -> None:
    address = site.address + (a_decision if path == "a decision" else path)
    try:
        found = judged(address, CATEGORIES, as_on_a_phone_line=False)
    except LighthouseMissing as missing:
        pytest.skip(str(missing))
    assert set(found.scores) == set(CATEGORIES)
    assert min(found.scores.values()) >= LEAST, (found.scores, found.faults)
