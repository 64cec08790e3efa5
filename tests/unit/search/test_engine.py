"""Questions and answers: every part of a text finds it, and totals, facets and pages agree."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from search.documents import BORDER, Amount, Audience, Facet, Kind, Zone
from search.engine import EmbeddedEngine
from search.errors import IndexUnavailable, QueryError
from search.facets import NONE, Filters
from search.index.store import IndexStore
from search.paging import Sort
from tests.unit.search.making import (
    TODAY,
    all_pages,
    ask,
    decided,
    document,
    engine_of,
    found,
    ids,
    store_of,
    with_words,
)

DAY = dt.date(2025, 6, 1)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    """Sixty documents with ties in every column, in several segments."""
    folder = tmp_path_factory.mktemp("many")
    documents = [
        document(
            n,
            "没收侵权商品。" * (1 + n % 4) + ("并处罚款" if n % 3 else "警告"),
            facets={
                Facet.CAUSE: (f"案由{n % 4}",) if n % 5 else (),
                Facet.PENALTY_KIND: ("没收", "罚款")[: 1 + n % 2],
            },
            amounts={Amount.DECIDED_ON: (DAY + dt.timedelta(n % 7)).toordinal(), Amount.FINE: n % 6 * 100}
            if n % 9
            else {},
        )
        for n in range(60)
    ]
    store = store_of(folder, documents[:50])
    store.apply(upserts=documents[50:59])
    store.apply(upserts=documents[59:])
    assert store.status().segments == 3
    return EmbeddedEngine(store)


def test_words_must_all_occur_and_quoted_ones_together(tmp_path: Path) -> None:
    engine = engine_of(
        tmp_path, [document(1, "iPhone 手机 15 台"), document(2, "iPhone 15 手机"), document(3, "手机")]
    )
    assert found(engine, "iphone 15 手机") == {1, 2}
    assert found(engine, '"iphone 15" 手机') == {2}
    assert found(engine, "") == {1, 2, 3}
    assert found(engine, "电脑") == set()


@pytest.mark.parametrize("char", ["款", "末", "x", "，", "5"])
def test_a_single_character_is_found_wherever_it_stands(tmp_path: Path, char: str) -> None:
    engine = engine_of(tmp_path, [document(1, "款，5X*X末"), document(2, "其他")])
    assert found(engine, char) == {1}


def test_a_masking_sign_in_a_question_stands_for_one_character(tmp_path: Path) -> None:
    engine = engine_of(
        tmp_path, [document(1, "张*丰公司"), document(2, "张三丰公司"), document(3, "张丰公司")]
    )
    assert found(engine, "张*丰") == {1, 2}
    assert found(engine, "*丰公司*") == {1, 2, 3}


def test_no_phrase_reaches_over_a_border_or_into_the_next_document(tmp_path: Path) -> None:
    long = "甲" * 63
    engine = engine_of(tmp_path, [document(1, f"罚{BORDER}款"), document(2, long), document(3, "乙丙")])
    assert found(engine, "罚款") == set()
    assert found(engine, "甲*丙") == set()
    assert found(engine, "甲甲") == {2}


def test_the_x_of_a_code_is_found_and_letters_of_a_mask_too(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [document(1, "91410100MA3X5ABC2X"), document(2, "张XX")])
    assert found(engine, "MA3X5") == {1}
    assert found(engine, "bc2x") == {1}
    assert found(engine, "张XX") == found(engine, "张X") == {2}


def test_staff_see_what_the_public_does_not(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [document(1), document(2, audience=Audience.STAFF)])
    assert found(engine, "罚款") == {1}
    assert found(engine, "罚款", audience=Audience.STAFF) == {1, 2}


def test_hidden_documents_don_t_even_change_scores(tmp_path: Path) -> None:
    public = [document(1, "罚款罚款"), document(2, "罚款"), document(3, "没收")]
    hidden = [document(n, "罚款" * 9, audience=Audience.STAFF) for n in range(4, 20)]
    alone, mixed = engine_of(tmp_path / "a", public), engine_of(tmp_path / "b", public + hidden)
    assert ask(alone, "罚款").hits == ask(mixed, "罚款").hits


def test_one_question_asks_for_one_kind(tmp_path: Path) -> None:
    engine = engine_of(
        tmp_path, [document(1), document(1, kind=Kind.LISTING), document(2, kind=Kind.LISTING)]
    )
    assert found(engine, "罚款", kind=Kind.LISTING) == {1, 2}


def test_a_record_is_gone_the_day_after_its_last_public_day(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [document(1, amounts={Amount.ENDS_ON: TODAY.toordinal()}), document(2)])
    assert found(engine, "罚款") == {1, 2}
    assert found(engine, "罚款", today=TODAY + dt.timedelta(1)) == {2}


def test_what_has_ended_in_the_database_counts_for_nothing(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [with_words(n, Facet.CAUSE, "假冒") for n in range(5)])
    results = ask(engine, "罚款", excluded={1, 3})
    assert (results.total, set(ids(results))) == (3, {0, 2, 4})
    assert results.facets[Facet.CAUSE].words == (("假冒", 3),)


def test_a_commit_is_seen_by_the_next_question(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [document(1)])
    assert found(engine, "罚款") == {1}
    IndexStore(tmp_path).apply(upserts=[document(2)], deletes=[(Kind.DECISION, 1)])
    assert found(engine, "罚款") == {2}


def test_facts_count_for_more_than_quoted_statutes(tmp_path: Path) -> None:
    engine = engine_of(
        tmp_path,
        [
            document(1, zones=((Zone.FACTS, "销售假冒专利产品"), (Zone.BASIS, "依据专利法"))),
            document(2, zones=((Zone.FACTS, "销售过期药品某批"), (Zone.BASIS, "假冒专利" * 2))),
            document(3, "其他"),
        ],
    )
    assert ids(ask(engine, "假冒专利")) == [1, 2]


@pytest.mark.parametrize("facet", [Facet.CAUSE])
@pytest.mark.parametrize("text", ["", "没收", "罚款"])
def test_counts_of_a_facet_with_one_word_each_add_up_to_the_total(
    many: EmbeddedEngine, text: str, facet: Facet
) -> None:
    results = ask(many, text)
    assert sum(times for _, times in results.facets[facet].words) == results.total > 0


def test_choosing_a_word_gives_as_many_hits_as_it_promised(many: EmbeddedEngine) -> None:
    for word, times in ask(many, "没收").facets[Facet.CAUSE].words:
        chosen = ask(many, "没收", filters=Filters(words={Facet.CAUSE: frozenset({word})}))
        assert chosen.total == times
        assert chosen.facets[Facet.CAUSE] == ask(many, "没收").facets[Facet.CAUSE], (
            "its own filter is left out"
        )
        assert sum(n for kind, n in chosen.facets[Facet.PENALTY_KIND].words if kind == "没收") == times


def test_documents_without_a_word_can_be_chosen_too(many: EmbeddedEngine) -> None:
    chosen = found(many, "", filters=Filters(words={Facet.CAUSE: frozenset({NONE, "案由1"})}))
    assert chosen == {n for n in range(60) if n % 5 == 0 or n % 4 == 1}


def test_ranges_include_both_ends_and_leave_out_what_has_no_number(many: EmbeddedEngine) -> None:
    chosen = found(many, "", filters=Filters(ranges={Amount.FINE: (100, 300)}))
    assert chosen == {n for n in range(60) if n % 9 and 1 <= n % 6 <= 3}
    assert found(many, "", filters=Filters(ranges={Amount.FINE: (None, None)})) == {
        n for n in range(60) if n % 9
    }


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("size", [1, 7, 60])
@pytest.mark.parametrize("text", ["", "没收", "没收 罚款"])
def test_pages_cover_all_hits_exactly_once(many: EmbeddedEngine, text: str, size: int, sort: Sort) -> None:
    pages = all_pages(many, text, size=size, sort=sort)
    flat = [number for page in pages for number in page]
    assert len(flat) == len(set(flat)) == ask(many, text).total
    assert all(len(page) == size for page in pages[:-1])
    assert flat == ids(ask(many, text, size=100, sort=sort)), "and in the order of one long page"


def test_dates_and_amounts_order_both_ways_with_missing_ones_last(tmp_path: Path) -> None:
    dated = [decided(n, DAY + dt.timedelta(days)) for n, days in ((1, 5), (2, 9), (3, 5))]
    engine = engine_of(tmp_path, [*dated, document(4)])
    assert ids(ask(engine, "", sort=Sort.NEWEST)) == [2, 3, 1, 4]
    assert ids(ask(engine, "", sort=Sort.OLDEST)) == [3, 1, 2, 4]
    assert ids(ask(engine, "")) == [2, 3, 1, 4], "asked for everything, the newest come first"


def test_a_cursor_is_good_for_its_own_question_only(many: EmbeddedEngine) -> None:
    cursor = ask(many, "没收", size=5).next_cursor
    assert cursor is not None
    for bad in ("", "x", "!!!", cursor[:-3], cursor + "AA", "WzEsMixd", "e30", "bnVsbA"):
        with pytest.raises(QueryError, match="第一页"):
            ask(many, "没收", size=5, after=bad)
    with pytest.raises(QueryError, match="第一页"):
        ask(many, "罚款", size=5, after=cursor)


@pytest.mark.parametrize("size", [0, -1, 1001])
def test_an_impossible_page_size_is_refused(many: EmbeddedEngine, size: int) -> None:
    with pytest.raises(QueryError, match="每页条数"):
        ask(many, "", size=size)


def test_without_an_index_search_says_so(tmp_path: Path) -> None:
    engine = EmbeddedEngine(IndexStore(tmp_path))
    with pytest.raises(IndexUnavailable):
        ask(engine, "罚款")
    IndexStore(tmp_path).rebuild([document(1)])
    assert found(engine, "罚款") == {1}


def test_a_small_cache_changes_no_answer(tmp_path: Path) -> None:
    store = store_of(tmp_path, [document(n, "罚款五万元" * (n + 1)) for n in range(9)])
    tiny, ample = EmbeddedEngine(store, cache_bytes=64), EmbeddedEngine(store)
    for char in "罚款五万元罚款":
        assert ask(tiny, char).hits == ask(ample, char).hits


def test_what_is_kept_of_a_phrase_is_true_for_every_asker_and_after_every_change(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [document(1), document(2, audience=Audience.STAFF), document(3, "没收")])
    for _ in range(2):
        assert found(engine, "罚款") == {1}
        assert found(engine, "罚款", audience=Audience.STAFF) == {1, 2}
        assert found(engine, "事实:罚款", sort=Sort.NEWEST) == {1}
        assert found(engine, "处罚:罚款") == set()
    IndexStore(tmp_path).apply(upserts=[document(3, "罚款", revision=2)], deletes=[document(1).key])
    assert found(engine, "罚款") == {3}
    kept = engine.cache_bytes
    engine.forget()
    assert (kept > 0, engine.cache_bytes) == (True, 0)
    assert found(engine, "罚款") == {3}
