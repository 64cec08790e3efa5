"""docs/examples/mirror.py against the site: the copy follows what is published, corrected and ended, and notices what is untrue."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.integration.public.test_data import work
from tests.support.decisions import invented_uscc
from tests.support.published import published
from tests.support.sources import ROOT

DAY = dt.timedelta(days=1)
Run = Callable[..., Any]


def loaded(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PROGRAM = loaded(ROOT / "docs" / "examples" / "mirror.py")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


@pytest.fixture
def publish(session: Session, reviewer: Account) -> Callable[[int], Decision]:
    def one(number: int) -> Decision:
        return published(
            session,
            reviewer.assignments[0].unit,
            reviewer,
            now=dt.datetime.now(dt.UTC),
            document_number=f"测市监处罚〔2026〕{number:03}号",
            uscc=invented_uscc(number),
            party_name=f"护航样品{number}有限公司",
        )

    return one


@pytest.fixture
def run(client: FlaskClient, tmp_path: Path) -> Run:
    """One run of the program, its requests made to the application; `change` may tamper with an answer."""

    def update(change: Callable[[str, bytes], bytes] = lambda _address, body: body) -> Any:
        def fetch(address: str, method: str = "GET") -> tuple[int, Any, bytes]:
            answer = client.open(address.removeprefix("http://localhost"), method=method)
            return answer.status_code, answer.headers, change(address, answer.data)

        mirror = PROGRAM.Mirror("http://localhost/", tmp_path, PROGRAM.verifier(), fetch)
        mirror.update(dt.datetime.now(dt.UTC), proofs=10)
        return mirror

    return update


def kept(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def test_a_copy_follows_the_site(
    app: Flask,
    session: Session,
    run: Run,
    publish: Callable[[int], Decision],
    reviewer: Account,
    clock: time_machine.Traveller,
    tmp_path: Path,
) -> None:
    changed, ended, same = (publish(number) for number in (1, 2, 3))
    work(app, session)
    run()
    assert set(kept(tmp_path)) == {changed.public_id, ended.public_id, same.public_id}

    clock.move_to(NOW + DAY)
    changed.facts += "更正后的事实。"
    changed.updated_at = NOW + DAY
    new = publish(4)
    withdraw(session, ended, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW + DAY)
    session.commit()
    clock.move_to(NOW + 2 * DAY)
    work(app, session)
    mirror = run()
    copy = kept(tmp_path)
    assert set(copy) == {changed.public_id, same.public_id, new.public_id}
    assert copy[changed.public_id]["facts"].endswith("更正后的事实。")
    assert mirror.fresh == {changed.public_id, new.public_id}

    withdraw(session, same, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW + 2 * DAY)
    session.commit()
    run()
    assert set(kept(tmp_path)) == {changed.public_id, new.public_id}, "before any file was made anew"

    clock.move_to(NOW + 40 * DAY)
    publish(5)
    work(app, session)
    assert len(run().records) == 3, "deltas of the first days are gone; it begins anew"


def test_a_late_delta_is_made_good(
    app: Flask,
    session: Session,
    run: Run,
    publish: Callable[[int], Decision],
    clock: time_machine.Traveller,
    tmp_path: Path,
) -> None:
    publish(1)
    work(app, session)
    run()
    clock.move_to(NOW + DAY)
    late = publish(2)
    clock.move_to(NOW + 2 * DAY)
    run()
    assert late.public_id not in kept(tmp_path), "the worker has not been there"
    work(app, session)
    run()
    assert late.public_id in kept(tmp_path)


def _other_fine(address: str, body: bytes) -> bytes:
    return body.replace("罚款".encode(), "警告".encode()) if "/proofs/" in address else body


def _cut(address: str, body: bytes) -> bytes:
    return body[:-40] if address.endswith("decisions.jsonl") else body


def _another_root(address: str, body: bytes) -> bytes:
    if not address.endswith("heads.json"):
        return body
    heads = json.loads(body)
    heads["heads"][0]["head"]["root"] = "00" * 32
    return json.dumps(heads).encode()


@pytest.mark.parametrize(
    ("change", "error"),
    [(_other_fine, PROGRAM.Untrue), (_another_root, PROGRAM.Untrue), (_cut, PROGRAM.NoAnswer)],
)
def test_what_is_untrue_is_noticed_and_nothing_is_written(
    app: Flask,
    session: Session,
    run: Run,
    publish: Callable[[int], Decision],
    tmp_path: Path,
    change: Callable[[str, bytes], bytes],
    error: type[Exception],
) -> None:
    publish(1)
    work(app, session)
    with pytest.raises(error):
        run(change)
    assert not (tmp_path / "decisions.jsonl").exists()
    run()
    assert len(kept(tmp_path)) == 1


def test_a_history_that_was_rewritten_is_noticed(
    app: Flask, session: Session, run: Run, publish: Callable[[int], Decision], tmp_path: Path
) -> None:
    publish(1)
    work(app, session)
    run()
    state = json.loads((tmp_path / "state.json").read_text(encoding="utf-8"))
    state["head"]["head"]["root"] = "11" * 32
    (tmp_path / "state.json").write_text(json.dumps(state), encoding="utf-8")
    with pytest.raises(PROGRAM.Untrue, match="did not grow"):
        run()


def test_the_programs_can_be_had_from_the_site(client: FlaskClient) -> None:
    for name in ("mirror.py", "verify_snapshot.py", "verify_receipt.py", "recompute_lists.py"):
        answer = client.get(f"/data/tools/{name}")
        assert answer.status_code == 200
        compile(answer.data, name, "exec")
    assert client.get("/data/tools/huhang.db").status_code == 404
