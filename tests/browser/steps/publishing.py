"""Those who publish: the publisher who enters a decision, the reviewer who clears it."""

from __future__ import annotations

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
        self.field("处罚决定日期").fill(decided_on)
        self.field("个体工商户").check()
        self.field("当事人名称").fill(PARTY)
        self.field("案由").select_option(label=CAUSE)
        self.main.get_by_role("group", name="处罚种类").get_by_label("罚款", exact=True).check()
        self.field("罚款金额（元）").fill("2000")
        self.field("违法事实").fill(facts)
        self.field("处罚依据").fill("《中华人民共和国专利法》第六十八条")
        self.field("处罚内容").fill("罚款2000元。")
        self.press("保存并提交审核")
        self.arrive_at(number, "publishing: in review")

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
