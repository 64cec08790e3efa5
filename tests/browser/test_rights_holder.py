"""A rights-holder signs in, files a clue, and finds it under the account."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.filer import STALL, Filer
from tests.browser.steps.officer import SignedIn

pytestmark = pytest.mark.browser


class RightsHolder(SignedIn, Filer):
    """Somebody whose rights are infringed."""

    def begin_clue(self) -> None:
        self.go("/account/", "account, empty")
        self.main.get_by_role("link").first.click()

    def give_contact(self, phone: str) -> None:
        self.arrive_at("您的联系方式", "account: contact")
        self.field("手机号码").fill(phone)
        self.press("继续")


def test_a_clue_stands_under_the_account(visit: Visit, critic: Critic) -> None:
    holder = RightsHolder(visit(), critic)
    holder.sign_in("holder")
    holder.begin_clue()
    holder.choose_kind()
    holder.tell()
    holder.go_on_without_more_files()
    holder.give_contact("138 0000 1234")
    holder.check_answers(STALL, "示例演示水杯有限公司")
    receipt = holder.send()

    holder.go("/account/", "account")
    holder.sees(receipt.grouped, STALL, "已登记")
    holder.follow(receipt.grouped)
    holder.arrive_at("", "account: filing")
    holder.sees(receipt.grouped)
    assert len(holder.steps_done()) == 1


def test_a_wrong_password_says_neither_what_was_wrong_nor_who_exists(visit: Visit, critic: Critic) -> None:
    stranger = SignedIn(visit(), critic)
    told = []
    for name in ("holder", "nobody-here"):
        stranger.sign_in(name, "not-the-password")
        told.append(stranger.problems("sign in, wrong"))
        assert stranger.field("账号名或邮箱").input_value() == name
    assert told[0] == told[1]
