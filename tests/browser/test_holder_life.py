"""A rights-holder's year: registered and verified, 300 links told row by row, a platform, the lane granted and withdrawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Site, Visit
from tests.browser.critic import Critic
from tests.browser.steps.behind import Behind
from tests.browser.steps.holder import SECRET, Desk, Holder
from tests.support.documents import a_photo
from tests.support.holders import a_code

pytestmark = pytest.mark.browser
ORGANISATION, PERSON, RIGHT, ADDRESS = "示例演示杯业有限公司", "测试杯业", "护杯", "cups@holder.example"
ITEM = "https://item.taobao.com/item.htm?id=6100000{:05d}"
SAME_ON_A_PHONE = "h5.m.taobao.com/awp/core/detail.htm?id=6100000{:05d}"
DECIDED, GOOD, TWICE, BAD = range(5), range(100, 360), range(100, 115), range(20)


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    path = tmp_path / "certificate.jpg"
    path.write_bytes(a_photo())
    return path


def test_from_registering_to_the_lane(
    visit: Visit, critic: Critic, site: Site, behind: Behind, proof: Path
) -> None:
    holder, intake, head = Holder(visit(), critic), Desk(visit(), critic), Desk(visit(), critic)
    for person, name in ((intake, "intake"), (head, "head")):
        person.page.context.add_cookies([behind.cookie_of(name)])  # type: ignore[list-item]
    _registered_and_verified(holder, intake, site, proof)
    first = _file(holder, [ITEM.format(number) for number in DECIDED])
    intake.find_case(first)
    intake.accept()
    head.find_case(first)
    head.file_case("权利人提供的线索有初步证据。")
    intake.find_case(first)
    intake.answer("经核查属实。")
    intake.close("已立案查处", "事实已经查清。")

    head.decide(ORGANISATION, "重点企业，记录良好", "给予直通车")
    holder.go("/account/lane/", "account: lane")
    holder.sees("您的单位有直通车")
    second = _file_three_hundred(holder, decided=first)
    holder.go(f"/account/filings/{second.replace('-', '')}/platform", "account: platform receipt")
    holder.sees("电子商务法 第43条", "还有 15 天")
    head.go("/casework/?view=open&lane=fast_lane", "queue: lane")
    head.sees(second, "直通车")

    head.decide(ORGANISATION, "查实率低", "通知收回")
    holder.go("/account/lane/", "account: lane, announced")
    holder.follow("申诉")
    holder.control("textarea[name=appeal]").fill("两件还在复议")
    holder.press("提交申诉")
    holder.sees("两件还在复议")
    holder.go("/account/tokens/", "account: tokens")
    holder.go("/account/tokens/webhooks/new", "account: new webhook")


def _registered_and_verified(holder: Holder, intake: Desk, site: Site, proof: Path) -> None:
    holder.ask_to_register(ADDRESS)
    link = re.search(r"/register/\S+", site.mail_to(ADDRESS))
    assert link is not None
    holder.register(link[0], name=PERSON, organisation=ORGANISATION, uscc=a_code())
    holder.sign_in(ADDRESS, SECRET)
    holder.prove(proof)
    intake.verify(PERSON, proof)
    holder.store_right(RIGHT, proof)
    intake.verify(RIGHT, proof)


def _file(holder: Holder, lines: list[str]) -> str:
    holder.choose_right()
    holder.tell_of_shop(notified=False)
    holder.give_links(lines)
    holder.press("继续")
    holder.go_on_without_more_files()
    holder.give_contact()
    holder.check_answers(f"{len(lines)} 个")
    return holder.send().grouped


def _file_three_hundred(holder: Holder, *, decided: str) -> str:
    lines = [
        *(ITEM.format(number) for number in DECIDED),
        *(ITEM.format(number) for number in GOOD),
        *(SAME_ON_A_PHONE.format(number) for number in TWICE),
        *(f"不是网址 {number}" for number in BAD),
    ]
    assert len(lines) == 300
    holder.choose_right()
    holder.tell_of_shop(notified=True)
    holder.give_links(lines)
    told = holder.rows_told()
    assert sorted(told) == [*range(1, 6), *range(266, 301)], "what is good needs no look"
    assert all("以前提交过，已经办结" in told[row] and decided in told[row] for row in range(1, 6))
    assert all("与前面一行是同一个" in told[row] for row in range(266, 281))
    assert all("不是网址，请更正" in told[row] for row in range(281, 301))
    holder.press("继续")
    holder.tell_platform()
    holder.go_on_without_more_files()
    holder.give_contact()
    holder.check_answers("260 个", "淘宝")
    return holder.send().grouped
