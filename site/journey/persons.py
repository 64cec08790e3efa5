"""Which questions about the filer are asked: by procedure, and less where an account has told already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from journey.drafts import Draft
from journey.forms import ContactForm, must_answer
from journey.stored_right import told_right
from journey.surface import Step
from models.filings.parties import Capacity
from models.filings.submissions import Agent, Companion, Person
from models.people.tables import Account
from models.triage.terms import Need
from shared.services import services


def contact_form(
    needs: frozenset[Need],
    capacities: tuple[Capacity, ...],
    account: Account | None,
    answers: Mapping[str, Any],
) -> ContactForm:
    """The form as this filer has to answer it, filled with what was answered before."""
    form = ContactForm(data=dict(answers) or _known(account))
    if needs & {Need.NAMED, Need.IDENTITY}:
        del form.how
        must_answer(form.name, _("请填写真实姓名。"))
    else:
        form.name.flags.required = True  # of those who give a name; the heading says so, `check_named` asks
    if Need.IDENTITY in needs:
        must_answer(form.phone, _("请填写电话，办理时要联系您（121号 第10条）。"))
        form.phone.hint = _("办理时按这个号码联系您。")
        must_answer(form.address, _("请填写通讯地址（121号 第10条）。"))
    else:
        del form.address, form.id_number
    form.choose_capacity(capacities)
    if account is None:
        form.offer_notices(by_text=services().texter is not None)
    else:
        del form.notify
    return form


def check_named(form: ContactForm) -> bool:
    """Whether a filer who gives a name gives what is needed with it; errors go to the fields."""
    person = form.person()
    if person is None:
        return True
    if not person.name:
        form.name.errors = [_("请填写姓名；想匿名请在上面改选“匿名”。")]
    if not person.phone_digits and not person.email:
        form.phone.errors = [_("请填写手机号码，或者在下面填写电子邮箱。")]
    return not form.name.errors and not form.phone.errors


def person_of(draft: Draft, account: Account | None) -> Person | None:
    """The filer as answered; a rights-holder's organisation comes from the account."""
    answers = draft.of(Step.CONTACT)
    if answers.get("how") == "anonymous":
        return None
    told = {name: str(answers.get(name) or "") for name in ("name", "phone", "email", "address", "id_number")}
    right = told_right(draft)  # of another's right, the organisation is that other
    return Person(
        **told,
        organisation=right.get("organisation") or (account.organisation or "" if account else ""),
        uscc=right.get("uscc") or (account.uscc or "" if account else ""),
    )


def with_others(person: Person | None, draft: Draft, capacity: Capacity) -> Person | None:
    """The filer with those who file together with them, or with the agent who files for them."""
    if person is None or capacity is Capacity.SELF:
        return person
    if capacity is Capacity.JOINT:
        rows = draft.of(Step.JOINT).get("rows", [])
        return replace(person, companions=tuple(Companion(**row) for row in rows))
    told = draft.of(Step.AGENT)
    agent = Agent(told["name"], told["phone"], told.get("organisation") or "")
    return replace(person, agent=agent)


def _known(account: Account | None) -> dict[str, str]:
    return {"name": account.display_name, "email": account.email or ""} if account else {}
