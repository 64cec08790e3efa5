"""A decision is entered, cleared by another, published by the worker, found, and withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from models.types import beijing_date, now_utc
from tests.browser.conftest import Site, Visit
from tests.browser.critic import Critic
from tests.browser.steps.behind import Behind
from tests.browser.steps.publishing import PARTY, Publisher, Reviewer
from tests.browser.steps.reader import Reader
from tests.support.decisions import invented_uscc

pytestmark = pytest.mark.browser

FACTS = "当事人在店内出售标注已经失效专利号的麒麟纹水杯二十只。"


def _yesterday() -> str:
    return (dt.date.today() - dt.timedelta(days=1)).isoformat()  # noqa: DTZ011 only has to lie in the past


def _served(number: str, party: str, uscc: str, facts: str, on: dt.date) -> str:
    """The text as it was served, for pasting."""
    return f"""平岭县市场监督管理局
行政处罚决定书
{number}
当事人：{party}
统一社会信用代码：{uscc}
经查，{facts}。
上述事实有现场笔录等证据证明。
当事人的行为违反《中华人民共和国专利法》第六十八条，构成销售假冒专利产品。
决定处罚如下：罚款人民币贰仟元整（2000元）。
如不服本决定，可以申请行政复议。
平岭县市场监督管理局
{on.year}年{on.month}月{on.day}日"""


def test_from_entry_to_withdrawal(visit: Visit, critic: Critic, site: Site) -> None:
    number = "平市监处罚〔2026〕901号"
    publisher = Publisher(visit(), critic)
    publisher.sign_in("publisher")
    publisher.enter_decision(number, facts=FACTS, decided_on=_yesterday())
    reader = Reader(visit(phone=True), critic)
    assert reader.search("麒麟") == [], "nothing is public before it is cleared"

    reviewer = Reviewer(visit(), critic)
    reviewer.sign_in("reviewer")
    reviewer.approve(number)
    assert reader.search_until("麒麟", 1) == [PARTY], "any two characters of the text find it"
    address = reader.open_first()
    reader.sees(number, FACTS)
    assert reader.main.locator("mark").all_inner_texts() == ["麒麟"]
    reader.go(address.replace("/decisions", "/en/decisions"), "decision, English")

    data = reader.page.request.get("/decisions.json", params={"q": "鹮鸟"}).json()
    assert (data["total"], data["items"][0]["document_number"]) == (1, number)
    assert data["items"][0]["url"] == address

    publisher.withdraw(number, "复议决定撤销了原处罚决定。")
    reader.go(address, "decision, withdrawn", status=410)
    reader.sees("复议决定撤销了原处罚决定。")
    reader.does_not_see(PARTY, "麒麟")
    assert reader.search("麒麟") == [], "from this moment on, not only after the worker came by"
    assert reader.page.request.get("/decisions.json", params={"q": "麒麟"}).json()["total"] == 0


def test_from_the_served_text_through_an_objection_to_credit_repair(visit: Visit, critic: Critic) -> None:
    number, facts = "平市监处罚〔2026〕905号", "当事人销售标注失效专利号的貔貅纹瓷碗十二只"
    decided_on = dt.date.today() - dt.timedelta(days=120)  # noqa: DTZ011 the least term is three months
    text = _served(number, "平岭县马会兰烟酒店", "92411402MA46NN2X0B", facts, decided_on)
    publisher, reviewer = Publisher(visit(), critic), Reviewer(visit(), critic)
    publisher.sign_in("publisher")
    publisher.enter_from_text(text, number)
    publisher.sees("2,000")
    reviewer.sign_in("reviewer")
    reviewer.approve(number)
    reader = Reader(visit(phone=True), critic)
    assert len(reader.search_until("貔貅", 1)) == 1
    address = reader.open_first()
    publisher.note_fulfilment(number, _yesterday())
    for kind, outcome in (("异议", "异议不成立"), ("信用修复申请", "准予信用修复")):
        publisher.note_petition(number, kind, str(beijing_date(now_utc())))
        reader.go(address, "decision, objected to")
        marked = "当事人对这条公示提出了异议，正在处理"
        (reader.sees if kind == "异议" else reader.does_not_see)(marked)
        reviewer.answer_petition(number, outcome)
    reader.go(address, "decision, repaired", status=410)
    reader.sees("信用修复，提前停止公示")
    reader.does_not_see("马会兰", "貔貅")
    assert reader.search("貔貅") == []


def test_from_the_served_text_to_the_day_after_the_last(visit: Visit, critic: Critic, behind: Behind) -> None:
    number, facts = "平市监处罚〔2026〕906号", "当事人销售标注失效专利号的獬豸纹木盘九只"
    party, uscc = "平岭县陆念秋木器店", invented_uscc(906, "92410400")
    decided_on = beijing_date(now_utc()) - dt.timedelta(days=363)  # it is public for twelve months from then
    publisher, reviewer = Publisher(visit(), critic), Reviewer(visit(), critic)
    publisher.sign_in("publisher")
    publisher.enter_from_text(_served(number, party, uscc, facts, decided_on), number)
    reviewer.sign_in("reviewer")
    reviewer.approve(number)
    reader = Reader(visit(phone=True), critic)
    assert reader.search_until("獬豸", 1) == [party]
    address = reader.open_first()
    assert number in reader.read("/decisions.atom?q=獬豸")

    last = behind.day_after_the_last(address.rsplit("/", 1)[-1])
    after = last + dt.timedelta(days=1)
    for language, kind, basis in (
        ("", "公示期届满，停止公示", "信用修复管理办法"),
        ("/en", "Term of publication over", "Measures for Credit Repair"),
    ):
        reader.go(address.replace("/decisions", f"{language}/decisions"), "decision, ended", status=410)
        reader.sees(kind, basis)
        expect(reader.main.locator(f"time[datetime='{after}']")).to_be_visible()
        for told in (party, "陆念秋", uscc, number, "獬豸"):
            assert told not in reader.page.content(), f"{told} at {language}{address}"
    for asked in ("獬豸", party, uscc):
        assert reader.search(asked, "decisions: none") == []
    for way in (".atom?q=獬豸", ".json?q=獬豸", ".atom", "/removals.atom"):
        told = reader.read(f"/decisions{way}")
        assert not [one for one in ("陆念秋", uscc, number) if one in told], way
    assert address.rsplit("/", 1)[-1] in told, "what has ended is named by its identifier alone"


def test_nobody_clears_what_they_entered(visit: Visit, critic: Critic) -> None:
    number = "平市监处罚〔2026〕902号"
    both = Reviewer(visit(), critic)
    both.sign_in("both")
    both.enter_decision(number, facts=FACTS, decided_on=_yesterday())
    assert not both.may_approve()
    both.sees("要由另一位审核员审核")


def test_a_number_that_must_not_be_public_blocks_publication(visit: Visit, critic: Critic) -> None:
    number = "平市监处罚〔2026〕903号"
    publisher = Publisher(visit(), critic)
    publisher.sign_in("publisher")
    publisher.enter_decision(number, facts=f"{FACTS}联系电话13800001234。", decided_on=_yesterday())
    reviewer = Reviewer(visit(), critic)
    reviewer.sign_in("reviewer")
    reviewer.open_decision(number, "待审核")
    assert not reviewer.may_approve()
    reviewer.look("publishing: blocked")


def test_a_question_that_cannot_be_asked_gets_a_sentence(visit: Visit, critic: Critic) -> None:
    reader = Reader(visit(), critic)
    for words in ("***", "罚" * 501, "罚" * 800):
        reader.search(words, "decisions: refused question")
        reader.sees("这样检索不了")
