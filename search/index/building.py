"""A rebuild: a new generation is filled beside the one in use, in steps, so that one that was killed is taken up again.

What a step has committed stays. Whoever builds on afterwards asks the source what has changed meanwhile, and so does every
rebuild before it is swapped in: other writers go on with the generation in use, and nothing that they did is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from whoosh.filedb.filestore import FileStorage

from search.documents import Key, SearchDocument
from search.index.changes import apply_changes, held_revisions
from search.index.schema import schema
from search.index.snapshot import open_snapshot
from search.index.writer import write_all

Progress = Callable[[int], None]


class Source(Protocol):
    """Where all documents come from, as often as they are asked for."""

    def after(self, last: Key | None) -> Iterable[SearchDocument]:
        """The documents with a key above `last` (all for None), in the order of their keys, each once."""

    def revisions(self) -> Mapping[Key, int]:
        """Every key that there is now, with its revision."""

    def these(self, keys: Collection[Key]) -> Iterable[SearchDocument]:
        """Those of the documents that are still there."""


def begin(target: Path) -> None:
    """Makes an empty generation."""
    target.mkdir()
    FileStorage(str(target)).create_index(schema())


def fill(target: Path, source: Source, *, batch: int, progress: Progress) -> None:
    """Writes what is not there yet, a commit for every `batch` documents."""
    held = held_revisions(open_snapshot(target))
    index = FileStorage(str(target)).open_index()
    documents = source.after(max(held) if held else None)
    write_all(index, _told(documents, len(held), progress), done=len(held), batch=batch)


def catch_up(target: Path, source: Source) -> int:
    """Makes the generation what the source is now, and tells how many documents that are."""
    held, there = held_revisions(open_snapshot(target)), source.revisions()
    changed = {key for key, revision in there.items() if held.get(key) != revision}
    gone = frozenset(held.keys() - there.keys())
    if changed or gone:
        apply_changes(target, list(source.these(changed)), gone)
    return len(there)


def is_older(target: Path, source: Source) -> bool:
    """Whether the source knows of nothing newer than what is there: else it was brought back from a copy meanwhile."""
    there = source.revisions()
    held = held_revisions(open_snapshot(target))
    return all(revision <= there.get(key, revision) for key, revision in held.items())


def _told(documents: Iterable[SearchDocument], done: int, progress: Progress) -> Iterator[SearchDocument]:
    """The documents as they are, and a word on progress with each."""
    for number, document in enumerate(documents, done + 1):
        yield document
        progress(number)
