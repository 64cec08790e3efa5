"""Search measured against SQLite FTS5 on the same texts, questions and machine, in one run.

    python -m benchmarks.search --data DIR [--texts N] [--scale full] [--json]

DIR holds `data/laws.jsonl.xz` and `tools/search_baseline.py`. Prints recall and precision against literal
substring search, and the latency of a ranked top 20: the baseline's; ours when the terms have been used; ours
when each question is the first one of a fresh process, with the index's pages dropped from the system's cache.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.support.run import tell
from search.documents import Audience, Kind, SearchDocument, Zone
from search.engine import MAX_SIZE, EmbeddedEngine
from search.fold import fold
from search.fold_table import fold_table
from search.index.store import IndexStore

LEAST_TEXTS = 3000  # the baseline draws its questions from so many
ROUNDS = {
    "reduced": 3,
    "full": 10,
}  # how often the warm questions are asked; the texts are always all of them
TODAY = dt.date(2026, 1, 5)
DEFAULT_DATA = Path(__file__).resolve().parents[1].parent / "shared"


def load_baseline(data: Path) -> ModuleType | None:
    """The baseline's module, or None where it or its texts are not on this machine."""
    script = data / "tools" / "search_baseline.py"
    if not script.exists() or not (data / "data" / "laws.jsonl.xz").exists():
        return None
    spec = importlib.util.spec_from_file_location("search_baseline", script)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(texts: Sequence[str]) -> Iterable[SearchDocument]:
    for number, text in enumerate(texts):
        yield SearchDocument(
            id=number,
            kind=Kind.DECISION,
            audience=Audience.PUBLIC,
            revision=1,
            zones=((Zone.FACTS, text),),
        )


def all_hits(engine: EmbeddedEngine, question: str) -> set[int]:
    """Every hit, page by page to the end."""
    found: set[int] = set()
    cursor: str | None = None
    while True:
        page = engine.search(
            question,
            kind=Kind.DECISION,
            audience=Audience.PUBLIC,
            today=TODAY,
            size=MAX_SIZE,
            after=cursor,
            facets=(),
        )
        found.update(hit.id for hit in page.hits)
        cursor = page.next_cursor
        if cursor is None:
            return found


def top(engine: EmbeddedEngine, question: str, **more: Any) -> None:
    engine.search(question, kind=Kind.DECISION, audience=Audience.PUBLIC, today=TODAY, **more)


def correctness(found: Callable[[str], set[int]], truth: dict[str, set[int]]) -> dict[str, float]:
    """Means over all questions; a question that nothing answers counts as right when nothing is found."""
    recall = precision = 0.0
    for question, expected in truth.items():
        hits = found(question)
        recall += len(hits & expected) / len(expected) if expected else 1
        precision += len(hits & expected) / len(hits) if hits else 1
    return {"recall": recall / len(truth), "precision": precision / len(truth)}


def folded_truth(texts: Sequence[str], questions: Sequence[str]) -> dict[str, set[int]]:
    """What has to be found exactly: blanks and line breaks inside Han text do not part words for us."""
    folded = [fold(text).text for text in texts]
    asked = {question: fold(question).text for question in questions}
    return {q: {n for n, text in enumerate(folded) if word in text} for q, word in asked.items()}


