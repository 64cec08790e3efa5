"""`/outside/<link>`: an outside body without an account takes what it was sent, gives it back, or replies with papers.

The link is the key: it stands in no log (logs have the route's pattern), no search engine keeps it, and no page that
is opened from here learns it. Nothing is shown but what the officer wrote and the files chosen to go with it.
"""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.evidence import send_copy
from journey.keys import keyring
from journey.papers import send_paper
from journey.uploads import attach_all
from models.cases.moves import LONGEST_TEXT
from models.cases.outside import operations
from models.cases.outside.links import link_by_token
from models.cases.outside.queries import files_of
from models.cases.outside.tables import OutsideLink
from models.cases.outside.terms import OVER_LABELS, STANDING_LABELS, USABLE, Standing
from models.errors import Invalid, NotFound
from models.filings.evidence import hand_out_copy
from models.papers.sending import fetched_by_body, papers_behind
from models.people.actors import OutsideBody
from models.types import now_utc
from shared.access import public
from shared.database import session
from shared.fields import Answered, AtMost, FilesField, TextArea, TextField
from shared.forms import Form
from shared.i18n import label
from shared.limits import limited

blueprint = Blueprint("outside", __name__, url_prefix="/outside/<token>")

LONGEST_SIGNATURE = 100


class ReplyForm(Form):
    """What was done about it, and the papers."""

    signed = TextField(
        _l("回复的单位和联系人"),
        [Answered(_l("请写明回复的单位和联系人。")), AtMost(LONGEST_SIGNATURE)],
        hint=_l("例如：市公安局治安支队 张警官，电话 0375-1234567。"),
    )
    body = TextArea(
        _l("办理情况和结果"), [Answered(_l("请写明办理的情况和结果。"))], max_chars=LONGEST_TEXT, rows=8
    )
    papers = FilesField(_l("附件"), hint=_l("例如受案回执、立案决定书、鉴定意见的照片或者 PDF。"))


class GiveBackForm(Form):
    """Why it is not for this body."""

    reasons = TextArea(
        _l("退回的理由"),
        [Answered(_l("请写明退回的理由，来函单位会看到。"))],
        hint=_l("例如不属于本单位职责，知道应由谁办理的请写明。"),
        max_chars=2000,
    )


@blueprint.get("")
@limited("outside", unsafe_only=False)
@public
def show(token: str) -> ResponseReturnValue:
    """What was sent, and what can be done with it now."""
    return _page(_link(token), token, ReplyForm())


@blueprint.post("/acknowledge")
@limited("outside")
@public
def acknowledge(token: str) -> ResponseReturnValue:
    """签收."""
    operations.take(session, link=_link(token), now=now_utc())
    return _back(token, _("已签收。办理以后，请在这里回复。"))


@blueprint.route("/return", methods=["GET", "POST"])
@limited("outside", unsafe_only=False)
@public
def give_back(token: str) -> ResponseReturnValue:
    """退回, after being asked why."""
    link, form = _link(token), GiveBackForm()
    if link.standing(now_utc()) is not Standing.WAITING:
        return redirect(url_for("outside.show", token=token), 303)
    if form.validate_on_submit():
        try:
            operations.give_back(session, link=link, reasons=form.reasons.data, now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return _back(token, _("已退回，来函单位会收到通知。"))
    page = render_template("public/outside/return.html", link=link, token=token, form=form)
    return _secret(page, 422 if form.problems() else 200)


@blueprint.post("/reply")
@limited("outside")
@public
def reply(token: str) -> ResponseReturnValue:
    """回复, whole or not at all: where a file is refused, nothing is sent and the words stay."""
    link, form, papers = _link(token), ReplyForm(), secrets.token_urlsafe(32)
    if not form.validate() or _refused(form, papers):
        return _page(link, token, form)
    try:
        operations.reply(
            session, link=link, signed=form.signed.data, body=form.body.data, token=papers, now=now_utc()
        )
    except Invalid as error:
        form.take(error)
        return _page(link, token, form)
    return _back(token, _("回复已经送达来函单位。"))


@blueprint.post("/files/<int:number>")
@limited("outside")
@public
def download(token: str, number: int) -> ResponseReturnValue:
    """A file that goes with it. Giving it out is an event, so it is asked for by POST."""
    link = _link(token)
    found = next((file for file in files_of(session, link) if file.id == number), None)
    if found is None or link.standing(now_utc()) not in USABLE:
        raise NotFound("这个链接没有这份文件，或者已经不能再下载。")
    hand_out_copy(session, file=found, actor=OutsideBody(link.unit_id), now=now_utc())
    return send_copy(found)


@blueprint.post("/papers/<int:number>")
@limited("outside")
@public
def paper(token: str, number: int) -> ResponseReturnValue:
    """An issued paper that goes with it. Taking it is its delivery."""
    link, now = _link(token), now_utc()
    if link.standing(now) not in USABLE:
        raise NotFound("这个链接没有这份文件，或者已经不能再下载。")
    found = fetched_by_body(session, link=link, number=number, now=now)
    return send_paper(found, as_pdf=found.pdf_key is not None)


def _link(token: str) -> OutsideLink:
    return link_by_token(session, token, keys=keyring())


def _refused(form: ReplyForm, papers: str) -> bool:
    refusals = attach_all(papers, request.files.getlist(form.papers.name))
    if refusals:  # a field says one thing
        form.papers.errors = [" ".join(f"{one.file_name}：{label(one.sentence)}" for one in refusals)]
    return bool(refusals)


def _back(token: str, words: str) -> ResponseReturnValue:
    flash(words, "done")
    return redirect(url_for("outside.show", token=token), 303)


def _page(link: OutsideLink, token: str, form: ReplyForm) -> ResponseReturnValue:
    standing = link.standing(now_utc())
    is_open = standing in USABLE
    page = render_template(
        "public/outside/show.html" if is_open else "public/outside/over.html",
        link=link,
        token=token,
        standing=STANDING_LABELS[standing],
        is_waiting=standing is Standing.WAITING,
        over=OVER_LABELS.get(standing, ""),
        files=files_of(session, link) if is_open else [],
        papers=papers_behind(session, [link])[link.id] if is_open else [],
        form=form,
    )
    status = 200 if is_open else 410
    return _secret(page, 422 if form.problems() else status)


def _secret(page: str, status: int) -> ResponseReturnValue:
    """The address is a secret, and so is what it shows."""
    headers = {"X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
    return page, status, headers
