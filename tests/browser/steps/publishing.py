"""Those who publish: the publisher who enters a decision, the reviewer who clears it."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.steps.officer import SignedIn

PARTY = "示例演示鹮鸟水杯商行"
CAUSE = "销售假冒专利产品"


class Publisher(SignedIn):
    """Enters and withdraws."""

    def enter_decision(self, number: str, *, facts: str, decided_on: str) -> None:
        """A decision of a sole trader, sent to review at once."""
        self.go("/casework/decisions", "publishing: list")
        self.follow("录入决定书")
        self.arrive_at("录入决定书", "publishing: entry")
        self.field("文号").fill(number)
        self.field("决定日期").fill(decided_on)
        self.field("个体工商户").check()
        self.field("当事人名称").fill(PARTY)
        self.field("案由").select_option(label=CAUSE)
        self.main.get_by_role("group", name="处罚种类").get_by_label("罚款", exact=True).check()
        self.field("罚款金额（元）").fill("2000")
        self.field("违法事实（查明的事实）").fill(facts)
        self.field("依据").fill("《中华人民共和国专利法》第六十八条")
        self.field("处罚内容（决定内容）").fill("罚款2000元。")
        self.press("保存并提交审核")
        self.arrive_at(number, "publishing: in review")

    def enter_from_text(self, text: str, number: str) -> None:
        """Pastes the served text, reads what was made of it, and confirms."""
        self.go("/casework/decisions", "publishing: list")
        self.follow("从全文录入")
        self.arrive_at("从决定书全文录入", "publishing: paste")
        self.field("决定书全文").fill(text)
        self.press("读出各段")
        self.arrive_at("录入决定书", "publishing: confirm")
        self.sees("送达的原文")
        self.press("保存并提交审核")
        self.arrive_at(number, "publishing: in review")

    def note_fulfilment(self, number: str, on: str) -> None:
        """已经履行."""
        self.open_decision(number, "公示中")
        part = self._opened("履行情况")
        part.get_by_label("已经履行").check()
        part.get_by_label("履行完毕的日期").fill(on)
        part.get_by_role("button", name="记录").click()
        self.sees("已记录履行情况。")

    def note_petition(self, number: str, kind: str, on: str) -> None:
        """What the party has asked on paper."""
        self.open_decision(number, "公示中")
        part = self._opened("登记异议或者信用修复申请")
        part.get_by_label("当事人提出").select_option(label=kind)
        part.get_by_label("收到的日期").fill(on)
        part.get_by_label("请求和理由").fill("请依法处理。")
        part.get_by_label("已公开作出信用承诺").check()
        part.get_by_role("button", name="登记申请").click()
        self.sees("已登记。")
        self.look("publishing: petition noted")

    def answer_petition(self, number: str, outcome: str) -> None:
        """Another person's answer."""
        self.open_decision(number, "公示中")
        part = self._opened("答复")
        part.get_by_label(outcome).check()
        part.get_by_label("答复和理由").fill("经核对，理由如上。")
        part.get_by_role("button", name="答复当事人").click()
        self.sees("已答复。")

    def _opened(self, summary: str) -> Locator:
        """A part of the page that has to be opened first."""
        part = self.main.locator("details", has=self.page.locator("summary", has_text=summary)).last
        part.locator("summary").click()
        return part

    def withdraw(self, number: str, reason: str) -> None:
        """Takes it off the site."""
        self.open_decision(number, "公示中")
        self.field("撤回的理由").fill(reason)
        self.press("撤回公示")
        self.sees("已撤回")

    def open_decision(self, number: str, state: str) -> None:
        """From the list of those in that state."""
        self.go("/casework/decisions", "publishing: list")
        with self.page.expect_navigation():
            self.main.get_by_role("navigation", name="按状态查看").get_by_role("link", name=state).click()
        self.follow(number)
        self.arrive_at(number, f"publishing: {state}")

    def may_approve(self) -> bool:
        """Whether the page offers it."""
        return self.main.get_by_role("button", name="审核通过，公示").count() > 0


class Reviewer(Publisher):
    """Clears what another has entered."""

    def approve(self, number: str) -> None:
        """审核通过."""
        self.open_decision(number, "待审核")
        self.press("审核通过，公示")
        self.sees("审核通过，很快就会公示。")
