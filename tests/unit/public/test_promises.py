"""What is promised is what the rules say on that day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from models.people.profiles import Promises
from public.promises import FRONT_PAGE, SENTENCES, promises
from shared import i18n
from tests.support.clocks import day, rule_book

LOCAL = Promises(transfer_days=1, accept_days=0, feedback_days=5, note="")


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    app = Flask(__name__)
    i18n.init_app(app)
    with app.test_request_context("/"):
        yield


def test_every_sentence_stands_on_a_rule_of_the_book() -> None:
    assert set(SENTENCES) <= set(rule_book().ids)
    assert set(FRONT_PAGE) <= set(SENTENCES)


def test_the_length_and_the_article_come_from_the_version_in_force() -> None:
    before, after = (promises(rule_book(), LOCAL, day(on)) for on in ("2026-04-14", "2026-04-15"))
    assert "受理投诉后，45 个工作日内完成调解" in [line.sentence for line in before]
    assert "受理投诉后，60 日内完成调解" in [line.sentence for line in after]
    assert {line.basis for line in before} & {"20号 第14条"}
    assert {line.basis for line in after} & {"121号 第15条"}


def test_local_promises_come_last_and_say_that_they_are_no_law() -> None:
    lines = promises(rule_book(), LOCAL, day("2026-11-22"), of=FRONT_PAGE)
    local = [line for line in lines if line.is_local]
    assert lines[-len(local) :] == local
    assert all(not line.basis and not line.law for line in local)
    assert all(line.basis and line.law for line in lines if not line.is_local)


def test_a_promise_that_the_bureau_does_not_make_is_not_shown() -> None:
    sentences = [line.sentence for line in promises(rule_book(), LOCAL, day("2026-11-22")) if line.is_local]
    assert sentences == ["不属于本局处理的，1 个工作日内移交或者告知去向", "办结后，5 个工作日内反馈结果"]
