"""Those beside filer and bureau: an agent whose authority ends, the named company, an authority that is asked for help."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.kinds import Track
from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.behind import Behind
from tests.browser.steps.holder import Holder
from tests.browser.steps.official import Official
from tests.browser.steps.paperwork import Clerk
from tests.browser.steps.visitor import Visitor
from tests.support.documents import a_photo
from tests.support.filings import FACTS, PERSON
from tests.support.holders import a_code

pytestmark = pytest.mark.browser
AGENT = "agent@office.example"
ASKED = "请说明你店在售水杯的来源和授权。"
SAID = "货从正规渠道进的，有授权书。"
HELP, FOUND = "请查明该摊位的经营者和近三个月的进货。", "经营者为钱某，进货单据见附件。"


def test_an_agents_authority_ends_in_the_middle(visit: Visit, critic: Critic, behind: Behind) -> None:
    owner, agent = Holder(visit(), critic), Holder(visit(phone=True), critic)
    names = (
        behind.holder("owner@cups.example", "示例演示瓷杯有限公司", a_code(), with_right=True),
        behind.holder(AGENT, "示例演示律师事务所", a_code()),
    )
    for person, name in zip((owner, agent), names, strict=True):
        person.page.context.add_cookies([behind.cookie_of(name)])  # type: ignore[list-item]
    owner.authorise(AGENT, matters="就商标被侵权代为举报投诉")
    agent.take_authority()
    agent.choose_right()
    agent.tell()
    agent.go_on_without_more_files()
    agent.arrive_at("您的联系方式", "account: contact, for another")
    agent.field("姓名").first.fill("测试委托人")
    agent.field("手机号码").fill("13800001234")
    agent.press("继续")
    agent.arrive_at("代理人", "account: agent")
    agent.field("代理人电话").fill("13900001234")
    agent.press("继续")
    agent.check_answers("就商标被侵权代为举报投诉")

    behind.night_falls(AGENT)
    agent.press("提交")
    agent.arrive_at("核对并提交", "account: check, authority over")
    agent.sees("到期", "请委托人重新委托")
    owner.authorise(AGENT, matters="续签：就商标被侵权代为举报投诉")
    agent.take_authority()
    agent.go("/account/file/check", "account: check, authority renewed")
    agent.does_not_see("请委托人重新委托")
    receipt = agent.send()
    owner.go("/account/", "account")
    owner.sees(receipt.grouped)


def test_a_company_from_its_invitation_to_the_outcome(
    visit: Visit, critic: Critic, behind: Behind, tmp_path: Path
) -> None:
    receipt = behind.filed(Track.CLUE, account="holder")
    desk, head, company = (
        Official(visit(), critic),
        Official(visit(), critic),
        Visitor(visit(phone=True), critic),
    )
    for person, name in ((desk, "intake"), (head, "head")):
        person.page.context.add_cookies([behind.cookie_of(name)])  # type: ignore[list-item]
    desk.find_case(receipt.grouped)
    desk.accept()
    desk.follow("请对方陈述")
    desk.field("请对方说明的事项").fill(ASKED)
    desk.field("几天内答复").select_option("7")
    desk.press("建立邀请")
    link = desk.main.locator("code", has_text="/respond/").inner_text()
    desk.look("case: company invited")

    company.go("/respond/" + link.partition("/respond/")[2], "respond")
    company.sees(ASKED)
    company.does_not_see(receipt.grouped, PERSON.name, FACTS["facts"])
    company.press("提交陈述")
    company.problems("respond, wrong")
    papers = tmp_path / "invoice.jpg"
    papers.write_bytes(a_photo())
    company.field("您的陈述").fill(SAID)
    company.field("陈述人的姓名和职务").fill("店主李四")
    company.field("代理人和所在单位").fill("示例律师事务所 王律师")
    company.control("input[type=file]").set_input_files(str(papers))
    company.press("提交陈述")
    company.sees(SAID, "按期", "王律师", papers.name)
    company.look("respond, answered")

    desk.page.reload()
    desk.sees(SAID, "王律师", papers.name)
    desk.follow("认定这份陈述成不成立")
    desk.arrive_at("", "case: finding on the statement")
    desk.control("input[name=upheld][value=yes]").check()
    desk.field("理由").fill("授权书经核对属实。")
    desk.press(desk.main.locator("form button").last.inner_text())
    desk.sees("予以采纳")
    head.find_case(receipt.grouped)
    head.follow("不予立案")
    head.arrive_at("不予立案", "case: not filed")
    head.control("input[name=ground]").first.check()
    head.field("具体说明").fill("经查没有违法。")
    head.press("不予立案")
    desk.find_case(receipt.grouped)
    desk.answer("经核查，没有发现违法。")
    desk.close("不予立案", "没有发现违法事实。")
    company.page.reload()
    company.sees("予以采纳", "授权书经核对属实。", "不予立案", "行政复议")
    company.does_not_see(receipt.grouped, PERSON.name, "没有发现违法事实")
    company.look("respond, with the outcome")


def test_an_authority_answers_a_letter_by_its_link_with_an_attachment(
    visit: Visit, critic: Critic, behind: Behind, tmp_path: Path
) -> None:
    receipt = behind.filed(Track.REPORT)
    desk, head, police = Clerk(visit(), critic), Clerk(visit(), critic), Visitor(visit(phone=True), critic)
    for person, name in ((desk, "intake"), (head, "head")):
        person.page.context.add_cookies([behind.cookie_of(name)])  # type: ignore[list-item]
    desk.find_case(receipt.grouped)
    desk.accept()
    desk.draft_letter(HELP, to="公安局")
    head.go("/casework/papers", "papers: to approve")
    head.follow("协助调查函")
    head.press("批准")
    desk.page.reload()
    desk.press("签发")
    number = desk.issued_number()
    desk.find_case(receipt.grouped)
    link = desk.write_outside(HELP, kind="协助调查函", to="公安局", paper=number)

    police.go(link, "outside: a letter")
    police.sees(HELP, number)
    police.does_not_see(receipt.grouped, PERSON.name, PERSON.address)
    with police.page.expect_download():
        police.main.get_by_role("button", name=number).click()
    police.press("签收")
    police.press("发送回复")
    police.problems("outside: reply, with mistakes")
    papers = tmp_path / "invoice.jpg"
    papers.write_bytes(a_photo())
    police.field("回复的单位和联系人").fill("市公安局经侦支队 张警官")
    police.field("办理情况和结果").fill(FOUND)
    police.control("input[type=file]").set_input_files(str(papers))
    police.press("发送回复")
    police.sees("已回复", FOUND, papers.name)
    police.look("outside: a letter, answered")

    desk.find_case(receipt.grouped)
    desk.follow("外部单位的签收和回复")
    desk.arrive_at("外部单位", "case: outside bodies")
    desk.sees("张警官", FOUND, papers.name)
    desk.find_case(receipt.grouped)
    desk.follow("公文")
    desk.follow("协助调查函")
    desk.sees("网上领取")
