"""The hash chain: the canonical form of an event, its hash, and the check of a whole chain."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring as _quoted
from typing import Any, Protocol

from models.ledger.tables import HASH_LENGTH
from models.wording import said

GENESIS = "0" * HASH_LENGTH


class Event(Protocol):
    """What the chain needs of an event: the columns of `LedgerEvent`, as an object or as a row of a query."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def subject_kind(self) -> str: ...
    @property
    def subject_id(self) -> str: ...
    @property
    def data(self) -> str: ...
    @property
    def previous_hash(self) -> str: ...
    @property
    def hash(self) -> str: ...


def canonical(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: the same data give the same text everywhere."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(event: Event) -> str:
    """SHA-256, in hexadecimal, over the previous hash and the canonical form of the event."""
    return hashlib.sha256(f"{event.previous_hash}\n{content_of(event)}".encode()).hexdigest()


def content_of(event: Event) -> str:
    """The canonical form of the event, written out: a million of them are checked in a minute, and `canonical` would
    take twice as long for the same text. TypeError for a value of a kind that is never written.
    """
    number = event.id
    if type(number) is not int:
        raise TypeError(number)
    at = event.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return (
        f'{{"act":{_quoted(event.act)},"actor":{_quoted(event.actor)},"at":"{at}",'
        f'"data":{_quoted(event.data)},"id":{number},'
        f'"subject":[{_quoted(event.subject_kind)},{_quoted(event.subject_id)}]}}'
    )


@dataclass(frozen=True)
class Finding:
    """A place where the chain is broken: the event's number and what is wrong with it."""

    id: int
    problem: str


def check(events: Iterable[Event]) -> Iterator[Finding]:
    """Walks events in the order of their numbers and yields each place that is changed, missing or reordered."""
    expected_id, previous_hash = 1, GENESIS
    for event in events:
        if event.id != expected_id:
            yield Finding(
                expected_id, said("缺少第 %(first)s 至 %(last)s 条", first=expected_id, last=event.id - 1)
            )
        elif event.previous_hash != previous_hash:
            yield Finding(event.id, "与前一条的哈希不相接：此处被调换、替换，或前一条被改动")
        if not _is_intact(event):
            yield Finding(event.id, "内容与哈希不符：这一条被改动")
        expected_id, previous_hash = event.id + 1, event.hash


def _is_intact(event: Event) -> bool:
    try:
        return hash_of(event) == event.hash
    except (TypeError, ValueError, AttributeError):  # a value of a kind that was never written
        return False
