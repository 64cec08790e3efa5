"""Where the journey is walked: the public site, a rights-holder's account, or the desk. The steps are the same pages."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.people.tables import Account


class Step(enum.StrEnum):
    """A page of the journey, in order; the value is the last part of its address and the name of its view."""

    CHANNEL = "channel"  # of staff who file for somebody else
    START = "start"
    KIND = "kind"
    WISH = "wish"  # of those whose kind leaves a choice of procedure
    COMPETENT = "competent"  # of those whose matter is another authority's
    FACTS = "facts"
    RESPONDENTS = "respondents"  # of those who name more than one
    LINKS = "links"  # of those who have many
    AID = "aid"  # of those who ask for help
    PLATFORM = "platform"  # of those who have notified the platform
    OUTSIDE = "outside"  # of those whose matter happened outside the bureau's region
    EVIDENCE = "evidence"
    CONTACT = "contact"
    AGENT = "agent"  # of those who file for somebody else
    JOINT = "joint"  # of those who file together
    CHECK = "check"


STEP_TITLES: dict[Step, LazyString] = {
    Step.CHANNEL: _l("对方是怎么找来的"),
    Step.START: _l("您要办什么"),
    Step.KIND: _l("涉及什么"),
    Step.WISH: _l("您希望怎么办"),
    Step.COMPETENT: _l("这件事该找谁"),
    Step.FACTS: _l("事情经过"),
    Step.RESPONDENTS: _l("其他被举报（投诉）的一方"),
    Step.LINKS: _l("网店、商品链接"),
    Step.AID: _l("需要的帮助"),
    Step.PLATFORM: _l("通知平台的情况"),
    Step.OUTSIDE: _l("事情不在本局辖区"),
    Step.EVIDENCE: _l("证据"),
    Step.CONTACT: _l("您的联系方式"),
    Step.AGENT: _l("代理人和委托书"),
    Step.JOINT: _l("一起提交的人"),
    Step.CHECK: _l("核对并提交"),
}


@dataclass(frozen=True)
class Surface:
    """One place where the journey is walked. `blueprint` names its views, `account` is who walks it, if signed in.

    `situation` is what its visitors come with when the place itself says so; then nobody is asked. `officer` is the
    member of staff who types what somebody else says.
    """

    blueprint: str
    account: Account | None = None
    situation: str = ""
    officer: Account | None = None

    @property
    def first(self) -> Step:
        if self.officer:
            return Step.CHANNEL
        return Step.KIND if self.situation else Step.START

    @property
    def session_key(self) -> str:
        """Where the draft's token lies in the visitor's session; another account on this computer has another one."""
        walker = self.account or self.officer
        return f"draft:{walker.id}" if walker else "draft"

    def url(self, step: Step) -> str:
        """The address of a step."""
        return url_for(f"{self.blueprint}.{step.value}")


def public_surface() -> Surface:
    """The journey of a visitor without an account."""
    return Surface("filing")


def intake_surface(officer: Account) -> Surface:
    """The journey of staff who type what somebody says on the phone or has written."""
    return Surface("intake", officer=officer)


def account_surface(account: Account) -> Surface:
    """The journey of a rights-holder who is signed in."""
    return Surface("account_filing", account, situation="owner")
