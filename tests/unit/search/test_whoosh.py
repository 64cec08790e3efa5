"""Whoosh's own queries on our index give what our executor gives: the codec is a true Whoosh codec."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Phrase, Prefix, Term

from search.engine import EmbeddedEngine
from search.index.schema import SCHEMA_VERSION
from search.index.store import IndexStore
from tests.unit.search.making import document, engine_of, found

TEXTS = ["罚款五万元并罚款", "五万元罚款", "没收五万件，罚款", "罚五款万元", "没收"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    engine_of(tmp_path, [document(n, text) for n, text in enumerate(TEXTS)])
    return tmp_path


def by_whoosh(folder: Path, query: Term | Phrase | Prefix) -> set[int]:
    index = FileStorage(str(folder / f"v{SCHEMA_VERSION}-000001")).open_index()
    with index.searcher() as searcher:
        numbers = searcher.reader().column_reader("id")
        return {numbers[number] for number in searcher.docs_for_query(query)}


@pytest.mark.parametrize("word", ["罚款", "五万", "没收", "元罚", "电脑"])
def test_a_pair(folder: Path, word: str) -> None:
    assert by_whoosh(folder, Term("text", word)) == found(engine_at(folder), word)


@pytest.mark.parametrize("word", ["罚款五", "五万元罚款", "没收五万件", "罚款罚", "万元并"])
def test_a_phrase(folder: Path, word: str) -> None:
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    assert by_whoosh(folder, Phrase("text", pairs)) == found(engine_at(folder), word)


@pytest.mark.parametrize("char", ["元", "件", "收", "脑"])
def test_a_character_by_the_dictionary(folder: Path, char: str) -> None:
    assert by_whoosh(folder, Prefix("text", char)) == found(engine_at(folder), char)


def test_the_dictionary_knows_how_often_a_term_occurs(folder: Path) -> None:
    with FileStorage(str(folder / f"v{SCHEMA_VERSION}-000001")).open_index().reader() as reader:
        assert (reader.frequency("text", "罚款"), reader.doc_frequency("text", "罚款")) == (4, 3)
        assert ("text", b"\xe7\xbd\x9a") not in reader
        assert sum(1 for _ in reader.lexicon("text")) == len(set(reader.lexicon("text")))


def engine_at(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(IndexStore(folder))