def milliseconds(ask: Callable[[str], Any], questions: Sequence[str], *, rounds: int = 1) -> dict[str, float]:
    taken = []
    for _ in range(rounds):
        for question in questions:
            began = time.perf_counter()
            ask(question)
            taken.append((time.perf_counter() - began) * 1e3)
    taken.sort()
    return {"p50": taken[len(taken) // 2], "p95": taken[int(len(taken) * 0.95)], "max": taken[-1]}


def first_use(folder: Path, questions: Sequence[str]) -> dict[str, float]:
    """Each question to an engine that has just opened the index, its pages not in memory."""
    taken = []
    for question in questions:
        forget(folder)
        engine = EmbeddedEngine(IndexStore(folder))
        engine.refresh()
        began = time.perf_counter()
        top(engine, question, facets=())
        taken.append((time.perf_counter() - began) * 1e3)
    taken.sort()
    return {"p50": taken[len(taken) // 2], "p95": taken[int(len(taken) * 0.95)], "max": taken[-1]}


def forget(folder: Path) -> None:
    """Asks the system to drop the index's pages, as after a restart of the machine."""
    for path in folder.rglob("*.*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def opening(folder: Path) -> float:
    """Milliseconds from nothing to a usable engine."""
    forget(folder)
    began = time.perf_counter()
    EmbeddedEngine(IndexStore(folder)).refresh()
    return (time.perf_counter() - began) * 1e3


def measure(baseline: ModuleType, limit: int | None, rounds: int) -> dict[str, Any]:
    texts: list[str] = baseline.texts()[:limit]
    questions: list[str] = baseline.queries(texts)
    truth: dict[str, set[int]] = baseline.truth(texts, questions)
    began = time.perf_counter()
    reference = baseline.Baseline(texts)
    built = {"SQLite FTS5": len(texts) / (time.perf_counter() - began)}
    fold_table()
    with tempfile.TemporaryDirectory() as name:
        store = IndexStore(Path(name))
        began = time.perf_counter()
        store.rebuild(documents(texts))
        built["ours"] = len(texts) / (time.perf_counter() - began)
        engine = EmbeddedEngine(store)
        found = {question: all_hits(engine, question) for question in questions}
        checked = correctness(found.__getitem__, truth)
        rows = {
            "SQLite FTS5, ranked top 20": {
                **correctness(reference.hits, truth),
                **milliseconds(reference.top, questions, rounds=rounds),
            },
            "ours, ranked top 20": {
                **checked,
                **milliseconds(lambda q: top(engine, q, facets=()), questions, rounds=rounds),
            },
            "ours, top 20, total and five facets": {
                **checked,
                **milliseconds(lambda q: top(engine, q), questions, rounds=rounds),
            },
            "ours, first use, pages dropped": {**checked, **first_use(store.folder, questions)},
        }
        wrong = sum(found[question] != hits for question, hits in folded_truth(texts, questions).items())
        sizes = {"index_bytes": store.status().size_bytes, "opening_ms": opening(store.folder)}
    characters = sum(map(len, texts))
    return {
        "texts": len(texts),
        "characters": characters,
        "questions": len(questions),
        "rows": rows,
        "wrong_when_folded": wrong,
        "built_per_second": built,
        **sizes,
    }


def verdict(figures: dict[str, Any]) -> dict[str, bool]:
    """The promises, each kept or not."""
    rows = figures["rows"]
    base, warm = rows["SQLite FTS5, ranked top 20"], rows["ours, ranked top 20"]
    first = rows["ours, first use, pages dropped"]
    return {
        "recall and precision are 1.000": round(min(warm["recall"], warm["precision"]), 3) == 1,
        "the same hits as searching all folded texts one by one": figures["wrong_when_folded"] == 0,
        "warm p50 and p95 are not above the baseline's": warm["p50"] <= base["p50"]
        and warm["p95"] <= base["p95"],
        "first use p95 is under 10 times the baseline's": first["p95"] < 10 * base["p95"],
        "at least 100 documents a second are built": figures["built_per_second"]["ours"] >= 100,
    }


def show(figures: dict[str, Any]) -> None:
    print(
        f"{figures['texts']} texts, {figures['characters']} characters, {figures['questions']} questions; "
        f"index {figures['index_bytes'] / 1e6:.0f} MB, opened in {figures['opening_ms']:.0f} ms"
    )
    for name, rate in figures["built_per_second"].items():
        print(f"built {name}: {rate:.0f} documents a second")
    print(f"{'':38}{'recall':>8}{'precision':>11}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    base = figures["rows"]["SQLite FTS5, ranked top 20"]
    for name, row in figures["rows"].items():
        ratio = f"   p95 {row['p95'] / base['p95']:.2f} × baseline"
        print(
            f"{name:38}{row['recall']:8.3f}{row['precision']:11.3f}"
            f"{row['p50']:9.2f}{row['p95']:9.2f}{row['max']:9.2f}{ratio}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, default=DEFAULT_DATA, help="folder of the texts and the baseline"
    )
    parser.add_argument("--texts", type=int, default=None, help="only the first N texts (default: all)")
    parser.add_argument("--scale", choices=sorted(ROUNDS), default="reduced", help="how often to ask")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    options = parser.parse_args(arguments)
    if options.texts is not None and options.texts < LEAST_TEXTS:
        parser.error(f"--texts must be at least {LEAST_TEXTS}")
    baseline = load_baseline(options.data)
    if baseline is None:
        print(f"Skipped: no texts and no baseline in {options.data}.", file=sys.stderr)
        return 0
    figures = measure(baseline, options.texts, ROUNDS[options.scale])
    return tell(figures, verdict=verdict, show=show, as_json=options.json)


if __name__ == "__main__":
    sys.exit(main())
