"""Staff at the desk: signing in, the queue, a case and the acts on it."""

from __future__ import annotations

import pyotp
from playwright.sync_api import expect

from tests.browser.steps.visitor import Visitor
from tests.support.running import PASSWORD


class SignedIn(Visitor):
    """Somebody with an account."""

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Name and password."""
        self.go("/sign-in", "sign in")
        self.field("账号名或邮箱").fill(username)
        self.field("密码").fill(password)
        self.press("登录")

    def sign_out(self) -> None:
        """Out again."""
        self.page.get_by_role("button", name="退出（").click()
        expect(self.page.get_by_role("link", name="登录")).to_be_visible()

    def set_up_one_time_password(self) -> tuple[pyotp.TOTP, str]:
        """Pairs a phone by the key on the page; gives the phone, and the digits that it showed then."""
        self.go("/sign-in/one-time-password", "one-time password: start")
        self.press("设置动态口令")
        key = self.main.locator("code").inner_text().replace(" ", "").replace("-", "")
        self.look("one-time password: pairing")
        phone = pyotp.TOTP(key)
        shown = phone.now()
        self.enter_one_time_password(shown, "确认并启用")
        return phone, shown

    def enter_one_time_password(self, digits: str, button: str = "继续") -> None:
        """The six digits."""
        self.field("动态口令").fill(digits)
        self.press(button)


class Officer(SignedIn):
    """Somebody who works on cases."""

    def open_queue(self, view: str = "") -> None:
        """The cases of a saved view; without one, those with which the officer's day begins."""
        self.go("/casework/", "queue")
        if view:
            with self.page.expect_navigation():
                self.main.get_by_role("navigation", name="办件视图").get_by_role("link", name=view).click()
        self.arrive_at("办件", "queue")

    def open_case(self, reference: str, view: str = "") -> None:
        """From the queue to the case."""
        self.open_queue(view)
        self.follow(reference)
        self.arrive_at(reference, "case")

    def find_case(self, reference: str) -> None:
        """A whole reference in the search box leads straight to the case."""
        self.open_queue()
        self.main.get_by_role("searchbox").fill(reference)
        self.press("查找")
        self.arrive_at(reference, "case")

    def accept(self, why: str = "先由本局核实情况。") -> None:
        """受理; where the division of work has another unit, with the reason."""
        self.try_to_accept(why)
        self.sees("已受理，举报投诉人会收到告知。")

    def try_to_accept(self, why: str) -> None:
        """The same, whatever comes of it."""
        if not self.main.get_by_role("button", name="受理", exact=True).count():
            self.follow("受理")
            self.arrive_at("受理", "case: accept")
            self.field("为什么在这里受理？").fill(why)
        self.press("受理")

    def transfer(self, unit: str, reasons: str, departure: str = "") -> None:
        """移交; where another unit is proposed, with the reason."""
        self.follow("移交")
        self.arrive_at("移交", "case: transfer")
        select = self.field("接收机构")
        option = select.locator("option", has_text=unit).first
        select.select_option(value=option.get_attribute("value"))
        self.field("移交理由").fill(reasons)
        if departure:
            self.field("没有采用建议的机构").fill(departure)
        self.press("移交")
        self.sees("已移交，等待对方签收。")

    def acknowledge(self) -> None:
        """签收."""
        self.press("签收")
        self.sees("已签收。")

    def file_case(self, reasons: str) -> None:
        """立案."""
        self.follow("立案")
        self.arrive_at("立案", "case: file")
        self.field("立案的理由").fill(reasons)
        self.press("立案")
        self.sees("已立案")

    def give_aid(self, helps: str, reasons: str) -> None:
        """援助决定: aid is given."""
        self.follow("援助决定")
        self.arrive_at("援助决定", "case: decide aid")
        self.control("input[name=decision][value=give]").check()
        self.control(f"input[name=helps][value={helps}]").check()
        self.control("#reasons").fill(reasons)
        self.press("援助决定")
        self.sees("已作出援助决定", reasons)

    def answer(self, body: str) -> None:
        """答复."""
        self.follow("答复")
        self.arrive_at("答复", "case: answer")
        self.field("答复内容").fill(body)
        self.press("答复")
        self.sees("已答复")

    def close(self, outcome: str, reasons: str) -> None:
        """办结."""
        self.follow("办结")
        self.arrive_at("办结", "case: close")
        self.field(outcome).check()
        self.field("办结理由").fill(reasons)
        self.press("办结")
        self.sees("已办结。")
