"""The promise of search: any 2 to 20 characters of a text find that text, in every spelling."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import EmbeddedEngine
from search.errors import QueryError
from search.fold import fold
from tests.unit.search.making import document, engine_of, found

TEXTS = [
    "豫知罚〔2023〕0１2号 当事人：护航虚构（郑州）商贸有限公司，统一社会信用代码91410100MA3X5ABC2X。",
    "经查，当事人于 2023 年 3 月销售标有“ZL201710123456.X”的A4纸 1,200 包，货值金额 5.6 万元；罚款陆万元整。",
    "依據《中華人民共和國專利法》第六十八條，答覆、瞭解、製造、複製、後續、乾燥、徵收、於是，隨著顯著發展。",
    "张** 与李XX（身份证号 4101******0012）共同经营“Huhang Demo Store”网店，Wi-Fi ℡ 0371-1234 5678，①②③ ½ ㎡。",
    "没收侵权商品【红酒】12瓶\n\n并处\u3000罚 款；如不服本决定，可在六十日内申请行政复议。café Straße İzmir e\u0301 ﬁn",
]
_TRADITIONAL = opencc.OpenCC("s2t")


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


SPELLINGS = {
    "as it stands": str,
    "traditional": _TRADITIONAL.convert,
    "full width": full_width,
    "capitals": str.swapcase,
    "brackets": lambda text: text.translate(str.maketrans("〔〕（）【】", "[]()〔〕")),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    return engine_of(tmp_path_factory.mktemp("texts"), [document(n, text) for n, text in enumerate(TEXTS)])


@settings(max_examples=400)
@given(st.integers(0, len(TEXTS) - 1), st.sampled_from(sorted(SPELLINGS)), st.data())
def test_any_part_of_a_text_finds_it_in_any_spelling(
    engine: EmbeddedEngine, number: int, spelling: str, data: st.DataObject
) -> None:
    length = data.draw(st.integers(2, 20))
    start = data.draw(st.integers(0, len(TEXTS[number]) - length))
    part = SPELLINGS[spelling](TEXTS[number][start : start + length])
    try:
        hits = found(engine, part)
    except QueryError:
        assert not fold(part).text.strip("*×x "), "only what masks is refused"
    else:
        assert number in hits or not part.strip()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("罚款aX1 *（，某"), max_size=40), min_size=1, max_size=6), st.data())
def test_hits_are_exactly_the_texts_that_hold_the_folded_word(
    tmp_path: Path, texts: list[str], data: st.DataObject
) -> None:
    word = data.draw(st.text(st.sampled_from("罚款aX1（，某"), min_size=1, max_size=4))
    folded = fold(word).text
    if not folded.strip("x") and len(folded) > 1:
        return
    engine = engine_of(tmp_path, [document(n, text) for n, text in enumerate(texts)])
    assert found(engine, word) == {n for n, text in enumerate(texts) if folded in fold(text).text}
