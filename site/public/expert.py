"""`/expert/<link>`: an expert without an account reads what is asked, accepts or declines, and signs an opinion.

The link is the key: it stands in no log, no search engine keeps it, and no page that is opened from here learns it.
Nothing is shown of the case but what the officer wrote and the copies chosen to go with it.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.evidence import send_released
from journey.experts import is_unchanged
from journey.keys import keyring
from models.cases.moves import LONGEST_TEXT
from models.errors import Invalid, NotFound
from models.experts import requests
from models.experts.queries import files_of, request_by_token
from models.experts.tables import ExpertRequest
from models.experts.terms import OVER_LABELS, REQUEST_STATE_LABELS, RequestState
from models.filings.evidence import hand_out_copy
from models.people.actors import InvitedExpert
from models.types import now_utc
from shared.access import public
from shared.database import session
from shared.fields import Answered, AtMost, TextArea, TextField, Tick
from shared.forms import Form
from shared.limits import limited

blueprint = Blueprint("expert", __name__, url_prefix="/expert/<token>")


class AcceptForm(Form):
    """The word that nothing speaks against it."""

    is_clear = Tick(
        _l("我与这个事项的当事人没有利害关系，会保守秘密，不转发材料"),
        [Answered(_l("请先确认没有利害关系；有利害关系的，请谢绝。"))],
    )


class DeclineForm(Form):
    """Why not."""

    reasons = TextArea(
        _l("谢绝的原因"),
        [Answered(_l("请写明谢绝的原因。"))],
        hint=_l("有利害关系的，写“应当回避”就可以。"),
        max_chars=1000,
        rows=3,
    )


class OpinionForm(Form):
    """The opinion, and the name under it."""

    opinion = TextArea(
        _l("意见和理由"),
        [Answered(_l("请写明您的意见和理由。"))],
        who_sees=_l("能查看这个办件的工作人员"),
        max_chars=LONGEST_TEXT,
        rows=12,
    )
    signed = TextField(
        _l("签名：请键入您的姓名"),
        [Answered(_l("请键入您本人的姓名作为签名。")), AtMost(100)],
        hint=_l("键入姓名并提交，就是签名。提交后不能修改，系统记下时间和内容的校验值。"),
    )


@blueprint.get("")
@limited("outside", unsafe_only=False)
@public
def show(token: str) -> ResponseReturnValue:
    """What is asked, and what can be done with it now."""
    return _page(_asked(token), token)


@blueprint.post("/accept")
@limited("outside")
@public
def accept(token: str) -> ResponseReturnValue:
    """接受."""
    asked, form = _asked(token), AcceptForm()
    if not form.validate():
        return _page(asked, token, form)
    requests.accept(session, request=asked, is_clear=form.is_clear.data, now=now_utc())
    return _back(token, _("已接受邀请，请在下面出具意见。"))


@blueprint.post("/decline")
@limited("outside")
@public
def decline(token: str) -> ResponseReturnValue:
    """谢绝."""
    asked, form = _asked(token), DeclineForm()
    if not form.validate():
        return _page(asked, token, form)
    requests.decline(session, request=asked, reasons=form.reasons.data, now=now_utc())
    return _back(token, _("已谢绝，邀请单位会收到通知。"))


@blueprint.post("/opinion")
@limited("outside")
@public
def give(token: str) -> ResponseReturnValue:
    """出具意见."""
    asked, form = _asked(token), OpinionForm()
    if form.validate():
        try:
            requests.give(
                session, request=asked, opinion=form.opinion.data, signed=form.signed.data, now=now_utc()
            )
        except Invalid as error:
            form.take(error)
        else:
            return _back(token, _("意见已经签名并送达。"))
    return _page(asked, token, form)


@blueprint.post("/files/<int:number>")
@limited("outside")
@public
def download(token: str, number: int) -> ResponseReturnValue:
    """A copy that goes with it, under a name of our own. Giving it out is an event, so it is asked for by POST."""
    asked = _asked(token)
    files = files_of(session, asked) if asked.is_open(now_utc()) else []
    if not 1 <= number <= len(files):
        raise NotFound(_("这个链接没有这份文件，或者已经不能再下载。"))
    file = files[number - 1]
    hand_out_copy(session, file=file, actor=InvitedExpert(asked.expert_id), now=now_utc())
    return send_released(file, number)


def _asked(token: str) -> ExpertRequest:
    return request_by_token(session, token, keys=keyring())


def _back(token: str, words: str) -> ResponseReturnValue:
    flash(words, "done")
    return redirect(url_for("expert.show", token=token), 303)


def _page(asked: ExpertRequest, token: str, sent: Form | None = None) -> ResponseReturnValue:
    """`sent`: a form with mistakes."""
    is_open, has_signed = asked.is_open(now_utc()), asked.state is RequestState.GIVEN
    over = OVER_LABELS.get(asked.state, _("这个链接已经不能再办理，请与邀请单位联系。"))
    forms = {
        name: sent if isinstance(sent, kind) else kind(formdata=None)
        for name, kind in (
            ("accept_form", AcceptForm),
            ("decline_form", DeclineForm),
            ("opinion_form", OpinionForm),
        )
    }
    page = render_template(
        "public/expert/show.html" if is_open or has_signed else "public/expert/over.html",
        asked=asked,
        token=token,
        state=REQUEST_STATE_LABELS[asked.state],
        is_open=is_open,
        is_unchanged=has_signed and is_unchanged(asked),
        files=files_of(session, asked) if is_open else [],
        over=over,
        form=sent,
        **forms,
    )
    status = 422 if sent is not None and is_open else 200 if is_open or has_signed else 410
    headers = {"X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
    return page, status, headers
