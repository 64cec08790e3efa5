"""The clerk reports a quarter with figures by hand, by keys alone; every page of it on a phone and on a desktop."""

from __future__ import annotations

import pytest

from models.reports.definitions import reports
from models.types import beijing_date, now_utc
from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.officer import SignedIn

pytestmark = pytest.mark.browser


def test_a_quarter_is_reported_and_corrected(visit: Visit, critic: Critic) -> None:
    actions = next(one for one in reports() if one.code == "samr-actions")
    last = actions.periods_before(beijing_date(now_utc()), 2)[1].name
    clerk, reader = SignedIn(visit(), critic, keys=True), SignedIn(visit(phone=True), critic)
    for one in (clerk, reader):
        one.sign_in("everything")
    clerk.go(f"/casework/reports?report=samr-actions&period={last}", "reports")
    clerk.sees("还没有报")
    clerk.follow("平顶山市市场监督管理局")
    clerk.arrive_at("知识产权执法行动统计", "reports: not reported yet")
    clerk.field("开展执法行动（次）").fill("几次")
    clerk.press("报出")
    assert len(clerk.problems("reports: with mistakes")) == 2
    clerk.field("开展执法行动（次）").fill("3")
    clerk.field("审核人").fill("审核员甲")
    clerk.press("报出")
    clerk.sees("已报出。以后的变化请作更正。")
    clerk.field("哪一格").select_option(label="出动执法人员（人次） · 本期")
    clerk.field("更正为").fill("12")
    clerk.field("更正的理由").fill("漏报一次行动")
    clerk.press("更正")
    clerk.sees("0 → 12")
    reader.go(clerk.page.url, "reports: corrected")
    reader.sees("漏报一次行动")
    for report in ("samr-ip", "credit-three"):
        reader.go(f"/casework/reports?report={report}", f"reports: {report}")
    reader.go("/casework/lists/leads", "lists: leads")
