"""Where the journey is walked: the public site or a rights-holder's account. The steps are the same pages."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.people.tables import Account


class Step(enum.StrEnum):
    """A page of the journey, in order; the value is the last part of its address and the name of its view."""

    START = "start"
    KIND = "kind"
    WISH = "wish"  # of those whose kind leaves a choice of procedure
    COMPETENT = "competent"  # of those whose matter is another authority's
    FACTS = "facts"
    RESPONDENTS = "respondents"  # of those who name more than one
    OUTSIDE = "outside"  # of those whose matter happened outside the bureau's region
    EVIDENCE = "evidence"
    CONTACT = "contact"
    AGENT = "agent"  # of those who file for somebody else
    JOINT = "joint"  # of those who file together
    CHECK = "check"


STEP_TITLES: dict[Step, LazyString] = {
    Step.START: _l("您要办什么"),
    Step.KIND: _l("涉及什么"),
    Step.WISH: _l("您希望怎么办"),
    Step.COMPETENT: _l("这件事该找谁"),
    Step.FACTS: _l("事情经过"),
    Step.RESPONDENTS: _l("其他被举报（投诉）的一方"),
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

    `situation` is what its visitors come with when the place itself says so; then nobody is asked.
    """

    blueprint: str
    account: Account | None = None
    situation: str = ""

    @property
    def first(self) -> Step:
        return Step.KIND if self.situation else Step.START

    @property
    def session_key(self) -> str:
        """Where the draft's token lies in the visitor's session; another account on this computer has another one."""
        return f"draft:{self.account.id}" if self.account else "draft"

    def url(self, step: Step) -> str:
        """The address of a step."""
        return url_for(f"{self.blueprint}.{step.value}")


def public_surface() -> Surface:
    """The journey of a visitor without an account."""
    return Surface("filing")


def account_surface(account: Account) -> Surface:
    """The journey of a rights-holder who is signed in."""
    return Surface("account_filing", account, situation="owner")
