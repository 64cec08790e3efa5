"""A rights-holder at work: registers, stores a right, authorises an agent, files many links."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import expect

from models.types import beijing_date, now_utc
from tests.browser.steps.filer import PLACE, Filer
from tests.browser.steps.officer import Officer, SignedIn

SHOP = "示例网店水杯专营"
SECRET = "three-other-unrelated-words"
WORKER_SECONDS = 40


class Holder(SignedIn, Filer):
    """Somebody whose rights are infringed, or who acts for them."""

    def ask_to_register(self, address: str) -> None:
        self.go("/register", "register")
        self.field("邮箱").fill("不是邮箱")
        self.press("发送注册邮件")
        self.problems("register, wrong")
        self.field("邮箱").fill(address)
        self.press("发送注册邮件")
        self.look("register: asked")

    def register(self, link: str, *, name: str, organisation: str, uscc: str) -> None:
        """Behind the link of the mail; then signed in."""
        self.go(link, "register: details")
        self.field("您的姓名").fill(name)
        self.field("单位名称").fill(organisation)
        self.field("统一社会信用代码").fill(uscc[:-1] + ("A" if uscc[-1] != "A" else "B"))
        self.field("密码").first.fill(SECRET)
        self.field("再输一次密码").fill("something-else-here")
        self.main.locator("form button").last.click()
        assert len(self.problems("register: details, wrong")) == 2, "each mistake is told at its field"
        self.field("统一社会信用代码").fill(uscc)
        self.control("[name=password]").fill(SECRET)
        self.control("[name=password_again]").fill(SECRET)
        self.main.locator("form button").last.click()
        self.arrive_at("登录", "sign in")

    def prove(self, proof: Path) -> None:
        self.go("/account/organisation/", "account: organisation, unproven")
        self.control("input[type=file]").first.set_input_files(str(proof))
        self.press("上传")
        self.sees(proof.name)

    def store_right(self, title: str, proof: Path) -> None:
        self.go("/account/rights/new", "account: new right")
        self.control("select[name=right_type]").select_option("trademark")
        self.control("[name=title]").fill(title)
        self.control("[name=number]").fill("12345678")
        self.control("[name=nice_class]").fill("21")
        self.control("input[type=file]").first.set_input_files(str(proof))
        self.main.locator("form button").last.click()
        self.arrive_at(title, "account: right")

    def choose_right(self) -> None:
        self.go("/account/rights/file", "account: choose")
        self.press("用这项权利")
        self.choose_kind()

    def tell_of_shop(self, *, notified: bool) -> None:
        self.arrive_at("事情经过", "account: facts")
        self.field("谁在侵权或造假").fill(SHOP)
        self.field("事情发生在哪里").select_option(label=PLACE)
        self.field("发生了什么").fill("网店出售标有护杯商标的水杯，不是我们的货。")
        self.control("[name=has_links]").check()
        if notified:
            self.control("[name=platform_notified]").check()
        self.press("继续")

    def give_links(self, lines: list[str]) -> None:
        self.arrive_at("网店、商品链接", "account: links")
        self.control("textarea[name=links]").fill("\n".join(lines))
        self.press("加上")
        self.arrive_at("网店、商品链接", "account: links, judged")

    def rows_told(self) -> dict[int, str]:
        """What the page says of each row that is not simply good, by the number of the row."""
        rows = self.main.locator("table").first.locator("tbody tr")
        numbers = rows.locator("th").all_inner_texts()
        words = rows.locator("td:nth-of-type(2)").all_inner_texts()
        return {int(number): said for number, said in zip(numbers, words, strict=True)}

    def tell_platform(self) -> None:
        self.arrive_at("通知平台的情况", "account: platform")
        self.press("继续")
        self.problems("account: platform, wrong")
        self.control("select[name=platform]").select_option("taobao")
        self.control("[name=notified_on]").fill(_today().isoformat())
        self.control("input[name=measure][value=none]").check()
        self.control("[name=statement_reached_on]").fill(_today().isoformat())
        self.press("继续")

    def give_contact(self) -> None:
        self.arrive_at("您的联系方式", "account: contact")
        self.field("手机号码").fill("13800001234")
        self.press("继续")

    def authorise(self, address: str, *, matters: str) -> None:
        """An agent, until the end of today."""
        self.go("/account/agents/", "account: agents")
        self.follow("委托代理人")
        self.arrive_at("委托代理人", "account: new agent")
        self.press("登记委托，发邀请")
        self.problems("account: new agent, wrong")
        self.field("代理人的邮箱").fill(address)
        self.field("委托事项").fill(matters)
        self.control("input[name=power]").first.check()
        self.control("[name=ends_on]").fill(_today().isoformat())
        self.press("登记委托，发邀请")
        self.sees("等待代理人接受")

    def take_authority(self) -> None:
        self.go("/account/agents/", "account: agents, asked")
        self.press("接受委托")
        self.sees("有效")


class Desk(Officer):
    """Staff who verify and decide about holders."""

    def verify(self, name: str, proof: Path) -> None:
        """Held against the copy of its proof, which the worker makes."""
        self.go("/casework/holders/", "holders")
        self.follow(name)
        copy = self.main.get_by_role("button", name=proof.name)
        for _ in range(WORKER_SECONDS):
            if copy.count():
                break
            self.page.wait_for_timeout(1000)
            self.page.reload()
        expect(copy).to_be_visible()
        self.look("holders: to verify, with its copy")
        with self.page.expect_download():
            copy.click()
        self.press("核验通过")

    def decide(self, name: str, words: str, button: str) -> None:
        """About the lane of that holder."""
        self.go("/casework/holders/records/", "holders: records")
        self.follow(name)
        self.arrive_at(name, "holders: record")
        self.control("textarea[name=reasons]").fill(words)
        self.press(button)
        self.sees(words)


def _today() -> dt.date:
    return beijing_date(now_utc())
