"""The two sides' pages of a mediation: what is proposed, agree or refuse, who mediates, when, and what is left in the end.

The filer comes by /track or the account, the company by its link; neither page tells who the other person is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from journey.secrets import refuse_own_code
from models.cases.mediation.mediators import object_to_mediator
from models.cases.mediation.operations import consent
from models.cases.mediation.queries import mediations_of
from models.cases.mediation.remedies import Remedy, remedies_for
from models.cases.mediation.tables import Mediation, MediationTest
from models.cases.mediation.terms import PARTIES, RESULT_LABELS, SESSION_WAY_LABELS, SIDE_LABELS, Result, Side
from models.cases.queries import case_of_filing
from models.cases.states import transition
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.errors import ActRefused, Invalid, NotFound
from models.filings.tables import Filing
from models.types import beijing_date, now_utc
from shared.components import Row
from shared.database import session
from shared.fields import Answered, AtMost, Radios, TextArea, TextField
from shared.formats import moment
from shared.forms import Form
from shared.i18n import in_script, label

_YES_NO = [("yes", _l("同意")), ("no", _l("不同意"))]


class ConsentForm(Form):
    """Whether a side agrees to mediation, and to an organisation that is entrusted with it."""

    agrees = Radios(
        _l("您同意调解吗？"),
        [Answered(_l("请选择同意还是不同意。"))],
        choices=_YES_NO,
        hint=_l("调解自愿；不同意不影响依法处理违法行为，也不影响您走其他途径。"),
    )
    entrusts = Radios(
        _l("您同意委托这个组织调解吗？"),
        [Answered(_l("请选择同意还是不同意。"))],
        choices=_YES_NO,
        hint=_l("不同意委托的，由本机构调解。"),
    )
    signed = TextField(_l("答复人的姓名和职务"), [Answered(_l("请写明答复人的姓名和职务。")), AtMost(100)])


class ObjectionForm(Form):
    """Why somebody else should mediate."""

    words = TextArea(
        _l("申请调解员回避的理由"),
        [Answered(_l("请写明调解员与哪一方有什么关系，可能怎样影响公正。"))],
        hint=_l("调解员是一方的近亲属，或者有其他利害关系、可能影响公正的，应当回避（121号 第21条）。"),
        who_sees=_l("办理机构的工作人员；另一方看不到理由"),
        max_chars=1000,
        rows=4,
    )


@dataclass(frozen=True)
class Asked:
    """What the page asks the visitor now: one form, or nothing."""

    form: Form | None
    is_consent: bool = False


def latest(case: Case) -> Mediation | None:
    """The newest mediation of the case."""
    return next(iter(mediations_of(session, case.id)), None)


def form_for(case: Case, mediation: Mediation, side: Side) -> Asked:
    """The form that the side can send now."""
    if mediation.ended_at is None and transition(case.track, case.state, Act.CONSENT):
        return Asked(_consent_form(mediation, side), True)
    if mediation.is_running and case.state is State.MEDIATING and mediation.pending_objection is None:
        return Asked(ObjectionForm())
    return Asked(None)


def take(case: Case, side: Side, asked: Asked) -> str:
    """Does what the form asks; answers with what to tell the visitor, or "" when something is to be mended."""
    form, now = asked.form, now_utc()
    if form is None:
        raise ActRefused(_("现在没有需要您答复的事项。"))
    if not form.validate():
        return ""
    try:
        if isinstance(form, ConsentForm):
            agrees = form.agrees.data == "yes"
            entrusts = "entrusts" in form and form.entrusts.data == "yes"
            signed = (form.signed.data or "") if "signed" in form else ""
            consent(session, case=case, side=side, agrees=agrees, entrusts=entrusts, signed=signed, now=now)
            return _("您的答复已经收到。改变主意的，可以在调解开始前再答复一次。")
        object_to_mediator(session, case=case, side=side, words=form["words"].data or "", now=now)
    except Invalid as error:
        form.take(error)
        return ""
    return _("回避申请已经收到，作出决定以前中止调解。")


def rows_of(mediation: Mediation) -> list[Row]:
    """How it stands, as pairs that both sides may read."""
    return [*_offer(mediation), *_course(mediation), *_end(mediation)]


def remedies_of(case: Case) -> list[Remedy]:
    """What else is open for this kind of right today."""
    return remedies_for(case.right_type, beijing_date(now_utc()), case.acting_unit.region_code or "")


def show_remedies(mediation: Mediation) -> bool:
    """Whether they are wanted: it ended without agreement, or a side has refused."""
    refused = any((one := mediation.consent_of(side)) is not None and not one.agrees for side in PARTIES)
    return mediation.result is Result.ENDED or (mediation.ended_at is None and refused)


def filers_page(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """The filer's page: looks, answers, objects."""
    case = case_of_filing(session, filing.id)
    mediation = latest(case)
    if mediation is None:
        raise NotFound(_("这个办件没有调解。"))
    asked = form_for(case, mediation, Side.FILER)
    address = url_for(f"{blueprint}.mediation", reference=filing.reference)
    if asked.form is not None and asked.form.is_submitted():
        is_secret = "words" in asked.form and refuse_own_code(asked.form, "words", filing)
        if not is_secret and (told := take(case, Side.FILER, asked)):
            flash(told, "success")
            return redirect(address, 303)
    page = render_template(
        "public/track/mediation.html",
        **page_values(case, mediation, asked),
        words=mediation.words,
        kicker=_("登记编号 %(reference)s", reference=filing.shown_reference),
        back=(url_for(f"{blueprint}.show", reference=filing.reference), _("返回办理进度")),
    )
    return page, 422 if asked.form and asked.form.problems() else 200


