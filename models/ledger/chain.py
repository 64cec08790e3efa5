"""The hash chain: the canonical form of an event, its hash, and the check of a whole chain."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.ledger.tables import HASH_LENGTH, LedgerEvent

GENESIS = "0" * HASH_LENGTH


def canonical(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: the same data give the same text everywhere."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(event: LedgerEvent) -> str:
    """SHA-256, in hexadecimal, over the previous hash and the canonical form of the event."""
    content = canonical(
        {
            "id": event.id,
            "at": event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "actor": event.actor,
            "act": event.act,
            "subject": [event.subject_kind, event.subject_id],
            "data": event.data,
        }
    )
    return hashlib.sha256(f"{event.previous_hash}\n{content}".encode()).hexdigest()


@dataclass(frozen=True)
class Finding:
    """A place where the chain is broken: the event's number and what is wrong with it."""

    id: int
    problem: str


def check(events: Iterable[LedgerEvent]) -> Iterator[Finding]:
    """Walks events in the order of their numbers and yields each place that is changed, missing or reordered."""
    expected_id, previous_hash = 1, GENESIS
    for event in events:
        if event.id != expected_id:
            yield Finding(expected_id, f"缺少第 {expected_id} 至 {event.id - 1} 条")
        elif event.previous_hash != previous_hash:
            yield Finding(event.id, "与前一条的哈希不相接：此处被调换、替换，或前一条被改动")
        if hash_of(event) != event.hash:
            yield Finding(event.id, "内容与哈希不符：这一条被改动")
        expected_id, previous_hash = event.id + 1, event.hash
