"""A rights-holder's year: an organisation and a right verified, 300 links and a platform, the lane granted and withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.types import beijing_date, now_utc
from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.filer import PLACE, Filer
from tests.browser.steps.officer import Officer, SignedIn
from tests.support.documents import a_photo
from tests.support.holders import a_code

pytestmark = pytest.mark.browser
NAME = "示例演示杯业有限公司"
SHOP = "示例网店水杯专营"


class Holder(SignedIn, Filer):
    """Somebody whose rights are infringed, with an organisation."""

    def claim(self, uscc: str, proof: Path) -> None:
        self.go("/account/organisation/claim", "account: claim")
        self.field("单位名称").fill(NAME)
        self.field("统一社会信用代码").fill(uscc)
        self.main.locator("form button").last.click()
        self.arrive_at("我的单位", "account: organisation")
        self.control("input[type=file]").first.set_input_files(str(proof))
        self.press("上传")

    def store_right(self, proof: Path) -> None:
        self.go("/account/rights/new", "account: new right")
        self.control("select[name=right_type]").select_option("trademark")
        self.control("[name=title]").fill("护杯")
        self.control("[name=number]").fill("12345678")
        self.control("[name=nice_class]").fill("21")
        self.control("input[type=file]").first.set_input_files(str(proof))
        self.main.locator("form button").last.click()
        self.arrive_at("护杯", "account: right")

    def file_links(self, lines: list[str]) -> None:
        self.go("/account/rights/file", "account: choose")
        self.main.get_by_role("button").first.click()
        self.choose_kind()
        self.arrive_at("事情经过", "account: facts")
        self.field("谁在侵权或造假").fill(SHOP)
        self.field("事情发生在哪里").select_option(label=PLACE)
        self.field("发生了什么").fill("网店出售标有护杯商标的水杯，不是我们的货。")
        self.control("[name=has_links]").check()
        self.control("[name=platform_notified]").check()
        self.press("继续")
        self.arrive_at("网店、商品链接", "account: links")
        self.control("textarea[name=links]").fill("\n".join(lines))
        self.press("加上")
        self.arrive_at("网店、商品链接", "account: links, judged")

    def tell_platform(self) -> None:
        today = beijing_date(now_utc()).isoformat()
        self.arrive_at("通知平台的情况", "account: platform")
        self.press("继续")
        self.problems("account: platform, wrong")
        self.control("select[name=platform]").select_option("taobao")
        self.control("[name=notified_on]").fill(today)
        self.control("input[name=measure][value=none]").check()
        self.control("[name=statement_reached_on]").fill(today)
        self.press("继续")


class Desk(Officer):
    """Staff who verify and decide about holders."""

    def approve(self, name: str, button: str) -> None:
        self.go("/casework/holders/", "holders")
        self.follow(name)
        self.press(button)

    def decide(self, words: str, button: str) -> None:
        self.go("/casework/holders/records/", "holders: records")
        self.go("/casework/holders/records/1", "holders: record")
        self.control("textarea[name=reasons]").fill(words)
        self.press(button)
        self.sees(words)


def test_from_an_organisation_to_the_lane(visit: Visit, critic: Critic, tmp_path: Path) -> None:
    proof = tmp_path / "proof.jpg"
    proof.write_bytes(a_photo())
    holder, intake, head = Holder(visit(), critic), Desk(visit(), critic), Desk(visit(), critic)
    holder.sign_in("holder")
    intake.sign_in("intake")
    head.sign_in("head")
    holder.claim(a_code(), proof)
    intake.go("/casework/holders/members/1", "holders: member")
    intake.press("核验通过")
    holder.store_right(proof)
    intake.go("/casework/holders/rights/1", "holders: right")
    intake.press("核验通过")
    head.decide("重点企业，记录良好", "给予直通车")
    holder.go("/account/lane/", "account: lane")
    holder.sees("您的单位有直通车")

    item = "https://item.taobao.com/item.htm?id=6100000{:05d}"
    good = [item.format(number) for number in range(265)]
    holder.file_links([*good, *good[:15], *(f"不是网址 {number}" for number in range(20))])
    holder.sees("与前面一行是同一个", "不是网址，请更正")
    assert holder.main.get_by_text("不是网址，请更正").count() >= 20
    assert holder.main.get_by_text("与前面一行是同一个").count() >= 15
    holder.press("继续")
    holder.tell_platform()
    holder.go_on_without_more_files()
    holder.arrive_at("您的联系方式", "account: contact")
    holder.field("手机号码").fill("13800001234")
    holder.press("继续")
    holder.check_answers("265 个", "淘宝")
    receipt = holder.send()
    holder.go(f"/account/filings/{receipt.reference}/platform", "account: platform receipt")
    holder.sees("电子商务法 第43条", "还有 15 天")

    head.go("/casework/?view=open&lane=fast_lane", "queue: lane")
    head.sees(receipt.grouped, "直通车")
    head.decide("查实率低", "通知收回")
    holder.go("/account/lane/", "account: lane, announced")
    holder.follow("申诉")
    holder.control("textarea[name=appeal]").fill("两件还在复议")
    holder.press("提交申诉")
    holder.sees("两件还在复议")
    holder.go("/account/tokens/", "account: tokens")
    holder.go("/account/tokens/webhooks/new", "account: new webhook")
