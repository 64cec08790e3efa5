"""Whatever is typed, in whatever script and with whatever signs of the language: an answer or a sentence, never a fault.

`HUHANG_TEST_QUESTIONS=1000000` asks a million of them, on as many different days as it is run; what is asked every time is less.
"""

from __future__ import annotations

import os
import random

import pytest

from search.documents import Facet, Zone
from search.engine import EmbeddedEngine
from search.errors import QueryError
from search.fields import FIELDS
from search.parse import MAX_CHARACTERS, parse
from search.snippets import Zoned, snippets
from search.writing import write
from tests.unit.search.making import ask, document, engine_of

QUESTIONS = int(os.environ.get("HUHANG_TEST_QUESTIONS", "3000"))
TEXT = "当事人甲公司在2025年销售假冒专利的电水壶，货值金额５万元。罚款五万元，没收 ABC-12 号〔2026〕7号。"
SHOWN = Zoned([(Zone.FACTS, TEXT)])
SIGNS = [
    *" 　\"“”‘'()（）:：~*×|&!-+.,，。<>=≥…/\\[]{}〔〕#^%\t\n\0\u200b\ufeff\ud7ff𠮷é§",
    *[
        "AND",
        "OR",
        "NOT",
        "且",
        "或",
        "非",
        "与",
        "..",
        "至",
        ">=",
        "~5",
        "~0",
        "~99999999999",
        "*",
        "某",
        "X",
        "××",
    ],
    *["1万..5万", "5万..1万", "2025-13", "2025-02..", "..2024", "99999999999999999999元", "-1", "1e9"],
    *(name for field in FIELDS for name in (f"{field.name}:", f"{field.english}：")),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    documents = [
        document(n, TEXT[n:] + TEXT[:n], facets={Facet.CAUSE: ("假冒专利",)}) for n in range(0, len(TEXT), 9)
    ]
    return engine_of(tmp_path_factory.mktemp("index"), documents)


def typed(dice: random.Random) -> str:
    """Pieces of the text, signs and names of the language, and any characters at all, one behind the other."""
    parts = []
    for _ in range(dice.randint(1, 12)):
        kind, at = dice.random(), dice.randrange(len(TEXT))
        if kind < 0.45:
            parts.append(TEXT[at : at + dice.randint(1, 4)])
        elif kind < 0.9:
            parts.append(dice.choice(SIGNS))
        else:
            parts.append(chr(dice.choice((dice.randrange(0xD800), dice.randrange(0xE000, 0x110000)))))
    return "".join(parts)


def test_any_question_gets_an_answer_or_a_sentence(engine: EmbeddedEngine) -> None:
    seed = random.SystemRandom().randrange(1 << 32) if "HUHANG_TEST_QUESTIONS" in os.environ else 7
    dice = random.Random(seed)  # noqa: S311 - so that a fault can be seen again
    answered = 0
    for number in range(QUESTIONS):
        question = typed(dice)
        try:
            answered += is_answered(engine, question)
        except Exception as error:
            raise AssertionError((seed, number, question)) from error
    assert QUESTIONS / 5 < answered < QUESTIONS, "both kinds are asked"


def is_answered(engine: EmbeddedEngine, question: str) -> bool:
    """Asks; False for a refusal, which has to be a sentence."""
    try:
        query = parse(question)
        ask(engine, query, size=3)
        if len(written := write(query)) <= MAX_CHARACTERS:  # short names of fields are written as long ones
            assert parse(written) == query, written
    except QueryError as error:
        if not str(error).endswith("。"):
            raise AssertionError(str(error)) from error
        return False
    for snippet in snippets(SHOWN, query):
        assert "".join(piece.text for piece in snippet.pieces) in TEXT
    return True
