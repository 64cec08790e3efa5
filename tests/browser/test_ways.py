"""Every way through the questions, on a phone and on a desktop: each page and each page of mistakes is looked at."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.filer import FACTS, PLACE, STALL, Filer

pytestmark = pytest.mark.browser

REPORT, OWNER = "我发现有人侵权或造假，想举报", "我的商标、专利等权利被侵犯"
REFUND, AID, ASK, OTHER = "我买到了假货，想退款或赔偿", "我想申请知识产权维权援助", "我只想咨询", "别的事情"
TRADEMARK, PATENT, COPYRIGHT = "冒用牌子、仿冒商标", "仿造专利产品", "盗版、抄袭"


class Walker(Filer):
    """Walks a way; at each page that asks for something it first goes on without an answer."""

    def choose(self, heading: str, answer: str, kind: str) -> None:
        """One of a few."""
        self.arrive_at(heading, kind)
        self.worked(self.main.get_by_label(answer).first).check()
        self.press("继续")

    def start(self, situation: str) -> None:
        self.go("/file", "file: start")
        self.press("继续")
        self.problems("file: start, with mistakes")
        self.field(situation).check()
        self.press("继续")

    def ask_for_help(self) -> None:
        self.arrive_at("需要的帮助", "file: aid")
        self.press("继续")
        self.problems("file: aid, with mistakes")
        self.control("input[name=applicant][value=small]").check()
        self.control("input[name=helps][value=overseas]").check()
        self.press("继续")
        self.problems("file: aid, without a country")
        self.field("哪个国家或者地区").select_option(label="美国")
        self.field("海外发生了什么").select_option(label="被起诉，或者要起诉")
        self.press("继续")

    def tell_all(
        self, *, with_opponent: bool = True, has_more: bool = False, has_links: bool = False
    ) -> None:
        self.arrive_at("事情经过", f"file: facts, {with_opponent}")
        self.press("继续")
        self.problems(f"file: facts, with mistakes, {with_opponent}")
        if with_opponent:
            self.field("谁在侵权或造假").fill(STALL)
            self.field("详细地址").fill("演示路 1 号")
            self.field("您希望怎么处理").fill("请依法处理，退还货款。")
        if has_more:
            self.field("还有其他被举报").check()
        if has_links:
            self.field("有多个链接").check()
        if self.main.get_by_label("事情发生在哪里").count():
            self.field("事情发生在哪里").select_option(label=PLACE)
        self.control("#facts").fill(FACTS)
        self.press("继续")

    def name_oneself(self, capacity: str = "") -> None:
        self.arrive_at("您的联系方式", f"file: contact, named {capacity}")
        self.press("继续")
        self.problems(f"file: contact, named, with mistakes {capacity}")
        self.control("#name").fill("测试甲某某")
        self.field("手机号码").fill("13800001234")
        if self.control("#address").count():
            self.control("#address").fill("演示路 987 号")
        if capacity:
            self.field(capacity).check()
        self.press("继续")


@pytest.fixture(scope="module")
def critic_of_large_print() -> Critic:
    """In large print every page is another one."""
    return Critic()


@pytest.fixture(
    params=["desktop", "phone", "phone without scripts", "phone in large print", "keys without a mouse"]
)
def walker(
    request: pytest.FixtureRequest, visit: Visit, critic: Critic, critic_of_large_print: Critic
) -> Walker:
    """Somebody in each of the ways in which people come."""
    way: str = request.param
    if way == "phone without scripts":
        return Walker(visit(phone=True, scripts=False), critic, scripts=False)
    if way == "phone in large print":
        reader = Walker(visit(phone=True), critic_of_large_print)
        reader.go("/large-print/on", "front page, large print")
        return reader
    return Walker(visit(phone=way == "phone"), critic, keys=way.startswith("keys"))


def test_a_complaint_and_a_report_in_one_by_several_people(walker: Walker) -> None:
    walker.start(REFUND)
    walker.choose("退款和赔偿", "两样都要", "file: refund")
    walker.choose("涉及什么", TRADEMARK, "file: kind")
    walker.tell_all(has_more=True)
    walker.arrive_at("其他被举报", "file: respondents")
    walker.press("继续")
    walker.problems("file: respondents, with mistakes")
    walker.control("#name").fill("演示乙店")
    walker.press("加上，再填一个")
    walker.arrive_at("其他被举报", "file: respondents, one there")
    walker.press("继续")
    walker.go_on_without_more_files()
    walker.name_oneself("我们几个人一起提交")
    walker.arrive_at("一起提交的人", "file: joint")
    walker.press("继续")
    walker.problems("file: joint, with mistakes")
    for name, value in (("name", "测试乙某某"), ("phone", "13800005678"), ("address", "演示路 988 号")):
        walker.control(f"#{name}").fill(value)
    walker.control("#is_representative").check()
    walker.control("#agreed").check()
    walker.press("继续")
    walker.check_answers(STALL, "演示乙店", "测试乙某某")
    receipt = walker.send()
    walker.sees("消费者投诉：接下来", "举报：接下来")
    walker.look("receipt: two matters")
    walker.track(receipt)
    walker.sees("同一次提交还登记了另一件")


def test_a_patentee_asks_for_a_ruling_through_an_agent(walker: Walker) -> None:
    walker.start(OWNER)
    walker.choose("涉及什么", PATENT, "file: kind")
    walker.choose("您希望怎么办", "请行政机关裁决", "file: wish")
    walker.tell_all()
    walker.go_on_without_more_files()
    walker.name_oneself("我是代理人")
    walker.arrive_at("代理人和委托书", "file: agent")
    walker.press("继续")
    walker.problems("file: agent, with mistakes")
    walker.control("#name").fill("测试代理某")
    walker.control("#phone").fill("13800009999")
    walker.control("#matters").fill("就专利侵权纠纷代为请求裁决")
    walker.field("一般代理").check()
    walker.control("#ends_on").fill("2099-12-31")
    walker.press("继续")
    walker.check_answers(STALL, "测试代理某", "专利侵权行政裁决")
    walker.send()


def test_anybody_reports_without_a_name(walker: Walker) -> None:
    walker.start(REPORT)
    walker.choose("涉及什么", TRADEMARK, "file: kind")
    walker.tell_all()
    walker.go_on_without_more_files()
    walker.stay_anonymous()
    walker.check_answers(STALL)
    walker.track(walker.send())


def test_a_rights_holder_leaves_a_clue(walker: Walker) -> None:
    walker.start(OWNER)
    walker.choose("涉及什么", PATENT, "file: kind")
    walker.choose("您希望怎么办", "先把线索告诉你们", "file: wish")
    walker.tell_all()
    walker.go_on_without_more_files()
    walker.name_oneself()
    walker.check_answers(STALL)
    walker.send()


@pytest.mark.parametrize(("situation", "named"), [(AID, True), (ASK, False)], ids=["aid", "question"])
def test_who_needs_help_or_an_answer_names_no_opponent(walker: Walker, situation: str, named: bool) -> None:
    walker.start(situation)
    walker.choose("涉及什么", TRADEMARK, "file: kind")
    walker.tell_all(with_opponent=False)
    if situation == AID:
        walker.ask_for_help()
    walker.go_on_without_more_files()
    if named:
        walker.name_oneself()
    else:
        walker.stay_anonymous()
    walker.check_answers(FACTS)
    walker.send()


def test_many_links_are_told_row_by_row(walker: Walker) -> None:
    walker.start(REPORT)
    walker.choose("涉及什么", TRADEMARK, "file: kind")
    walker.tell_all(has_links=True)
    walker.arrive_at("网店、商品链接", "file: links")
    walker.press("继续")
    walker.problems("file: links, with mistakes")
    one, two = (f"https://item.taobao.com/item.htm?id={number}" for number in (610000000001, 610000000002))
    walker.control("#links").fill(f"{one}\n没有链接\n{one}&spm=a230r\n{two}")
    walker.press("加上")
    walker.arrive_at("网店、商品链接", "file: links, some told")
    walker.sees("2 行需要看一下", "2 个可以提交")
    walker.press("继续")
    walker.go_on_without_more_files()
    walker.stay_anonymous()
    walker.check_answers(STALL)
    walker.track(walker.send())


def test_another_authoritys_matter_is_told_and_left_all_the_same(walker: Walker) -> None:
    walker.start(REPORT)
    walker.choose("涉及什么", COPYRIGHT, "file: kind")
    walker.arrive_at("这件事该找谁", "file: competent")
    walker.sees("版权", "12345")
    walker.press("仍在这里留下线索")
    walker.tell_all()
    walker.go_on_without_more_files()
    walker.stay_anonymous()
    walker.check_answers(STALL)
    walker.send()


def test_nobodys_matter_here_ends_on_a_page_that_says_where_to_turn(walker: Walker) -> None:
    walker.start(OTHER)
    walker.choose("别的事情", "检举、控告公职人员", "file: other")
    walker.arrive_at("这件事该找谁", "file: competent, not ours")
    walker.sees("12388")
    walker.press("留下举报线索")
    walker.arrive_at("涉及什么", "file: kind")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_it_is_put_aside_and_taken_up_on_another_device(visit: Visit, critic: Critic, scripts: bool) -> None:
    first = Walker(visit(phone=True, scripts=scripts), critic, scripts=scripts)
    first.go("/file", "file: start")
    first.field(REPORT).check()
    first.press("继续")
    first.choose_kind()
    first.control("#facts").fill("写了一半")
    first.press("保存，以后再填")
    first.arrive_at("保存，以后再填", "file: save")
    first.press("取续填码")
    first.arrive_at("保存，以后再填", "file: save, code")
    code = "".join(first.main.locator("#code span").all_inner_texts())
    other = Walker(visit(scripts=scripts), critic, scripts=scripts)
    other.go("/file/resume", "file: resume")
    other.field("续填码").fill("A" * 16)
    other.press("接着填写")
    other.problems("file: resume, wrong code")
    other.field("续填码").fill(code.lower())
    other.press("接着填写")
    expect(other.main.locator("#facts")).to_have_value("写了一半")


def test_the_page_saves_itself_and_numbers_are_told_as_they_are_typed(visit: Visit, critic: Critic) -> None:
    walker = Walker(visit(phone=True), critic)
    walker.go("/file", "file: start")
    walker.field(REPORT).check()
    walker.press("继续")
    walker.choose_kind("假冒专利")
    walker.main.locator("#right_number").press_sequentially("202310123456.7")
    walker.sees("校验位不符")
    expect(walker.page.locator("[data-autosaved]")).to_be_visible()
    walker.look("file: facts, told")
    walker.page.reload()
    expect(walker.main.locator("#right_number")).to_have_value("202310123456.7")
