"""The life of one case on each track, from the receipt to the end, as its people see it: nothing bounces, nothing closes falsely.

Filings come by the verb (`test_ways` walks the questions); filers look on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from models.kinds import RightType, Track
from models.types import beijing_date, now_utc
from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.behind import Behind
from tests.browser.steps.filer import Filer, Receipt
from tests.browser.steps.official import Official

pytestmark = pytest.mark.browser

COUNTY, NEIGHBOUR = "平顶山市新华区市场监督管理局", "平顶山市卫东区市场监督管理局"
ANSWER = "经核查，您反映的情况属实，处理结果如下。"
REASONS = "事实已经查清，处理已经完毕。"


class Follower(Filer):
    """A filer who follows the case to its end, and says what they think of it."""

    def agree_to_mediation(self) -> None:
        """同意调解, from the notice on the page."""
        self.follow("查看调解建议并答复")
        self.arrive_at("调解", "track: mediation")
        self.press("提交答复")
        self.problems("track: mediation, with mistakes")
        self.control("input[name=agrees][value=yes]").check()
        self.press("提交答复")
        self.sees("您的答复已经收到")

    def claim_reward(self) -> None:
        """申领 at the counter: no name is asked."""
        self.follow("查看举报奖励的决定")
        self.arrive_at("举报奖励", "track: reward")
        self.press("提交申领")
        self.problems("track: reward, with mistakes")
        self.control("input[name=way][value=counter]").check()
        self.press("提交申领")
        self.sees("申领已经收到", "不问姓名")

    def rate(self, mark: str) -> None:
        """满意度."""
        self.follow("评价")
        self.arrive_at("评价", "track: rate")
        self.press("提交评价")
        self.problems("track: rate, with mistakes")
        self.field(mark).check()
        self.press("提交评价")
        self.sees("已收到您的评价")

    def dispute(self, grounds: str) -> None:
        """申诉."""
        self.follow("申诉")
        self.arrive_at("申诉", "track: dispute")
        self.press("提交申诉")
        self.problems("track: dispute, with mistakes")
        self.field("您的意见").fill(grounds)
        self.press("提交申诉")
        self.sees("已收到您的申诉")


@pytest.fixture
def officer(visit: Visit, critic: Critic, behind: Behind) -> Callable[[str, Receipt], Official]:
    """`officer(name, receipt)` has signed in, and looks at the case."""

    def at_the_case(name: str, receipt: Receipt) -> Official:
        person = Official(visit(), critic)
        person.page.context.add_cookies([behind.cookie_of(name)])  # type: ignore[list-item]
        person.find_case(receipt.grouped)
        return person

    return at_the_case


@pytest.fixture
def filer(visit: Visit, critic: Critic) -> Follower:
    """Somebody with a phone."""
    return Follower(visit(phone=True), critic)


@pytest.fixture(autouse=True)
def _the_ledger_stays_whole(behind: Behind) -> Iterator[None]:
    yield
    assert behind.ledger_is_whole(), "flask audit verify"


Desk = Callable[[str, Receipt], Official]


def test_a_complaint_is_settled_disputed_and_worked_on_anew_by_somebody_else(
    behind: Behind, officer: Desk, filer: Follower
) -> None:
    receipt = behind.filed(Track.COMPLAINT, region="410402")
    desk = officer("intake", receipt)
    desk.accept()
    desk.transfer(COUNTY, "被投诉人在该区经营。")
    county = officer("county", receipt)
    county.acknowledge()
    county.ask_about_mediation("就退款的争议，由本局电话调解。")
    filer.track(receipt)
    filer.agree_to_mediation()
    county.find_case(receipt.grouped)
    county.mediate("周三上午电话调解。")
    county.settle("商家退款并赔偿三百元。")
    county.answer(ANSWER)
    county.close("调解达成协议", REASONS)

    filer.track(receipt)
    filer.sees("商家退款并赔偿三百元。", REASONS)
    filer.rate("很不满意")
    filer.dispute("商家没有退款，调解室里没有人。")

    supervisor = officer("supervisor", receipt)
    supervisor.follow("申诉成立，重新办理")
    supervisor.arrive_at("申诉成立", "case: uphold")
    choices = supervisor.field("由谁重新办理").locator("option").all_inner_texts()
    assert any("测试desk" in one for one in choices)
    assert not any("测试county" in one for one in choices), "who handled it does not get it again"
    supervisor.find_case(receipt.grouped)
    supervisor.uphold("测试desk", "没有调解记录，协议没有履行。")
    county.has_lost_sight_of(receipt.grouped)

    again = officer("desk", receipt)
    again.end_mediation("双方自行和解", "商家已在本局当面退款，投诉人书面确认。")
    again.answer("商家已经当面退款。")
    again.close("终止调解", "纠纷已经解决。")
    filer.track(receipt)
    filer.sees("申诉成立", "商家已经当面退款。", "终止调解")


def test_a_mediation_without_an_agreement_in_sixty_days_is_ended(
    behind: Behind, officer: Desk, filer: Follower
) -> None:
    receipt = behind.filed(Track.COMPLAINT, region="410402")
    desk = officer("intake", receipt)
    desk.accept()
    desk.transfer(COUNTY, "被投诉人在该区经营。")
    county = officer("county", receipt)
    county.acknowledge()
    county.ask_about_mediation("就退款的争议，由本局电话调解。")
    filer.track(receipt)
    filer.agree_to_mediation()
    county.find_case(receipt.grouped)
    county.mediate("周三上午电话调解。")
    behind.mediation_runs_out(receipt)
    county.find_case(receipt.grouped)
    county.end_mediation("自投诉受理之日起六十日内没有达成调解协议", "六十日内双方没有达成协议。")
    county.answer("调解期限届满，没有达成协议，可以向人民法院起诉。")
    county.close("终止调解", REASONS)
    filer.track(receipt)
    filer.sees("终止调解", "六十日内双方没有达成协议。")


def test_a_report_that_two_counties_return_is_designated(
    behind: Behind, officer: Desk, filer: Follower
) -> None:
    receipt = behind.filed(Track.REPORT, person=None)
    behind.sent_and_returned(receipt, sender="intake", unit="xinhua", receiver="county")
    desk = officer("intake", receipt)
    desk.transfer(NEIGHBOUR, "再次核对，摊位在该区。")
    neighbour = officer("neighbour", receipt)
    neighbour.give_back("摊位在两区交界处，不归本区。")
    neighbour.has_lost_sight_of(receipt.grouped)

    desk.find_case(receipt.grouped)
    desk.sees("被退回", "2 次")
    desk.ask_the_superior("新华区、卫东区都认为不归本区。")
    filer.track(receipt)
    filer.sees("等待上级机构指定")

    head = officer("head", receipt)
    head.designate(COUNTY, "市场的主要出入口在新华区。")
    county = officer("county", receipt)
    county.may_not("退回")
    county.may_not("移交")
    county.accept()
    head.find_case(receipt.grouped)
    head.file_case("现场检查有初步证据。")
    county.find_case(receipt.grouped)
    county.answer(ANSWER)
    county.close("已立案查处", REASONS)
    filer.track(receipt)
    filer.sees(ANSWER, COUNTY)
    assert "上级已指定管辖" in " ".join(filer.steps_done())


def test_who_recuses_themselves_sees_nothing_of_a_clue_any_more(
    behind: Behind, officer: Desk, filer: Follower
) -> None:
    receipt = behind.filed(Track.CLUE, account="holder")
    intake = officer("intake", receipt)
    intake.accept()
    intake.assign("测试desk")
    handler = officer("desk", receipt)
    feed, numbers = behind.calendar_of("desk")
    assert receipt.reference in " ".join(numbers).replace("-", "")
    handler.recuse_oneself("亲属", "当事人是我表弟。")
    handler.has_lost_sight_of(receipt.grouped)
    handler.does_not_see(receipt.grouped)
    assert receipt.grouped not in handler.page.request.get(feed).text()
    assert behind.is_kept_from(receipt, "desk"), "what mail and every list ask"

    intake.find_case(receipt.grouped)
    intake.sees("未指派")
    head = officer("head", receipt)
    head.file_case("权利人提供的线索有初步证据。")
    intake.find_case(receipt.grouped)
    intake.answer(ANSWER)
    intake.close("已立案查处", REASONS)
    filer.page.context.add_cookies([behind.cookie_of("holder")])  # type: ignore[list-item]
    filer.go("/account/", "account")
    filer.follow(receipt.grouped)
    filer.sees(ANSWER, REASONS)
    filer.does_not_see("表弟", "回避")


def test_a_patent_dispute_goes_up_to_who_may_decide_it(
    behind: Behind, officer: Desk, filer: Follower
) -> None:
    receipt = behind.filed(Track.ADJUDICATION, region="410402", right=RightType.PATENT_INFRINGEMENT)
    desk = officer("intake", receipt)
    desk.transfer(COUNTY, "被请求人在该区。", departure="先请该区核实被请求人的住所。")
    county = officer("county", receipt)
    county.acknowledge()
    county.try_to_accept("本区核实过了。")
    county.sees("无权裁决专利侵权纠纷")
    county.find_case(receipt.grouped)
    county.transfer("平顶山市市场监督管理局", "本区无权裁决。")
    desk.find_case(receipt.grouped)
    desk.acknowledge()
    desk.accept()
    desk.assign("测试desk")
    handler = officer("desk", receipt)
    handler.answer("裁决：被请求人停止制造、销售被控产品。")
    handler.close("认定侵权成立", REASONS)
    filer.track(receipt)
    filer.sees("停止制造")


def test_aid_is_given_by_the_centre(behind: Behind, officer: Desk, filer: Follower) -> None:
    receipt = behind.filed(Track.AID)
    desk = officer("intake", receipt)
    desk.transfer("维权援助中心", "由援助中心办理。")
    centre = officer("aid", receipt)
    centre.acknowledge()
    centre.accept()
    filer.track(receipt)
    filer.control("#body").fill("补充：商标注册证复印件已经寄出。")
    filer.press("发送")
    filer.sees("补充内容已经送达")
    centre.find_case(receipt.grouped)
    centre.sees("商标注册证复印件已经寄出")
    officer("head", receipt).give_aid("judgement", "小微企业，权属清楚，由专家判断是否侵权。")
    centre.find_case(receipt.grouped)
    centre.answer("已经为您指派专家，并附上维权路径说明。")
    centre.close("已提供援助", REASONS)
    filer.track(receipt)
    filer.sees("维权路径说明")


def test_a_question_is_answered(behind: Behind, officer: Desk, filer: Follower) -> None:
    receipt = behind.filed(Track.CONSULTATION, person=None)
    desk = officer("intake", receipt)
    desk.accept()
    desk.answer("注册商标的有效期为十年，期满前十二个月内可以办理续展。")
    desk.close("已解答咨询", REASONS)
    filer.track(receipt)
    filer.sees("有效期为十年")
    filer.rate("很满意")
    filer.does_not_see("请对这次办理作出评价")


def test_an_anonymous_reporter_claims_a_reward_by_the_query_code(
    behind: Behind, officer: Desk, filer: Follower
) -> None:
    receipt = behind.filed(Track.REPORT, region="410400")
    desk = officer("intake", receipt)
    desk.accept()
    head = officer("head", receipt)
    head.file_case("现场检查有初步证据，符合立案条件。")
    desk.find_case(receipt.grouped)
    desk.answer(ANSWER)
    desk.close("立案查处", REASONS)
    desk.find_case(receipt.grouped)
    desk.follow("举报奖励")
    desk.follow("提出奖励建议")
    desk.arrive_at("提出奖励建议", "case: propose a reward")
    desk.control("input[name=level][value='2']").check()
    desk.field("处罚决定书文号").fill("平市监处罚〔2026〕9901号")
    desk.field("罚没款合计").fill("120000")
    desk.field("查处结案的日期").fill(beijing_date(now_utc()).isoformat())
    desk.field("举报与查实的违法事实怎样相符").fill("举报的摊位和商品与查实的一致。")
    desk.control("input[name=is_eligible]").check()
    desk.press("提出奖励建议")
    desk.sees("3,600")

    head.go("/casework/rewards", "rewards")
    head.follow(receipt.grouped)
    head.arrive_at("举报奖励", "case: reward")
    head.control("input[name=decision][value=grant]").check()
    head.press("提交决定")
    head.sees("待领取")

    filer.track(receipt)
    filer.claim_reward()
    desk.go(f"/casework/cases/{receipt.reference}/reward", "case: reward to pay")
    desk.field("支付凭证编号").fill("V-2026-1")
    desk.press("登记支付")
    desk.sees("已支付")
