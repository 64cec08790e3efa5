"""Writing segments: Whoosh's writer with our codec, and the rule by which segments are merged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE, OPTIMIZE, SegmentWriter

from search.documents import SearchDocument
from search.index.codec import PairCodec
from search.index.schema import fields

# A segment is merged into the one being written when it is at most this many times as large; so there are
# never more than a few segments, and a document is copied only a few times in its life.
_RATIO = 4
# Larger segments are left alone: merging them would go towards the limit of positions (see `inversion`).
_LARGEST = 1_000_000


class DocumentWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh's classes are untyped for mypy
    """One transaction on a Whoosh index. Take it only under the index's writer lock."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=PairCodec(), compound=False)

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: dict[int, int] | None) -> None:
        """Merges a segment's arrays as they are; Whoosh would take them apart posting by posting."""
        self.fieldwriter.merge(reader.segment(), startdoc, docmap)

    def add(self, document: SearchDocument) -> None:
        self.add_document(**fields(document))


def merge_tail(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's hook: merges the small segments into the one being written, and returns those that stay."""
    size = writer.doc_count()
    staying = []
    for segment in sorted(segments, key=_living):
        if _living(segment) <= _RATIO * size and size + _living(segment) <= _LARGEST:
            size += _living(segment)
            _take(writer, segment)
        elif segment.deleted_count() * 2 > segment.doc_count_all():
            _take(writer, segment)
        else:
            staying.append(segment)
    return staying


def _living(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _take(writer: Any, segment: Any) -> None:
    if not _living(segment):
        return
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()


def write_all(index: Any, documents: Iterable[SearchDocument], *, done: int, batch: int) -> None:
    """Adds documents to an index that holds `done` of them, a commit for every `batch`; in the end it is one segment."""
    writer: DocumentWriter | None = None
    try:
        for document in documents:
            writer = writer or DocumentWriter(index)
            writer.add(document)
            done += 1
            if done % batch == 0:
                writer.commit(mergetype=NO_MERGE)
                writer = None
        writer = writer or DocumentWriter(index)
        writer.commit(mergetype=OPTIMIZE if done <= _LARGEST else NO_MERGE)
    except BaseException:
        if writer is not None and not writer.is_closed:
            writer.cancel()
        raise
