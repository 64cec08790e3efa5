"""An officer with papers: drafted, approved, issued, delivered; and a case that goes to the police."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.steps.officer import Officer

NUMBER = re.compile(r"平市监[^〔\s]*〔20\d\d〕\d+号")


class Clerk(Officer):
    """Works on one case, found by its reference."""

    def choose(self, label: str, words: str) -> None:
        """The option of a list that has these words."""
        control = self.field(label)
        value = control.locator("option", has_text=words).first.get_attribute("value")
        control.select_option(value=value)  # type: ignore[call-arg]

    def draft_result(self, words: str) -> None:
        """From the case to the draft of the answer to a report."""
        self.follow("公文")
        self.arrive_at("公文", "papers: of a case")
        self.follow("举报处理结果告知书")
        self.arrive_at("举报处理结果告知书", "paper: draft")
        self.field("处理结果").fill(words)
        self.press("保存草稿")
        self.arrive_at("举报处理结果告知书", "paper: page")

    def draft_letter(self, help_asked: str, *, to: str) -> None:
        """协助调查函, from the case until it waits for the head's word."""
        self.follow("公文")
        self.arrive_at("公文", "papers: of a case")
        self.follow("协助调查函")
        self.arrive_at("协助调查函", "paper: draft to a body")
        self.choose("发给", to)
        self.field("协助事项").fill(help_asked)
        self.press("保存草稿")
        self.press("送审批")

    def write_outside(self, words: str, *, kind: str, to: str, paper: str) -> str:
        """致函外部单位 with an issued paper; the address of the link, without the site's own."""
        self.follow("致函外部单位")
        self.arrive_at("致函外部单位", "case: letter to a body")
        self.field(kind).first.check()
        self.choose("致哪个单位", to)
        self.field("请对方办理的事项和案情").fill(words)
        self.field(paper).check()
        self.press("做链接")
        self.look("case: link to a body, made")
        return "/outside/" + self.main.locator("#link").inner_text().partition("/outside/")[2]

    def deliver(self, proof: str) -> None:
        """登记送达 by post to the filer."""
        self.follow("登记送达")
        self.arrive_at("登记送达", "paper: delivery")
        self.field("举报投诉人").check()
        self.choose("送达方式", "邮寄")
        self.field("凭证").fill(proof)
        self.press("登记送达")
        self.sees(proof)

    def open_referral(self) -> None:
        """From the case to its referral."""
        self.follow("移送公安机关：办理和进度")
        self.arrive_at("移送公安机关", "referral")

    def propose_referral(self, crime: str, facts: str) -> None:
        """报请移送, by two handlers, with a copy for the procuratorate."""
        self.follow("报请移送公安机关")
        self.arrive_at("报请移送公安机关", "referral: report")
        self.press("报请移送")
        self.problems("referral: report, with mistakes")
        self.field("涉嫌罪名").fill(crime)
        self.field("查明的事实").fill(facts)
        self.field("证据和合理嫌疑").fill("进货单和鉴别意见；需要公安机关查明上线。")
        self.choose("专案组成员一", "测试intake")
        self.choose("专案组成员二", "测试desk")
        self.choose("移送哪个公安机关", "公安局")
        self.choose("抄送哪个检察机关", "检察院")
        self.press("报请移送")
        self.sees("待负责人决定")

    def wait_for_pack(self) -> None:
        """The worker makes it; whoever waits comes back to the page."""
        for _ in range(30):
            if self.main.get_by_role("button", name="下载案卷包").count():
                return
            self.page.wait_for_timeout(2000)
            self.page.reload()
        raise AssertionError("the pack was never made")

    def take(self, name: str, folder: Path) -> Path:
        """What a button of that name hands out."""
        with self.page.expect_download() as download:
            self.main.get_by_role("button", name=name).click()
        path = folder / "taken"
        download.value.save_as(path)
        return path

    def step(self, name: str, document: str, words: str, now: str) -> None:
        """One step of the referral, written down; afterwards it stands at `now`."""
        self.follow(name)
        self.arrive_at(name, "referral: step")
        if document:
            self.field("文号或者编号").fill(document)
        self.field("情况").fill(words)
        self.press("登记")
        self.sees(now)

    def issued_number(self) -> str:
        """The number that stands on the page of the paper."""
        expect(self.main).to_contain_text("已签发")
        found = NUMBER.search(self.page.locator("body").inner_text())
        assert found
        return found[0]
