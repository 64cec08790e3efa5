"""Search over invented decisions as the site asks it, against SQLite FTS5 doing the same work in the same run.

    python -m benchmarks.decisions [--scale full] [--json]

The work: the number of hits, the best twenty, the counts of the same nine facets, and the marked snippets of those
twenty. The baseline keeps its texts in one table and its columns in another, all in memory.
"""

from __future__ import annotations

import datetime as dt
import functools
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.support.run import run
from cli.demo.decisions import decisions
from models.people.profile_files import load_profile
from results.shown import DOCUMENTS_KEPT
from search.decisions import decision_document
from search.documents import Audience, Facet, Kind, SearchDocument
from search.engine import EmbeddedEngine
from search.fold import fold
from search.fold_table import fold_table
from search.index.store import IndexStore
from search.parse import parse
from search.snippets import Zoned, snippets

COUNTS = {"reduced": 2_000, "full": 20_000}
ROUNDS = 3
TODAY = dt.date(2026, 1, 5)
ROOT = Path(__file__).resolve().parents[1]
TERMS = (
    "假冒", "专利", "商标", "罚款", "没收", "当事人", "销售", "白酒", "侵犯注册商标专用权", "有限公司", "责令立即停止",
    "行政复议", "营业执照", "货值金额", "检查", "标注", "包装", "网店", "违法所得", "举报",
)  # fmt: skip


def made(count: int) -> list[SearchDocument]:
    """Documents of `count` invented decisions."""
    profile = load_profile("pingdingshan", ROOT / "profiles")
    return [
        document(number, one.content)
        for number, one in enumerate(decisions(7, count, today=TODAY, profile=profile))
    ]


def document(number: int, content: Any) -> SearchDocument:
    names = {name: getattr(content, name) for name in content.__dataclass_fields__}
    record = SimpleNamespace(
        **names, id=number, row_version=1, party_uscc=content.uscc, ends_on=None,
    )  # fmt: skip
    record.penalty_kinds = [str(kind) for kind in content.penalty_kinds]
    return decision_document(record, audience=Audience.PUBLIC, published_on=content.decided_on)


def questions(documents: Sequence[SearchDocument]) -> list[str]:
    """Words of the field, and parts of texts of 2, 3, 4 and 6 characters."""
    rng = random.Random(7)  # noqa: S311 - a fixed choice
    asked = list(TERMS)
    for length in (2, 3, 4, 6):
        for _ in range(40):
            text = fold(rng.choice(documents).zones[0][1]).text
            start = rng.randrange(max(1, len(text) - length))
            part = "".join(char for char in text[start : start + length] if "\u4e00" <= char <= "\u9fff")
            asked += [part] if len(part) >= 2 else []
    return asked


