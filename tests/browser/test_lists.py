"""A company is listed after a hearing and leaves early a year later; another entry is revoked. Two people, two widths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator
from sqlalchemy import select

from models.decisions.kinds import Fulfilment
from models.kinds import RightType
from models.lists.tables import SeriousEntry
from models.people.tables import Account, Unit
from models.types import beijing_date, now_utc
from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.behind import Behind
from tests.browser.steps.listing import Lister
from tests.browser.steps.reader import Reader
from tests.support.decisions import invented_uscc
from tests.support.published import published

pytestmark = pytest.mark.browser

Fill = Callable[[Locator], None]
DAY, YEAR = dt.timedelta(days=1), dt.timedelta(days=400)


def a_final_decision(behind: Behind, number: str, uscc: str, name: str) -> str:
    """Public, of a cause that the serious list knows, fulfilled and beyond challenge; gives its permanent id."""
    with behind.writing() as session:
        unit = session.scalars(select(Unit).where(Unit.code == "bureau")).one()
        reviewer = session.scalars(select(Account).where(Account.username == "reviewer")).one()
        decided_on = beijing_date(now_utc()) - 60 * DAY
        made = published(
            session, unit, reviewer, now=now_utc(), document_number=number, uscc=uscc, party_name=name,
            decided_on=decided_on, right_type=RightType.TRADEMARK, cause_name="侵犯注册商标专用权", cause_code="TM-01",
            facts="当事人生产侵犯第1234567号注册商标专用权的白酒。",
        )  # fmt: skip
        made.final_on = decided_on + 30 * DAY
        made.fulfilment, made.fulfilled_on = Fulfilment.FULFILLED, decided_on + 10 * DAY
        return made.public_id


def a_year_passes(behind: Behind, uscc: str) -> None:
    """The entry was published long ago."""
    with behind.writing() as session:
        entry = session.scalars(select(SeriousEntry).where(SeriousEntry.uscc == uscc)).one()
        assert entry.published_at is not None
        entry.published_at -= YEAR


def on(day: dt.date, **typed: str) -> Fill:
    """Fills in a day and whatever else is asked."""

    def fill(form: Locator) -> None:
        form.get_by_label("日期").fill(day.isoformat())
        for label, words in typed.items():
            form.get_by_label(label).fill(words)

    return fill


def because(words: str) -> Fill:
    return lambda form: form.get_by_label("理由").fill(words)


def ticked(form: Locator) -> None:
    form.get_by_label("日期").fill(beijing_date(now_utc()).isoformat())
    for box in form.get_by_role("checkbox").all():
        box.check()


def heard(form: Locator) -> None:
    form.get_by_label("听证").check()
    form.get_by_label("日期").fill(beijing_date(now_utc()).isoformat())


def onto_the_list(maker: Lister, decider: Lister, *, name: str, uscc: str, decision: str) -> str:
    """The whole way of a serious entry; gives the address of its page."""
    today = beijing_date(now_utc())
    address = maker.propose("serious", name=name, uscc=uscc, decision=decision)
    maker.act(address, "记录告知（红榜：拟列入公示）", on(today - 20 * DAY))
    maker.act(address, "记录陈述申辩或者听证", heard)
    maker.act(address, "记录上一级同意", on(today, 上一级机关="省市场监督管理局", 文号="省函〔2026〕1号"))
    decider.act(address, "决定列入", on(today, 文号="平列〔2026〕1号"))
    decider.sees("公示列入决定")
    decider.act(address, "公布")
    return address


def test_from_a_hearing_to_early_removal(visit: Visit, critic: Critic, behind: Behind) -> None:
    name, uscc = "示例演示朱鹮白酒有限公司", invented_uscc(71)
    decision = a_final_decision(behind, "平市监处罚〔2026〕971号", uscc, name)
    maker, decider = Lister(visit(), critic), Lister(visit(phone=True), critic)
    maker.sign_in("publisher")
    decider.sign_in("reviewer")
    address = onto_the_list(maker, decider, name=name, uscc=uscc, decision=decision)
    reader = Reader(visit(phone=True), critic)
    reader.go("/lists/serious", "lists: serious")
    reader.sees(name, uscc)

    a_year_passes(behind, uscc)
    maker.act(address, "登记提前移出申请", on(beijing_date(now_utc())))
    maker.sees("信用修复决定")
    maker.go("/casework/lists?kind=serious", "lists: desk with a clock")
    maker.sees("还有 7 个工作日")
    maker.act(address, "受理提前移出申请", ticked)
    decider.act(address, "同意提前移出", because("条件都已具备。"))
    decider.sees("提前移出", "条件都已具备。")
    reader.go("/lists/serious", "lists: serious")
    reader.does_not_see(name)


def test_an_entry_is_revoked(visit: Visit, critic: Critic, behind: Behind) -> None:
    name, uscc = "示例演示白鹭瓷器有限公司", invented_uscc(72)
    decision = a_final_decision(behind, "平市监处罚〔2026〕972号", uscc, name)
    maker, decider = Lister(visit(phone=True), critic), Lister(visit(), critic)
    maker.sign_in("publisher")
    decider.sign_in("reviewer")
    address = onto_the_list(maker, decider, name=name, uscc=uscc, decision=decision)
    maker.act(address, "登记异议", on(beijing_date(now_utc())))
    reader = Reader(visit(), critic)
    reader.go("/lists/serious", "lists: serious, objected to")
    reader.sees(name, "异议处理中")
    decider.act(address, "撤销列入", because("核查后依据不成立。"))
    reader.go("/lists/serious", "lists: serious")
    reader.does_not_see(name)
