"""For the filer: the receipt to show to the platform, the fifteen days counted, and what came from the platform later."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from journey.explaining import basis_in_words, counted_days
from journey.proof import picture, verify_address
from journey.secrets import refuse_own_code
from journey.sides import platform_rows
from models.cases.queries import case_of_filing
from models.cases.terms import State
from models.clocks.deadlines import Computed
from models.commerce.notices.operations import note_shown, note_statement, notice_of
from models.commerce.notices.queries import wait_of
from models.commerce.notices.tables import PlatformNotice
from models.commerce.notices.terms import LONGEST_STATEMENT
from models.commerce.operations import links_of
from models.errors import Invalid
from models.filings.tables import Filing
from models.people.actors import FILER
from models.types import beijing_date, now_utc
from shared.components import Deadline
from shared.database import session
from shared.fields import Answered, DateField, TextArea
from shared.forms import Form
from shared.i18n import label

SOON = dt.timedelta(days=5)


class StatementForm(Form):
    """The seller's statement, as it came from the platform."""

    reached_on = DateField(
        _l("卖家的声明哪一天到达您？"),
        [Answered(_l("请填写声明到达您的日期。"))],
        hint=_l("平台转来的站内信、邮件送到的那一天；从第二天起算 15 日。"),
    )
    words = TextArea(_l("卖家在声明里怎么说？"), max_chars=LONGEST_STATEMENT, rows=4)


class ShownForm(Form):
    """That the platform has the receipt."""

    shown_on = DateField(
        _l("平台哪一天收到的？"),
        [Answered(_l("请填写平台收到通知的日期。"))],
        hint=_l("15 日看的是平台哪一天收到您已经投诉或者起诉的通知。"),
    )


def show(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """The page; it can be printed and sent as it is: it says nothing of who filed."""
    return _page(filing, blueprint, _forms(formdata=None))


def statement(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """The seller's statement has come."""
    form = StatementForm()
    if form.validate() and not refuse_own_code(form, "words", filing):
        try:
            words, reached_on = form.words.data or "", form.reached_on.data
            note_statement(
                session, filing=filing, reached_on=reached_on, words=words, actor=FILER, now=now_utc()
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已经登记，办理人员会看到；最迟哪一天让平台收到，见下面。"), "success")
            return redirect(_address(filing, blueprint), 303)
    return _page(filing, blueprint, {"statement": form, "shown": ShownForm(formdata=None)})


def shown(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """The platform has been shown the receipt."""
    form = ShownForm()
    if form.validate():
        try:
            note_shown(session, filing=filing, on=form.shown_on.data, actor=FILER, now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已经记下。请保存好平台的回复。"), "success")
            return redirect(_address(filing, blueprint), 303)
    return _page(filing, blueprint, {"statement": StatementForm(formdata=None), "shown": form})


def links_file(filing: Filing) -> ResponseReturnValue:
    """The links, one a line: `sha256sum` of this file gives the digest that the receipt signs."""
    text = "\n".join(link.address for link in links_of(session, filing))
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="links-{filing.reference}.txt"'
    return response


def wait_shown(wait: Computed, notice: PlatformNotice) -> Deadline:
    """The fifteen days as a page shows them, each day counted; the platform has to *have* the notice by their end.

    Shown is the fifteenth day itself: the law says nothing of days off, so nobody should lean on the platform rolling it.
    """
    left = (wait.raw_end - beijing_date(now_utc())).days
    if notice.shown_on is not None:
        in_time = notice.shown_on <= wait.raw_end
        light, words = ("fine", _("平台已经收到")) if in_time else ("late", _("平台在期满以后才收到"))
    elif left < 0:
        light, words = "late", _("已经过了")
    else:
        light = "soon" if left <= SOON.days else "fine"
        words = ngettext("还有 %(num)s 天", "还有 %(num)s 天", left) if left else _("今天是最后一天")
    return Deadline(
        title=label(wait.rule.title),
        due_on=wait.raw_end,
        basis=basis_in_words(wait.rule),
        light=light,
        left=words,
        days=[day for day in counted_days(wait) if day.date <= wait.raw_end],
        is_provisional=wait.provisional,
    )


def _forms(**given: Any) -> dict[str, Form]:
    return {"statement": StatementForm(**given), "shown": ShownForm(**given)}


def _address(filing: Filing, blueprint: str) -> str:
    return url_for(f"{blueprint}.platform", reference=filing.reference)


def _page(filing: Filing, blueprint: str, forms: dict[str, Form]) -> ResponseReturnValue:
    notice = notice_of(session, filing)
    wait = wait_of(session, notice.statement_reached_on)
    check_at = verify_address(filing.receipt.token) if filing.receipt else ""
    problems = any(form.problems() for form in forms.values())
    page = render_template(
        "public/track/platform.html",
        filing=filing,
        blueprint=blueprint,
        told=notice,
        rows=platform_rows(notice),
        wait=wait_shown(wait, notice) if wait else None,
        links=links_of(session, filing),
        check_at=check_at,
        picture=picture(check_at) if check_at else "",
        forms=forms,
        is_withdrawn=case_of_filing(session, filing.id).state is State.WITHDRAWN,
    )
    return page, 422 if problems else 200
