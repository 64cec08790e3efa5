"""From the desk to the county and back: what officers do, the filer reads."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.filer import STALL, Filer
from tests.browser.steps.officer import Officer

pytestmark = pytest.mark.browser

COUNTY = "平顶山市新华区市场监督管理局"
ANSWER = "经现场检查，摊位上的水杯为假冒注册商标的商品，已经查封并立案。"
REASONS = "已立案查处，处罚决定将依法公示。"
DATED = re.compile(r"20\d\d.+\d\d?[:：]\d\d")


def test_a_report_goes_from_the_desk_to_the_county_and_is_closed_before_the_filers_eyes(
    visit: Visit, critic: Critic
) -> None:
    filer = Filer(visit(phone=True), critic)
    receipt = filer.file_a_report()

    desk = Officer(visit(), critic)
    desk.sign_in("intake")
    desk.open_case(receipt.grouped)
    desk.sees(STALL, "程序规定 第18条", "匿名举报，没有身份信息")
    desk.accept()
    desk.transfer(COUNTY, "事情发生在该区。")
    filer.track(receipt)
    filer.sees(f"{COUNTY}（等待签收）")

    county = Officer(visit(), critic)
    county.sign_in("county")
    county.open_case(receipt.grouped, "待签收")
    county.acknowledge()
    head = Officer(visit(), critic)
    head.sign_in("head")
    head.find_case(receipt.grouped)
    head.file_case("现场检查有初步证据，符合立案条件。")
    county.find_case(receipt.grouped)
    county.answer(ANSWER)
    county.close("立案查处", REASONS)

    filer.track(receipt)
    filer.sees(ANSWER, REASONS, "立案查处")
    steps = filer.steps_done()
    assert len(steps) == 7, steps
    assert all(DATED.search(step) for step in steps), "each step has its date"
    assert [COUNTY in step for step in steps] == [False, False, True, True, True, True, True]


def test_acting_on_an_old_screen_is_refused_and_the_words_stay(visit: Visit, critic: Critic) -> None:
    receipt = Filer(visit(), critic).file_a_report()
    desk = Officer(visit(), critic)
    desk.sign_in("intake")
    desk.open_case(receipt.grouped)
    desk.accept()
    desk.follow("给举报投诉人留言")
    desk.field("留言").fill(ANSWER)
    colleague = Officer(desk.page.context.new_page(), critic)
    colleague.find_case(receipt.grouped)
    colleague.transfer(COUNTY, "事情发生在该区。")
    desk.press("给举报投诉人留言")
    desk.does_not_see("留言已送达")
    colleague.find_case(receipt.grouped)
    colleague.does_not_see(ANSWER)


def test_what_is_missing_in_an_act_is_named(visit: Visit, critic: Critic) -> None:
    receipt = Filer(visit(), critic).file_a_report()
    desk = Officer(visit(), critic)
    desk.sign_in("intake")
    desk.open_case(receipt.grouped)
    desk.follow("不予受理")
    desk.field("具体说明").fill(REASONS)
    desk.press("不予受理")
    assert len(desk.problems("case: refuse, with mistakes")) == 1
    assert desk.field("具体说明").input_value() == REASONS


def test_a_phone_as_second_factor(visit: Visit, critic: Critic) -> None:
    officer = Officer(visit(), critic)
    officer.sign_in("careful")
    phone, used = officer.set_up_one_time_password()
    officer.sign_out()
    officer.sign_in("careful")
    officer.look("sign in: one-time password")
    for refused in ("000000", used):
        officer.enter_one_time_password(refused)
        officer.problems("sign in: wrong one-time password")
    officer.enter_one_time_password(phone.at(dt.datetime.now(dt.UTC), counter_offset=1))
    officer.open_queue()


def test_nobody_reads_cases_without_signing_in(visit: Visit, critic: Critic) -> None:
    stranger = Officer(visit(), critic)
    stranger.go("/casework/", "sign in")
    stranger.arrive_at("登录", "sign in")


CUT = """() => [...document.querySelectorAll("main select, main input[placeholder]")].filter((one) => {
  const style = getComputedStyle(one), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const words = one.placeholder || one.selectedOptions?.[0]?.text || "";
  const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return one.clientWidth && style.appearance !== "base-select" && pen.measureText(words).width > room + 1;
}).map((one) => one.name)"""


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_choice_and_no_hint_is_cut_in_large_print_on_a_phone(
    visit: Visit, critic: Critic, language: str
) -> None:
    receipt = Filer(visit(), critic).file_a_report()
    desk = Officer(visit(phone=True), critic)
    desk.sign_in("intake")
    desk.page.goto("/large-print/on")
    desk.page.goto(f"{language}/casework/?view=new")
    assert desk.page.evaluate(CUT) == []
    desk.page.goto(f"{language}/casework/cases/{receipt.grouped}/transfer")
    assert desk.page.locator("select").count() >= 3
    assert desk.page.evaluate(CUT) == []


def test_the_parts_of_a_case_stand_below_each_other_in_large_print(visit: Visit, critic: Critic) -> None:
    receipt = Filer(visit(), critic).file_a_report()
    desk = Officer(visit(), critic)
    desk.sign_in("intake")
    desk.page.goto("/large-print/on")
    desk.page.goto(f"/casework/cases/{receipt.grouped}")
    whole = desk.page.locator(".columns--case").bounding_box()
    boxes = [desk.page.locator(f".case-{part}").bounding_box() for part in ("side", "matter", "history")]
    assert whole is not None
    bottom = 0.0
    for box in boxes:
        assert box is not None
        assert box["width"] == whole["width"]
        assert box["y"] >= bottom
        bottom = box["y"] + box["height"]


def test_the_name_of_a_chosen_unit_is_whole_among_the_filters(visit: Visit, critic: Critic) -> None:
    Filer(visit(), critic).file_a_report()
    desk = Officer(visit(), critic)
    desk.sign_in("intake")
    desk.page.goto("/casework/?unit=bureau")
    chosen = desk.page.locator("#filter-unit")
    assert chosen.evaluate("one => one.selectedOptions[0].text").endswith("市场监督管理局")
    assert desk.page.evaluate(CUT) == []
