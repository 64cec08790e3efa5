"""Reconciling as people do it: with Debian's OpenRefine, from a column of names to columns of what is public of each."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select

from app import create_app
from config import Config
from models.people.tables import Account
from shared.database import session
from tests.browser.conftest import Site
from tests.support.decisions import invented_uscc
from tests.support.openrefine import OpenRefine, OpenRefineMissing, openrefine
from tests.support.published import published

FIRM, NAMESAKE, OTHER = "鹭鸶示例制伞有限公司", "鹭鸶示例制伞（平舆）有限公司", "白鹤样品灯具厂"
WORKER_SECONDS = 60
CODES = {FIRM: invented_uscc(9201), NAMESAKE: invented_uscc(9202), OTHER: invented_uscc(9203)}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRefine]:
    try:
        with openrefine(tmp_path_factory.mktemp("openrefine")) as program:
            yield program
    except OpenRefineMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def service(site: Site, refine: OpenRefine) -> str:
    """The address of the service, with three companies, and a hundred others that share the usual words of names."""
    app = create_app(Config.from_env(site.env))
    with app.app_context():
        reviewer = session.scalars(select(Account).where(Account.username == "reviewer")).one()
        unit = reviewer.assignments[0].unit
        crowd = {
            f"示例{chr(0x4E80 + number)}商贸有限公司": invented_uscc(9300 + number) for number in range(110)
        }
        for number, (name, code) in enumerate({**crowd, **CODES}.items(), 3000):
            text = {"document_number": f"平市监处罚〔2026〕{number}号", "party_name": name, "uscc": code}
            published(session, unit, reviewer, **text)
        session.close()
    end = time.monotonic() + WORKER_SECONDS
    while asked(f"{site.address}/decisions.json?q={quote(OTHER)}")["total"] != 1:
        assert time.monotonic() < end, "the worker did not bring the index so far"
        time.sleep(0.3)
    return f"{site.address}/reconcile"


def asked(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - this machine's own site
        return json.load(answer)


def test_a_column_of_names_becomes_columns_of_facts(refine: OpenRefine, service: str) -> None:
    manifest = asked(service)
    rows = [(OTHER, ""), (NAMESAKE, CODES[NAMESAKE]), (FIRM, ""), ("毫不相干的字号", "")]
    project = refine.project([{"name": name, "code": code} for name, code in rows])

    assert [one["id"] for one in refine.types(project, "name", service)] == ["company"]

    refine.reconcile(project, "name", manifest, service, codes="code")
    other, by_code, firm, unknown = refine.cells(project, 0)
    assert (by_code["j"], by_code["m"]["id"]) == ("matched", CODES[NAMESAKE])
    assert other["j"] == firm["j"] == "none", "a name proposes, and somebody decides"
    assert (other["c"][0]["id"], firm["c"][0]["id"]) == (CODES[OTHER], CODES[FIRM])
    assert CODES[FIRM] not in {one["id"] for one in unknown.get("c", ())}

    properties = [{"id": "decisions", "name": "decisions"}, {"id": "uscc", "name": "uscc"}]
    refine.extend(project, "name", manifest, service, properties)
    table = refine.table(project)
    assert [row["统一社会信用代码"] for row in table] == ["", CODES[NAMESAKE], "", ""]
    assert [row["公示中的决定书数"] for row in table] == ["", "1", "", ""]
