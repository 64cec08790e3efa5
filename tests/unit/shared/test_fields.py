"""Fields tidy what is typed, say how to mend it, and draw their own component."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.datastructures import MultiDict

from models.errors import Invalid
from shared import fields, i18n
from shared.forms import Form
from tests.support.sources import ROOT


class Sample(Form):
    facts = fields.TextArea(
        "事实", [fields.Answered("请写明您看到的事实。")], hint="写清时间", who_sees="受理员", max_chars=10
    )
    right = fields.Radios(
        "权利",
        [fields.Answered("请选择一种权利。")],
        choices=[("tm", "商标"), ("pt", "专利")],
        hints={"tm": "仿冒"},
    )
    amount = fields.MoneyField("金额")
    on = fields.DateField("日期")
    count = fields.NumberField("数量")
    code = fields.CodeField("查询码")
    agree = fields.Tick("属实", [fields.Answered("请确认内容属实。")])


GOOD = {"facts": "有人卖假货", "right": "tm", "agree": "y"}


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    app = Flask(__name__, root_path=str(ROOT / "site"))
    app.secret_key = "test"
    app.config["WTF_CSRF_ENABLED"] = False
    i18n.init_app(app)
    app.jinja_env.globals["asset"] = lambda name: f"/static/{name}"
    with app.test_request_context("/", method="POST"):
        yield


def sent(**answers: str) -> Sample:
    form = Sample(formdata=MultiDict(answers))
    form.validate()
    return form


def test_a_good_answer_has_no_problems() -> None:
    assert sent(**GOOD).problems() == []


def test_what_is_missing_is_told_with_what_to_do_and_where() -> None:
    problems = [(problem.target, problem.sentence) for problem in sent().problems()]
    assert problems == [
        ("facts", "请写明您看到的事实。"),
        ("right-0", "请选择一种权利。"),
        ("agree", "请确认内容属实。"),
    ]


def test_blanks_are_no_answer_but_stay_in_the_control() -> None:
    assert [problem.target for problem in sent(**{**GOOD, "facts": "  \r\n "}).problems()] == ["facts"]


def test_line_ends_of_the_browser_don_t_count_twice() -> None:
    assert sent(**{**GOOD, "facts": "一二三四\r\n五六七八九"}).problems() == []


def test_too_long_an_answer_is_told_by_how_much() -> None:
    [problem] = sent(**{**GOOD, "facts": "字" * 13}).problems()
    assert problem.sentence == "写了 13 个字，最多 10 个字，请删去 3 个字。"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("amount", "很多", "请填写金额，例如 1200 或 1200.50。"),
        ("on", "昨天", "请填写日期，例如 2026-11-22。"),
        ("count", "x", "请填写数字，例如 12。"),
        ("right", "xx", "请从所列的选项中选择。"),
    ],
)
def test_what_can_t_be_read_is_told_with_an_example_and_kept(name: str, typed: str, sentence: str) -> None:
    form = sent(**{**GOOD, name: typed})
    assert [problem.sentence for problem in form.problems()] == [sentence]
    if name != "right":
        assert f'value="{typed}"' in form[name]()


@pytest.mark.parametrize("name", ["amount", "on", "count"])
def test_what_is_optional_may_be_left_empty(name: str) -> None:
    form = sent(**{**GOOD, name: ""})
    assert form.problems() == []
    assert form[name].data is None


def test_a_verb_s_refusal_stands_at_its_field() -> None:
    form = sent(**GOOD)
    form.take(Invalid("不行", {"facts": "请写得具体一些。"}))
    assert [(problem.target, problem.sentence) for problem in form.problems()] == [
        ("facts", "请写得具体一些。")
    ]


def test_a_refusal_that_names_no_field_stands_on_top() -> None:
    form = sent(**GOOD)
    form.take(Invalid("现在不能提交。"))
    assert [(problem.target, problem.sentence) for problem in form.problems()] == [("", "现在不能提交。")]


def test_a_field_draws_all_that_belongs_to_it() -> None:
    soup = BeautifulSoup(sent(facts="").facts(), "html.parser")
    control = soup.select_one("textarea#facts")
    assert control is not None
    assert control["aria-invalid"] == "true"
    described = [soup.find(id=name) for name in str(control["aria-describedby"]).split()]
    texts = " ".join(line.get_text() for line in described if line)
    assert all(words in texts for words in ("写清时间", "受理员", "请写明您看到的事实。", "最多 10 个字"))
    assert "选填" not in soup.get_text()


def test_what_may_be_left_out_says_so() -> None:
    assert "（选填）" in sent().amount()


def test_choices_carry_their_hints_and_the_chosen_one() -> None:
    soup = BeautifulSoup(sent(**GOOD).right(), "html.parser")
    assert [box["value"] for box in soup.select("input[checked]")] == ["tm"]
    assert "仿冒" in soup.get_text()


def test_what_is_typed_is_never_markup() -> None:
    assert "<script>" not in sent(**{**GOOD, "facts": "<script>"}).facts()
    assert "<script>" not in sent(**{**GOOD, "code": '"><script>'}).code()