class Baseline:
    """FTS5 over pairs of characters, facets by GROUP BY, snippets by Python's own search."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self.db = sqlite3.connect(":memory:")
        self.texts = [fold(one.text).text for one in documents]
        self.db.execute("create virtual table t using fts5(x, content='', tokenize='unicode61')")
        self.db.executemany(
            "insert into t(rowid, x) values (?, ?)", ((n, _pairs(text)) for n, text in enumerate(self.texts))
        )
        self.db.execute("insert into t(t) values ('optimize')")
        self.db.execute("create table word(document integer, facet text, value text)")
        self.db.executemany(
            "insert into word values (?, ?, ?)",
            (
                (n, facet, value)
                for n, one in enumerate(documents)
                for facet, words in one.facets.items()
                for value in words
            ),
        )
        self.db.execute("create index word_document on word(document)")

    def ask(self, question: str) -> int:
        match = _phrase(question)
        hits = [row[0] for row in self.db.execute("select rowid from t where t match ?", (match,))]
        top = [
            r[0]
            for r in self.db.execute(
                "select rowid from t where t match ? order by bm25(t) limit 20", (match,)
            )
        ]
        counted = "select facet, value, count(*) from word where document in (select rowid from t where t match ?) group by 1, 2"
        self.db.execute(counted, (match,)).fetchall()
        for number in top:
            at = self.texts[number].find(question)
            self.texts[number][max(0, at - 30) : at + 30 + len(question)]
        return len(hits)


def _phrase(question: str) -> str:
    return '"' + " ".join(question[at : at + 2] for at in range(len(question) - 1)) + '"'


def _pairs(text: str) -> str:
    return " ".join(text[at : at + 2] for at in range(len(text) - 1) if not text[at : at + 2].isspace())


@dataclass(frozen=True)
class Ours:
    """The engine, and the texts from which snippets are made, as many of them kept as the site keeps."""

    engine: EmbeddedEngine
    prepared: Callable[[int], Zoned]

    def ask(self, question: str, *, with_snippets: bool = True) -> int:
        query = parse(question)
        found = self.engine.search(
            query, kind=Kind.DECISION, audience=Audience.PUBLIC, today=TODAY, facets=tuple(Facet)
        )
        if with_snippets:
            for hit in found.hits:
                snippets(self.prepared(hit.id), query)
        return found.total

    def ask_anew(self, question: str) -> int:
        """As somebody whose words nobody has asked for: the index is in memory, and nothing of the answer is."""
        self.engine.forget()
        return self.ask(question)


def milliseconds(
    ask: Callable[[str], object], asked: Sequence[str], rounds: int = ROUNDS
) -> dict[str, float]:
    taken = []
    for _ in range(rounds):
        for question in asked:
            began = time.perf_counter()
            ask(question)
            taken.append((time.perf_counter() - began) * 1e3)
    taken.sort()
    return {"p50": taken[len(taken) // 2], "p95": taken[int(len(taken) * 0.95)], "max": taken[-1]}


def measure(count: int) -> dict[str, Any]:
    fold_table()
    documents = made(count)
    asked = questions(documents)
    baseline = Baseline(documents)
    with tempfile.TemporaryDirectory() as name:
        store = IndexStore(Path(name))
        began = time.perf_counter()
        store.rebuild(documents)
        built = count / (time.perf_counter() - began)
        prepared = functools.lru_cache(DOCUMENTS_KEPT)(lambda number: Zoned(documents[number].zones))
        ours = Ours(EmbeddedEngine(store), prepared)
        ours.engine.refresh()
        first = milliseconds(ours.ask, asked, rounds=1)
        return {
            "decisions": count,
            "characters": sum(len(one.text) for one in documents) / count,
            "questions": len(asked),
            "built_per_second": built,
            "rows": {
                "SQLite FTS5": milliseconds(baseline.ask, asked),
                "ours": milliseconds(ours.ask, asked),
                "ours, without snippets": milliseconds(lambda q: ours.ask(q, with_snippets=False), asked),
                "ours, no phrase asked before": milliseconds(ours.ask_anew, asked),
                "ours, first use": first,
            },
        }


def verdict(figures: dict[str, Any]) -> dict[str, bool]:
    rows = figures["rows"]
    ours, base, first = rows["ours"], rows["SQLite FTS5"], rows["ours, first use"]
    anew = rows["ours, no phrase asked before"]
    return {
        "never slower than FTS5 at p50 and p95": ours["p50"] <= base["p50"] and ours["p95"] <= base["p95"],
        "nor for words that nobody has asked for": anew["p50"] <= base["p50"] and anew["p95"] <= base["p95"],
        "warm p50 at most 3 ms": rows["ours, without snippets"]["p50"] <= 3,
        "warm p95 at most 15 ms": rows["ours, without snippets"]["p95"] <= 15,
        "first use p95 at most 120 ms": first["p95"] <= 120,
        "at least 250 decisions a second are indexed": figures["built_per_second"] >= 250,
    }


def show(figures: dict[str, Any]) -> None:
    print(
        f"{figures['decisions']} decisions of {figures['characters']:.0f} characters, {figures['questions']} questions;",
        end=" ",
    )
    print(f"indexed {figures['built_per_second']:.0f} a second")
    print(f"{'hits, top 20, nine facets, snippets':38}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    for name, row in figures["rows"].items():
        print(f"{name:38}{row['p50']:9.2f}{row['p95']:9.2f}{row['max']:9.2f}")


if __name__ == "__main__":
    sys.exit(run(__doc__, COUNTS, measure=measure, verdict=verdict, show=show))
