"""/data: files that are whole and true, the package that validates, proofs, and nothing given out that has ended."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from background import opendata
from models.data.queries import data_files
from models.decisions.kinds import PartyKind
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.outbox import OutboxRow
from models.people.roles import Role
from models.people.tables import Account
from results.bulk import days_of
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published

TOMORROW = NOW + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture(autouse=True)
def decisions(session: Session, reviewer: Account) -> list[Decision]:
    unit = reviewer.assignments[0].unit
    return [
        published(
            session,
            unit,
            reviewer,
            document_number=f"测市监处罚〔2026〕{number:03}号",
            uscc=invented_uscc(number),
            party_name=f"护航样品{number}有限公司",
        )
        for number in (1, 2, 3)
    ]


def work(app: Flask, session: Session) -> list[str]:
    """One round of what the worker does for /data."""
    with app.app_context():
        opendata.grow_tree(session, dt.datetime.now(dt.UTC))
        opendata.look_after_files(session, dt.datetime.now(dt.UTC))
        session.commit()
        rows = (
            session.query(OutboxRow)
            .filter(OutboxRow.kind == opendata.MAKE, OutboxRow.done_at.is_(None))
            .all()
        )
        names = [row.payload["name"] for row in rows]
        for row in rows:
            opendata.make_file(row.payload["name"])
            row.done_at, row.payload = NOW, {}
        session.commit()
    return names


def lines(client: FlaskClient, name: str) -> list[dict[str, Any]]:
    answer = client.get(f"/data/files/{name}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]


def test_the_page_lists_what_there_is(app: Flask, session: Session, client: FlaskClient) -> None:
    for path in ("/data", "/en/data", "/zh-hant/data"):
        Pages(client).get(path)
    work(app, session)
    for path in ("/data", "/en/data", "/zh-hant/data"):
        page = Pages(client).get(path)
        assert len(page.select("a[href*='/data/files/']")) == len(data_files(session))
        assert len(page.select("#schedule tbody tr")) == 5
        assert "2026" in page.select("#schedule tbody tr")[1].get_text(), "made, and when next"


def test_all_forms_hold_the_same(
    app: Flask, session: Session, client: FlaskClient, decisions: list[Decision]
) -> None:
    work(app, session)
    ids = [one.public_id for one in decisions]
    answer = client.get("/data/files/decisions.csv")
    assert answer.headers["X-Row-Count"] == "3"
    assert answer.headers["X-Content-SHA256"] == hashlib.sha256(answer.data).hexdigest()
    assert [row["id"] for row in csv.DictReader(io.StringIO(answer.get_data(as_text=True)))] == ids
    assert [row["id"] for row in lines(client, "decisions.jsonl")] == ids
    assert [row["id"] for row in lines(client, "decisions-2026-03.jsonl")] == ids
    book = load_workbook(io.BytesIO(client.get("/data/files/decisions.xlsx").data))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ids
    etag = answer.headers["ETag"]
    assert client.get("/data/files/decisions.csv", headers={"If-None-Match": etag}).status_code == 304


def test_entities_are_what_investigators_tools_read(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    work(app, session)
    entities = lines(client, "entities.ftm.json")
    by_id = {entity["id"]: entity for entity in entities}
    sanctions = [entity for entity in entities if entity["schema"] == "Sanction"]
    assert len(sanctions) == 3
    for sanction in sanctions:
        (party,) = sanction["properties"]["entity"]
        assert by_id[party]["schema"] == "Organization"
        assert sanction["properties"]["startDate"][0] <= sanction["properties"]["listingDate"][0]
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        assert all(isinstance(one, str) and one for values in entity["properties"].values() for one in values)


def test_entities_stand_before_the_library_that_reads_them(
    app: Flask, session: Session, client: FlaskClient, reviewer: Account
) -> None:
    ftm = pytest.importorskip("followthemoney", reason="FollowTheMoney is not installed (make clients)")
    unit = reviewer.assignments[0].unit
    person = {"document_number": "测市监处罚〔2026〕009号", "uscc": None, "party_name": "赵某某"}
    published(session, unit, reviewer, party_kind=PartyKind.PERSON, **person)
    work(app, session)
    entities = lines(client, "entities.ftm.json")
    assert len(entities) == 12
    for entity in entities:
        ftm.model.get(entity["schema"]).validate(entity)
        cleaned = ftm.EntityProxy.from_dict(
            {"id": entity["id"], "schema": entity["schema"], "properties": {}}
        )
        for name, values in entity["properties"].items():
            cleaned.add(name, values, cleaned=False)
        assert cleaned.to_dict()["properties"] == entity["properties"], (
            "nothing is lost when values are judged"
        )


def test_the_data_package_validates(
    app: Flask, session: Session, client: FlaskClient, tmp_path: Path
) -> None:
    work(app, session)
    (tmp_path / "files").mkdir()
    package = client.get("/data/datapackage.json").get_json()
    for resource in package["resources"]:
        (tmp_path / resource["path"]).write_bytes(client.get(f"/data/{resource['path']}").data)
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "message"])
    assert {task.name for task in report.tasks} >= {"decisions-csv", "decisions-2026-03-csv"}


def test_the_catalogue_names_every_file(app: Flask, session: Session, client: FlaskClient) -> None:
    work(app, session)
    answer = client.get("/data/catalog.json")
    assert answer.content_type == "application/ld+json"
    (dataset,) = answer.get_json()["dcat:dataset"]
    told = {
        one["dct:title"]: one["spdx:checksum"]["spdx:checksumValue"] for one in dataset["dcat:distribution"]
    }
    assert told == {file.name: file.sha256 for file in data_files(session)}


def test_what_has_ended_is_given_out_by_no_file_from_that_moment(
    app: Flask, session: Session, client: FlaskClient, decisions: list[Decision], reviewer: Account
) -> None:
    work(app, session)
    names = [file.name for file in data_files(session)]
    gone, party = decisions[0].public_id, decisions[0].party_name
    withdraw(session, decisions[0], reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    for name in names:
        answer = client.get(f"/data/files/{name}")
        assert answer.status_code == 503, name
        assert "Retry-After" in answer.headers
    assert set(work(app, session)) == set(names)
    for name in names:
        told = client.get(f"/data/files/{name}").data.decode("utf-8", "ignore")
        assert party not in told, name
        assert gone not in told, name
    assert "首次生成后删去 1 行" in Pages(client).get("/data").get_text()
    assert client.get(f"/data/proofs/{gone}.json").status_code == 410


def test_a_file_ends_with_the_first_day_that_is_over(
    app: Flask,
    session: Session,
    client: FlaskClient,
    decisions: list[Decision],
    clock: time_machine.Traveller,
) -> None:
    work(app, session)
    last = decisions[0].ends_on
    assert last is not None
    clock.move_to(dt.datetime.combine(last, dt.time(20), tzinfo=dt.UTC))  # after midnight in Beijing
    assert client.get("/data/files/decisions-2026-03.csv").status_code == 503


def test_a_day_is_told_as_additions_changes_and_ends(
    app: Flask,
    session: Session,
    client: FlaskClient,
    decisions: list[Decision],
    reviewer: Account,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to(TOMORROW)
    changed, ended, same = decisions
    changed.facts += "更正后的事实。"
    changed.updated_at = TOMORROW
    withdraw(session, ended, reason="复议决定撤销了原处罚决定", actor=reviewer, now=TOMORROW)
    session.commit()
    clock.move_to(TOMORROW + dt.timedelta(days=1))
    work(app, session)
    first = lines(client, "delta-2026-03-02.jsonl")
    assert [(line["op"], line["id"]) for line in first] == [
        ("ADD", changed.public_id),
        ("ADD", same.public_id),
    ]
    second = lines(client, "delta-2026-03-03.jsonl")
    assert [(line["op"], line["id"]) for line in second] == [
        ("MOD", changed.public_id),
        ("DEL", ended.public_id),
    ]
    assert "record" not in second[1]
    assert second[0]["record"]["facts"].endswith("更正后的事实。")


def test_proofs_heads_and_consistency(
    app: Flask,
    session: Session,
    client: FlaskClient,
    decisions: list[Decision],
    clock: time_machine.Traveller,
) -> None:
    assert client.get(f"/data/proofs/{decisions[0].public_id}.json").status_code == 404
    work(app, session)
    proof = client.get(f"/data/proofs/{decisions[0].public_id}.json").get_json()
    assert proof["head"] == client.get("/data/heads.json").get_json()["heads"][0]["head"]
    page = Pages(client).post(
        "/verify", {"file": (io.BytesIO(json.dumps(proof).encode()), "proof.json")}, status=200
    )
    assert decisions[0].party_name in page.get_text()
    proof["record"]["penalty"] = "警告"
    page = Pages(client).post(
        "/en/verify", {"file": (io.BytesIO(json.dumps(proof).encode()), "proof.json")}, status=422
    )
    assert decisions[0].party_name not in page.get_text()
    assert client.get("/data/consistency.json?first=3&second=3").get_json()["path"] == []
    assert client.get("/data/consistency.json?first=2&second=3").status_code == 404
    assert client.get("/data/consistency.json?first=x&second=3").status_code == 400


def test_names_that_are_no_files(client: FlaskClient) -> None:
    for name in ("decisions-2026-13.csv", "delta-2026-02-30.jsonl", "decisions.exe", "../huhang.db"):
        assert days_of(name) is None
        assert client.get(f"/data/files/{name}").status_code == 404