def page_values(case: Case, mediation: Mediation, asked: Asked) -> dict[str, object]:
    """What the page of either side prints."""
    return {
        "mediation": mediation,
        "rows": rows_of(mediation),
        "form": asked.form,
        "is_consent": asked.is_consent,
        "unit": in_script(case.acting_unit.name),
        "remedies": remedies_of(case) if show_remedies(mediation) else [],
    }


def _consent_form(mediation: Mediation, side: Side) -> ConsentForm:
    form = ConsentForm()
    if mediation.entrusted_to is None:
        del form.entrusts
    elif form.agrees.data == "no":
        form.entrusts.validators = []
    if side is Side.FILER:
        del form.signed
    return form


def _offer(mediation: Mediation) -> Iterator[Row]:
    for side in PARTIES:
        found = mediation.consent_of(side)
        if found is None:
            answer = _("还没有答复")
        elif found.agrees and mediation.entrusted_to:
            answer = _("同意调解，也同意委托") if found.entrusts else _("同意调解，不同意委托")
        else:
            answer = _("同意调解") if found.agrees else _("不同意调解")
        yield Row(label(SIDE_LABELS[side]), answer)
    if mediation.entrusted_to:
        yield Row(_("提议委托"), f"{mediation.entrusted_to}（{mediation.entrusted_scope}）")


def _course(mediation: Mediation) -> Iterator[Row]:
    if mediation.mediator_name:
        who = [mediation.entrusted_to] if mediation.is_entrusted else []
        yield Row(_("调解员"), " ".join([*filter(None, who), mediation.mediator_name]))
    if mediation.pending_objection and mediation.ended_at is None:
        yield Row(_("回避申请"), _("等待决定，调解中止"))
    for one in mediation.sessions:
        state = _("已经进行") if one.held_at else _("已经安排")
        yield Row(
            label(SESSION_WAY_LABELS[one.way]),
            Markup("{} · {} · {}").format(moment(one.planned_at), one.place, state),
        )
    for test in mediation.tests:
        yield Row(_("鉴定、检测"), f"{test.body} · {_test_state(mediation, test)}")


def _test_state(mediation: Mediation, test: MediationTest) -> str:
    if test.to_on is not None:
        return _("已有结论")
    return _("正在进行，不计入调解期限") if mediation.ended_at is None else _("调解结束时没有结论")


def _end(mediation: Mediation) -> Iterator[Row]:
    if mediation.result:
        yield Row(_("结果"), label(RESULT_LABELS[mediation.result]))
    if mediation.agreement:
        yield Row(_("协议内容"), mediation.agreement)
