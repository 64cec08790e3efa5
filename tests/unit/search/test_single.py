"""A question asked of one record means what it means to the index."""

from __future__ import annotations

import pytest

from search.documents import Zone
from search.engine import EmbeddedEngine
from search.parse import parse
from search.single import Single
from tests.unit.search.making import ask, document, ids, store_of
from tests.unit.search.test_tree import DOCUMENTS, dice, matches, random_tree


@pytest.mark.parametrize("seed", range(60))
def test_it_finds_what_the_tree_means(seed: int) -> None:
    tree = random_tree(dice(seed))
    found = {one.id for one in DOCUMENTS if Single(one).answers(tree)}
    assert found == {one.id for one in DOCUMENTS if matches(tree, one)}


@pytest.mark.parametrize(
    "question",
    [
        "護航",
        "ＡＢＣ商贸",
        "拼音:huhang",
        "拼音:hh",
        "商贸 NOT 百货",
        "当事人:护航",
        "违法事实:护航",
        "护*商",
        "huhang",
        "***或护航",
    ],
)
def test_it_agrees_with_the_index(tmp_path_factory: pytest.TempPathFactory, question: str) -> None:
    names = ("护航商贸有限公司", "ABC商贸", "护航百货商贸店", "別的公司")
    documents = [
        document(number, zones=((Zone.PARTY, name + "\x1e"), (Zone.FACTS, "销售假冒商品\x1e")))
        for number, name in enumerate(names, 1)
    ]
    query = parse(question)
    alone = {one.id for one, name in zip(documents, names, strict=True) if Single(one, name).answers(query)}
    if "拼音" not in question:
        engine = EmbeddedEngine(store_of(tmp_path_factory.mktemp("single"), documents))
        assert alone == set(ids(ask(engine, query, size=100)))
    else:
        assert alone == {1, 3}
