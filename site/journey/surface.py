"""Where the journey is walked: the public site or a rights-holder's account. The steps are the same pages."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.people.tables import Account


class Step(enum.StrEnum):
    """A page of the journey; the value is the last part of its address and the name of its view."""

    START = "start"
    KIND = "kind"
    FACTS = "facts"
    EVIDENCE = "evidence"
    CONTACT = "contact"
    CHECK = "check"


STEP_TITLES: dict[Step, LazyString] = {
    Step.START: _l("您要办什么"),
    Step.KIND: _l("涉及什么"),
    Step.FACTS: _l("事情经过"),
    Step.EVIDENCE: _l("证据"),
    Step.CONTACT: _l("您的联系方式"),
    Step.CHECK: _l("核对并提交"),
}

PUBLIC_STEPS = tuple(Step)
ACCOUNT_STEPS = (Step.KIND, Step.FACTS, Step.EVIDENCE, Step.CONTACT, Step.CHECK)


@dataclass(frozen=True)
class Surface:
    """One place where the journey is walked. `blueprint` names its views, `account` is who walks it, if signed in."""

    blueprint: str
    steps: tuple[Step, ...]
    account: Account | None = None

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def session_key(self) -> str:
        """Where the draft's token lies in the visitor's session; another account on this computer has another one."""
        return f"draft:{self.account.id}" if self.account else "draft"

    def url(self, step: Step) -> str:
        """The address of a step."""
        return url_for(f"{self.blueprint}.{step.value}")

    def before(self, step: Step) -> Step | None:
        """The step that Back leads to."""
        position = self.steps.index(step)
        return self.steps[position - 1] if position else None

    def after(self, step: Step) -> Step:
        """The step that Continue leads to."""
        return self.steps[self.steps.index(step) + 1]

    def number(self, step: Step) -> int:
        """Which step it is, counted from one."""
        return self.steps.index(step) + 1


def public_surface() -> Surface:
    """The journey of a visitor without an account."""
    return Surface("filing", PUBLIC_STEPS)


def account_surface(account: Account) -> Surface:
    """The journey of a rights-holder who is signed in."""
    return Surface("account_filing", ACCOUNT_STEPS, account)
