"""A batch of changes, worked out against what the index holds, so that doing it twice is doing it once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from search.documents import Key, Kind, SearchDocument
from search.index.snapshot import Snapshot, open_snapshot
from search.index.writer import DocumentWriter, merge_tail


@dataclass(frozen=True)
class Applied:
    """How many documents were put in (new or replaced), taken out, and left as they were."""

    written: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.written or self.removed)


def apply_changes(folder: Path, upserts: list[SearchDocument], deletes: frozenset[Key]) -> Applied:
    """Commits `upserts` and `deletes` to the Whoosh index in `folder`. A delete wins over an upsert of its key.

    Raises:
        IndexUnavailable: the index cannot be read.
    """
    newest: dict[Key, SearchDocument] = {}
    for document in upserts:
        if document.key not in newest or newest[document.key].revision <= document.revision:
            newest[document.key] = document
    held = _held(open_snapshot(folder), [*newest, *deletes])
    wanted = [
        document
        for key, document in newest.items()
        if key not in deletes and (key not in held or held[key][1] < document.revision)
    ]
    leaving = [held[key][0] for key in (*(d.key for d in wanted), *deletes) if key in held]
    if wanted or leaving:
        _commit(folder, wanted, leaving)
    removed = sum(key in held for key in deletes)
    return Applied(len(wanted), removed, len(upserts) - len(wanted))


def held_revisions(snapshot: Snapshot) -> dict[Key, int]:
    """Every document that the index holds, with its revision."""
    kinds, alive = snapshot.words["kind"], snapshot.alive
    words = [Kind(kinds.values[numbers[0]]) if numbers else None for numbers in kinds.tuples]
    columns = (kinds.refs[alive], snapshot.ids[alive], snapshot.numbers["revision"][alive])
    held = zip(*(column.tolist() for column in columns), strict=True)
    return {(kind, number): revision for ref, number, revision in held if (kind := words[ref]) is not None}


def _held(snapshot: Snapshot, keys: Iterable[Key]) -> dict[Key, tuple[int, int]]:
    """Document number and revision of those of `keys` that the index holds."""
    asked = set(keys)
    candidates = np.flatnonzero(np.isin(snapshot.ids, [number for _, number in asked]) & snapshot.alive)
    kinds, revisions = snapshot.words["kind"], snapshot.numbers["revision"]
    found: dict[Key, tuple[int, int]] = {}
    for document in candidates.tolist():
        (kind,) = kinds.tuples[kinds.refs[document]]
        key = Kind(kinds.values[kind]), int(snapshot.ids[document])
        if key in asked:
            found[key] = document, int(revisions[document])
    return found


def _commit(folder: Path, wanted: list[SearchDocument], leaving: list[int]) -> None:
    writer = DocumentWriter(FileStorage(str(folder)).open_index())
    try:
        for number in leaving:
            writer.delete_document(number)
        for document in wanted:
            writer.add(document)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=merge_tail)
