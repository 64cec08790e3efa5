"""Officers through the whole life of a case: whatever stands in the table of acts, done on its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.browser.steps.officer import Officer


class Official(Officer):
    """An officer who does more than the desk does."""

    def do(
        self,
        act: str,
        *,
        ticks: Sequence[str] = (),
        picks: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
        then: str,
    ) -> None:
        """An act with a page of its own: boxes ticked, options chosen by a part of their words, fields filled."""
        self.follow(act)
        self.arrive_at(act, f"case: {act}")
        for label in ticks:
            self.field(label).check()
        for label, option in (picks or {}).items():
            select = self.field(label)
            value = select.locator("option", has_text=option).first.get_attribute("value")
            select.select_option(value=value)
        for label, words in (texts or {}).items():
            self.field(label).fill(words)
        self.press(act)
        self.sees(then)

    def give_back(self, reasons: str) -> None:
        """退回: the case is out of sight afterwards."""
        self.do("退回", texts={"理由": reasons}, then="已退回移交机构。")

    def ask_the_superior(self, reasons: str) -> None:
        """报请指定管辖."""
        self.do("报请指定管辖", texts={"理由": reasons}, then="已报请上级机构指定管辖。")

    def designate(self, unit: str, reasons: str) -> None:
        """指定管辖."""
        self.do("指定管辖", picks={"指定由谁管辖": unit}, texts={"指定的理由": reasons}, then="已指定管辖")

    def assign(self, who: str) -> None:
        """指派承办人."""
        self.do("指派承办人", picks={"承办人": who}, then="已指派承办人。")

    def ask_about_mediation(self, words: str) -> None:
        """征求调解意见: the company has said yes on the telephone; the filer is to answer at /track."""
        self.follow("征求调解意见")
        self.arrive_at("征求调解意见", "case: offer mediation")
        self.field("告诉投诉人的话").fill(words)
        self.field("告诉被投诉人的话").fill(words)
        self.field("几天内答复").select_option(value="7")
        self.control("input[name=agreed][value=respondent]").check()
        self.field("怎样表示同意的").select_option(value="phone")
        self.press("征求调解意见")
        self.sees("已征求双方意见")

    def mediate(self, words: str) -> None:
        """组织调解, once both have agreed, by the officer at the desk."""
        name = self.page.get_by_role("button", name="退出（").inner_text().strip()[3:-1]
        picks, texts = {"由谁调解": name}, {"怎样调解": words}
        self.do("组织调解", picks=picks, texts=texts, then="已告知举报投诉人调解的安排。")

    def settle(self, terms: str) -> None:
        """调解记录 of a call that was not arranged, then 达成调解协议."""
        self.follow("调解记录")
        self.arrive_at("调解记录", "case: hold session")
        self.control("input[name=arranged][value=none]").check()
        self.control("select[name=way]").select_option(value="phone")
        self.control("input[name=place]").fill("本局电话")
        self.field("经过和双方的意见").fill("双方同意退款。")
        self.press("调解记录")
        self.do(
            "达成调解协议",
            ticks=["没有现场调解，以调解记录备查"],
            texts={"协议内容": terms},
            then="已记录调解协议",
        )

    def end_mediation(self, ground: str, reasons: str) -> None:
        """终止调解."""
        self.do("终止调解", ticks=[ground], texts={"具体说明": reasons}, then="已终止调解")

    def uphold(self, who: str, reasons: str) -> None:
        """申诉成立: somebody else works on it anew."""
        self.do(
            "申诉成立，重新办理",
            picks={"由谁重新办理": who},
            texts={"申诉成立的理由": reasons},
            then="申诉成立，已交由新的承办人重新办理。",
        )

    def recuse_oneself(self, relation: str, words: str) -> None:
        """回避; from the answer on the case is out of sight."""
        self.do("回避", ticks=[relation], texts={"说明": words}, then="已回避")

    def may_not(self, act: str) -> None:
        """No such act is offered."""
        assert not self.main.get_by_role("link", name=act, exact=True).count()
        assert not self.main.get_by_role("button", name=act, exact=True).count()

    def has_lost_sight_of(self, reference: str) -> None:
        """No page, no line, no count, no hit: as if the case did not exist."""
        for page in ("", "/answer", "/related", "/deadlines.json", "/evidence/1/original"):
            answer = self.page.request.get(f"/casework/cases/{reference}{page}", max_redirects=0)
            assert answer.status in (403, 404), f"{page}: {answer.status}"
        self.go("/casework/?view=open", "queue")
        self.does_not_see(reference)
        self.main.get_by_role("searchbox").fill(reference)
        self.press("查找")
        assert not self.main.get_by_role("link", name=reference, exact=True).count()
        self.go("/casework/notices", "notices")
        assert not self.main.get_by_role("link", name=reference).count()
