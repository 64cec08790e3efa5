"""The tree of commitments: it only grows, every public record can be proved, and what has ended can't be guessed."""

from __future__ import annotations

import base64
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.data import merkle
from models.data.commitments import commit_public, commitment_of, erase_ended, nodes, size_of
from models.data.heads import consistency_file, head_file, inclusion_file, sign_head
from models.data.proofs import Verdict, check_proof
from models.data.records import record_of
from models.data.tables import Commitment, SignedHead
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.errors import NotFound
from models.filings.receipts import published_keys
from models.filings.sealing import Keyring
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.support.decisions import invented_uscc
from tests.support.published import published
from tests.support.sources import ROOT

KEYS = Keyring.from_hex(code_key="11" * 32, vault_key="22" * 32, signing_key="33" * 32)
DAY = dt.timedelta(days=1)


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER)
    return made


def a_decision(session: Session, reviewer: Account, number: int) -> Decision:
    return published(
        session,
        reviewer.assignments[0].unit,
        reviewer,
        document_number=f"测市监处罚〔2026〕{number:03}号",
        uscc=invented_uscc(number),
    )


def head_of(session: Session, now: dt.datetime = NOW) -> SignedHead:
    while commit_public(session, now=now, limit=2):
        session.commit()
    return sign_head(session, bureau="测试局", keys=KEYS, actor=WORKER, now=now)


def public_keys(session: Session) -> dict[str, bytes]:
    return {key.key_id: bytes.fromhex(key.public_key) for key in published_keys(session)}


def test_every_public_record_can_be_proved(session: Session, reviewer: Account) -> None:
    decisions = [a_decision(session, reviewer, number) for number in range(1, 8)]
    head = head_of(session)
    assert head.tree_size == len(decisions)
    for decision in decisions:
        proof = json.loads(json.dumps(inclusion_file(session, decision)))
        checked = check_proof(proof, public_keys(session))
        assert checked.verdict is Verdict.PUBLISHED
        assert checked.record == record_of(decision)
        assert check_proof(proof, {}).verdict is Verdict.UNKNOWN_KEY


def test_a_proof_does_not_survive_any_change(session: Session, reviewer: Account) -> None:
    decision = a_decision(session, reviewer, 1)
    a_decision(session, reviewer, 2)
    head_of(session)
    good = inclusion_file(session, decision)
    changes: list[dict[str, Any]] = [
        {"record": {**good["record"], "penalty": "警告"}},
        {"salt": "00" * 32},
        {"position": 1 - good["position"]},
        {"path": []},
        {"head": {**good["head"], "tree_size": 3}},
        {"head": {**good["head"], "bureau": "别的局"}},
        {"signature": base64.b64encode(b"\0" * 64).decode()},
    ]
    for change in changes:
        assert check_proof({**good, **change}, public_keys(session)).verdict is Verdict.ALTERED, change


@pytest.mark.parametrize(
    "document",
    [None, [], "x", {}, {"type": "huhang-inclusion/1"}, {"type": "huhang-inclusion/1", "head": []}],
)
def test_what_is_no_proof(document: object) -> None:
    assert check_proof(document, {}).verdict is Verdict.NO_PROOF


def test_ending_destroys_the_salt_and_nothing_else(session: Session, reviewer: Account) -> None:
    decision, other = a_decision(session, reviewer, 1), a_decision(session, reviewer, 2)
    before = head_of(session)
    salt = bytes.fromhex(inclusion_file(session, decision)["salt"])
    content = record_of(decision)
    withdraw(session, decision, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.commit()
    assert erase_ended(session, actor=WORKER, now=NOW) == 1
    assert erase_ended(session, actor=WORKER, now=NOW) == 0
    with pytest.raises(NotFound):
        inclusion_file(session, decision)
    assert size_of(session) == before.tree_size
    assert inclusion_file(session, other)["head"]["root"] == before.root
    gone = session.scalars(select(Commitment).where(Commitment.decision_id == decision.id)).one()
    assert gone.salt is None
    leaf = nodes(session, [(0, gone.position)])[0, gone.position]
    assert leaf == merkle.leaf_hash(commitment_of(salt, content)), "whoever kept the salt can still prove it"
    assert leaf != merkle.leaf_hash(commitment_of(b"", content)), (
        "and nobody else, not even with the whole text"
    )


def test_a_corrected_record_gets_a_leaf_of_its_own(session: Session, reviewer: Account) -> None:
    decision = a_decision(session, reviewer, 1)
    head_of(session)
    decision.facts += "更正后的事实。"
    session.commit()
    assert head_of(session, NOW + DAY).tree_size == 2
    assert check_proof(inclusion_file(session, decision), public_keys(session)).verdict is Verdict.PUBLISHED
    decision.remarks = "不公开的备注"
    session.commit()
    assert head_of(session, NOW + DAY).tree_size == 2, "nothing public has changed"


def test_the_tree_only_grows(session: Session, reviewer: Account) -> None:
    sizes = []
    for number in range(1, 6):
        a_decision(session, reviewer, number)
        sizes.append(head_of(session, NOW + DAY * number))
    for first in sizes:
        for second in sizes[sizes.index(first) :]:
            proof = consistency_file(session, first.tree_size, second.tree_size)
            path = [bytes.fromhex(one) for one in proof["path"]]
            roots = bytes.fromhex(first.root), bytes.fromhex(second.root)
            assert merkle.is_consistent(first.tree_size, second.tree_size, *roots, path)
    with pytest.raises(NotFound):
        consistency_file(session, 5, 4)
    with pytest.raises(NotFound):
        consistency_file(session, 1, 6)


def test_nothing_new_is_not_signed_again(session: Session, reviewer: Account) -> None:
    a_decision(session, reviewer, 1)
    assert head_of(session) is head_of(session, NOW + DAY)


def test_the_verifier_that_stands_alone_agrees(session: Session, reviewer: Account, tmp_path: Path) -> None:
    decision = a_decision(session, reviewer, 1)
    first = head_of(session)
    proof = inclusion_file(session, decision)
    for number in range(2, 5):
        a_decision(session, reviewer, number)
    later = head_of(session, NOW + DAY)
    keys = [{"key_id": key.key_id, "public_key": key.public_key} for key in published_keys(session)]
    files = {
        "proof": proof,
        "keys": {"keys": keys},
        "later": head_file(later),
        "consistency": consistency_file(session, first.tree_size, later.tree_size),
    }
    for name, document in files.items():
        (tmp_path / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "docs" / "verify_snapshot.py"), "proof", "--keys", "keys"]
        command += ["--later", "later", "--consistency", "consistency"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    good = run()
    assert good.returncode == 0, good.stderr
    assert decision.document_number in good.stdout
    proof["record"]["penalty"] = "警告"
    (tmp_path / "proof").write_text(json.dumps(proof), encoding="utf-8")
    assert run().returncode == 1
    (tmp_path / "proof").write_text("{", encoding="utf-8")
    assert run().returncode == 2
