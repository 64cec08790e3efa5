"""The executor against a search of all texts one by one, for trees of every kind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from search.documents import Amount, Facet, SearchDocument, Zone
from search.engine import EmbeddedEngine
from search.facets import Filters
from search.paging import Sort
from search.query import All, And, Between, Near, Not, Or, Phrase, Query, Value
from tests.unit.search.making import all_pages, ask, document, found, ids, store_of

LETTERS = "假冒专利罚款"
ZONES = (Zone.PARTY, Zone.FACTS, Zone.PENALTY)


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - invented texts


def documents() -> list[SearchDocument]:
    rng = dice(7)
    return [
        document(
            n,
            zones=tuple(
                (zone, "".join(rng.choices(LETTERS, k=rng.randint(0, 12))) + "\x1e") for zone in ZONES
            ),
            facets={Facet.CAUSE: (rng.choice(("假冒专利", "商标侵权", "")),)},
            amounts={Amount.FINE: rng.randint(0, 9)} if n % 4 else {},
        )
        for n in range(120)
    ]


DOCUMENTS = documents()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    """In two segments."""
    store = store_of(tmp_path_factory.mktemp("tree"), DOCUMENTS[:90])
    store.apply(upserts=DOCUMENTS[90:])
    return EmbeddedEngine(store)


def matches(query: Query, one: SearchDocument) -> bool:
    """The meaning of a tree, said as plainly as possible."""
    match query:
        case All():
            return True
        case Phrase(text, zones):
            return any(text in part for zone, part in one.zones if not zones or zone in zones)
        case Near(texts, distance, zones):
            longest = sum(map(len, texts)) + distance
            return any(
                all(text in part[at : at + longest] for text in texts)
                for zone, whole in one.zones
                for part in [whole.rstrip("\x1e")]
                for at in range(len(part))
                if not zones or zone in zones
            )
        case Value(facet, text):
            return any(text in value for value in one.facets[facet])
        case Between(amount, low, high):
            value = one.amounts.get(amount)
            return value is not None and (low or 0) <= value <= (9 if high is None else high)
        case And(parts):
            return all(matches(part, one) for part in parts)
        case Or(parts):
            return any(matches(part, one) for part in parts)
        case Not(part):
            return not matches(part, one)
        case _:
            raise AssertionError(query)


def random_tree(rng: random.Random, depth: int = 3) -> Query:
    def words() -> str:
        return "".join(rng.choices(LETTERS, k=rng.randint(1, 3)))

    zones = (rng.choice(ZONES),) if rng.random() < 0.3 else ()
    leaves: tuple[Query, ...] = (
        Phrase(words(), zones),
        Phrase(words(), zones),
        Near((words(), words()), rng.randint(0, 6), zones),
        Near((words(), words(), words()), rng.randint(0, 6), zones),
        Value(Facet.CAUSE, rng.choice(("假冒", "商标", "侵权"))),
        Between(Amount.FINE, rng.randint(0, 5), rng.choice((None, rng.randint(3, 9)))),
        All(),
    )
    if depth == 0 or rng.random() < 0.3:
        return rng.choice(leaves)
    parts = tuple(random_tree(rng, depth - 1) for _ in range(rng.randint(2, 3)))
    return rng.choice((And(parts), Or(parts), Not(parts[0])))


@pytest.mark.parametrize("seed", range(150))
def test_a_tree_finds_what_it_means(engine: EmbeddedEngine, seed: int) -> None:
    tree = random_tree(dice(seed))
    expected = {one.id for one in DOCUMENTS if matches(tree, one)}
    for sort in (Sort.RELEVANCE, Sort.SMALLEST):
        results = ask(engine, tree, size=1000, sort=sort)
        assert set(ids(results)) == expected
        assert results.total == len(expected)


@pytest.mark.parametrize("seed", range(30))
def test_pages_of_any_tree_lead_to_the_last_hit_without_repeats(engine: EmbeddedEngine, seed: int) -> None:
    tree = random_tree(dice(seed))
    for sort in Sort:
        seen = [number for page in all_pages(engine, tree, size=7, sort=sort) for number in page]
        assert len(seen) == len(set(seen))
        assert set(seen) == {one.id for one in DOCUMENTS if matches(tree, one)}


def test_names_are_found_by_pinyin_and_initials_and_texts_are_not(tmp_path: Path) -> None:
    engine = EmbeddedEngine(
        store_of(
            tmp_path,
            [
                document(1, zones=((Zone.FACTS, "Huhang 商贸\x1e"), (Zone.PINYIN, "huhang\x1e"))),
                document(
                    2, zones=((Zone.FACTS, "无\x1e"), (Zone.PINYIN, "huhang\x1e"), (Zone.PINYIN, "hh\x1e"))
                ),
            ],
        )
    )
    assert found(engine, "拼音:huhang") == {1, 2}
    assert found(engine, "pinyin:HH") == {2}
    assert found(engine, "huhang") == {1}, "letters of a text are found in texts alone"


def test_unwanted_words_are_left_out_and_their_own_facet_still_counts_them(engine: EmbeddedEngine) -> None:
    without = Filters(without={Facet.CAUSE: frozenset({"假冒专利", "商标侵权"})})
    results = ask(engine, "", filters=without, size=1000)
    rest = {one.id for one in DOCUMENTS if one.facets[Facet.CAUSE] == ("",)}
    assert set(ids(results)) == rest
    assert dict(results.facets[Facet.CAUSE].words) == dict(ask(engine, "").facets[Facet.CAUSE].words)


def test_many_words_of_a_facet_come_as_the_most_frequent_and_one_number(tmp_path: Path) -> None:
    many = [document(n, facets={Facet.COMPANY: (f"{min(n, 150):03}",)}) for n in range(200)]
    engine = EmbeddedEngine(store_of(tmp_path, many))
    counts = ask(engine, "").facets[Facet.COMPANY]
    assert counts.words[0] == ("150", 50)
    assert len(counts.words) == 100
    assert sum(times for _, times in counts.words) + counts.others == counts.documents == 200
    chosen = next(f"{n:03}" for n in range(150) if f"{n:03}" not in dict(counts.words))
    again = ask(engine, "", filters=Filters(words={Facet.COMPANY: frozenset({chosen})})).facets[Facet.COMPANY]
    assert dict(again.words)[chosen] == 1, "a chosen word is told however rare it is"
    assert sum(times for _, times in again.words) + again.others == again.documents
