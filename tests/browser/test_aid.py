"""An application for aid with an expert's opinion: the desk and the head at a screen, the expert and the applicant on a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from models.kinds import Track
from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.behind import Behind
from tests.browser.steps.filer import Filer, Receipt
from tests.browser.steps.official import Official
from tests.browser.steps.visitor import Visitor

pytestmark = pytest.mark.browser

NAME = "周某某"
OPINION = "两款灯具的整体视觉效果没有实质性差异。"
REASONS = "三个工作日内由专家当面说明，并附上意见。"


class Desk(Official):
    """Whoever keeps the pool, asks, pays and decides."""

    def appoint(self, name: str) -> None:
        """聘任."""
        self.go("/casework/experts", "experts: pool")
        self.follow("聘任专家")
        self.arrive_at("聘任专家", "experts: appoint")
        self.press("保存")
        self.problems("experts: appoint, with mistakes")
        for field, words in (("name", name), ("employer", "示例大学"), ("contact", "0375-1234567")):
            self.control(f"#{field}").fill(words)
        self.control("input[name=fields][value=trademark]").check()
        self.control("#from_on").fill("2020-01-01")
        self.control("#until_on").fill("2099-12-31")
        self.press("保存")
        self.arrive_at(name, "experts: entry")
        self.sees("已聘任")

    def ask(self, name: str) -> str:
        """邀请; the path of the link."""
        self.follow("专家意见")
        self.arrive_at("专家意见", "experts: of a case")
        self.follow("邀请专家")
        self.arrive_at("邀请专家", "experts: ask")
        self.press("核对利害关系并做链接")
        self.problems("experts: ask, with mistakes")
        chosen = self.control("#expert").locator("option", has_text=name).first.get_attribute("value")
        self.control("#expert").select_option(value=chosen)
        self.control("#question").fill("两款灯具是否近似？")
        self.control("#fee").fill("800")
        self.press("核对利害关系并做链接")
        self.arrive_at("链接已经做好", "experts: link")
        return urlsplit(self.main.locator("#link").inner_text()).path

    def pay(self, name: str) -> None:
        """登记支付."""
        self.follow("专家意见")
        self.follow(name)
        self.arrive_at("专家意见书", "experts: opinion")
        self.sees(OPINION, "内容与签名时一致")
        self.press("登记支付")
        self.problems("experts: pay, with mistakes")
        self.control("#voucher").fill("V-2026-77")
        self.press("登记支付")
        self.sees("已登记支付", "V-2026-77")

    def decide(self) -> None:
        """援助决定."""
        self.follow("援助决定")
        self.arrive_at("援助决定", "case: decide aid")
        self.press("援助决定")
        self.problems("case: decide aid, with mistakes")
        self.control("input[name=decision][value=give]").check()
        self.control("input[name=helps][value=judgement]").check()
        self.control("#reasons").fill(REASONS)
        self.press("援助决定")
        self.sees("已作出援助决定", REASONS)


class Expert(Visitor):
    """Somebody of the pool, with a link and a phone."""

    def answer(self, path: str, name: str) -> None:
        """接受 and 出具意见."""
        self.go(path, "expert: asked")
        self.press("接受邀请")
        self.problems("expert: asked, with mistakes")
        self.control("input[name=is_clear]").check()
        self.press("接受邀请")
        self.arrive_at("请您出具专家意见", "expert: accepted")
        self.control("#opinion").fill(OPINION)
        self.control("#signed").fill("别人")
        self.press("签名并提交")
        self.problems("expert: accepted, with mistakes")
        self.control("#signed").fill(name)
        self.press("签名并提交")
        self.arrive_at("专家意见书", "expert: signed")
        self.sees("内容与签名时一致")


def _at_the_desk(visit: Visit, critic: Critic, behind: Behind, name: str, receipt: Receipt) -> Desk:
    person = Desk(visit(), critic)
    person.page.context.add_cookies([behind.cookie_of(name)])  # type: ignore[list-item]
    person.find_case(receipt.grouped)
    return person


def test_aid_is_decided_with_an_experts_opinion(visit: Visit, critic: Critic, behind: Behind) -> None:
    receipt = behind.filed(Track.AID)
    desk = _at_the_desk(visit, critic, behind, "intake", receipt)
    desk.accept()
    desk.do(
        "转入绿色通道",
        picks={"属于哪种情形": "展会"},
        texts={"怎样核实的": "已与展会主办方核对展位。"},
        then="已转入绿色通道",
    )
    head = _at_the_desk(visit, critic, behind, "head", receipt)
    head.appoint(NAME)
    desk.find_case(receipt.grouped)
    path = desk.ask(NAME)
    Expert(visit(phone=True), critic).answer(path, NAME)
    head.find_case(receipt.grouped)
    head.pay(NAME)
    head.find_case(receipt.grouped)
    head.decide()
    filer = Filer(visit(phone=True), critic)
    filer.track(receipt)
    filer.sees("提供援助", "请专家判断是否侵权", REASONS)
    assert behind.ledger_is_whole(), "flask audit verify"
