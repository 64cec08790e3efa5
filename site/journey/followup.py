"""The filer's side of a case: look, add, take back. Served at /track by code and under /account by sign-in."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journey.aid_words import decision_rows
from journey.closing_forms import DisputeForm, RateForm
from journey.forms import SupplementForm, WithdrawForm
from journey.progress import progress_of
from journey.regions import region_name
from journey.secrets import refuse_own_code
from journey.sides import rows_of
from models.cases import operations
from models.cases.aftermath import operations as aftermath
from models.cases.aftermath.queries import dispute_period, open_to_filer
from models.cases.grounds import REMEDY_LABELS
from models.cases.queries import case_of_filing
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.decisions.redaction.queries import public_outcomes
from models.decisions.tables import Decision
from models.errors import ActRefused, Invalid
from models.filings.kinds import OPENING_REASON_LABELS
from models.filings.references import grouped
from models.filings.tables import Filing
from models.filings.vault import agreed_notices, stop_notices
from models.identity.queries import openings_of
from models.kinds import RIGHT_TYPE_LABELS, TRACK_LABELS, Track
from models.papers.queries import papers_for_filer
from models.people.actors import FILER
from models.rewards.queries import is_told
from models.types import beijing_date, now_utc
from shared.components import Row
from shared.database import session
from shared.i18n import label
from shared.services import services


def show(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """The page of the case; `blueprint` is the surface whose addresses its forms use."""
    return _page(filing, case_of_filing(session, filing.id), blueprint, SupplementForm())


def supplement(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """More from the filer."""
    case, form = case_of_filing(session, filing.id), SupplementForm()
    if not form.validate_on_submit() or refuse_own_code(form, "body", filing):
        return _page(filing, case, blueprint, form)
    try:
        operations.add_supplement(session, case=case, body=form.body.data, now=now_utc())
    except Invalid as error:
        form.take(error)
        return _page(filing, case, blueprint, form)
    flash(_("补充内容已经送达%(unit)s。补充材料不影响办理期限。", unit=case.acting_unit.name), "success")
    return redirect(_address(filing, blueprint), 303)


def withdraw(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """Asks once, then takes the filing back."""
    case, form = case_of_filing(session, filing.id), WithdrawForm()
    require(case.track, case.state, Act.WITHDRAW)
    if not form.validate_on_submit() or refuse_own_code(form, "reasons", filing):
        page = render_template(
            "public/track/withdraw.html", filing=filing, form=form, back=_address(filing, blueprint)
        )
        return page, 422 if form.problems() else 200
    operations.withdraw(session, case=case, now=now_utc(), reasons=form.reasons.data or "")
    flash(_("已按您的要求撤回。"), "success")
    return redirect(_address(filing, blueprint), 303)


def rate(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """How content the filer is; once for each closing."""
    case, form = case_of_filing(session, filing.id), RateForm()
    if not open_to_filer(session, case, now_utc()).can_rate:
        raise ActRefused(_("办结以后可以评价一次。"))
    if form.validate_on_submit() and not refuse_own_code(form, "words", filing):
        score, words = int(form.score.data), form.words.data or ""
        aftermath.rate(session, case=case, score=score, words=words, now=now_utc())
        flash(_("已收到您的评价，谢谢。"), "success")
        return redirect(_address(filing, blueprint), 303)
    page = render_template(
        "public/track/rate.html", filing=filing, form=form, back=_address(filing, blueprint)
    )
    return page, 422 if form.problems() else 200


def dispute(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """The filer does not accept the closing; supervision decides."""
    case, form, now = case_of_filing(session, filing.id), DisputeForm(), now_utc()
    aftermath.disputable(session, case, now)
    if form.validate_on_submit() and not refuse_own_code(form, "grounds", filing):
        try:
            aftermath.dispute(session, case=case, grounds=form.grounds.data, now=now)
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已收到您的申诉，由没有办理过这个办件的督办人员处理。"), "success")
            return redirect(_address(filing, blueprint), 303)
    page = render_template(
        "public/track/dispute.html",
        filing=filing,
        case=case,
        form=form,
        back=_address(filing, blueprint),
        period=dispute_period(session, case.closed_at or now),
        remedy=REMEDY_LABELS.get(case.track, ""),
    )
    return page, 422 if form.problems() else 200


def stop(filing: Filing, blueprint: str) -> ResponseReturnValue:
    """The filer no longer wants to be told of news."""
    stop_notices(session, filing=filing, actor=FILER, now=now_utc())
    flash(_("不再发送提醒。进展随时可以在这里查看。"), "success")
    return redirect(_address(filing, blueprint), 303)


def _address(filing: Filing, blueprint: str) -> str:
    return url_for(f"{blueprint}.show", reference=filing.reference)


def _page(filing: Filing, case: Case, blueprint: str, form: SupplementForm) -> ResponseReturnValue:
    page = render_template(
        "public/track/case.html",
        filing=filing,
        progress=progress_of(session, case, now_utc()),
        rows=_filed(filing),
        papers=papers_for_filer(session, case.id),
        form=form,
        blueprint=blueprint,
        body_id=form.body.id,
        outcomes=_outcomes(filing, case),
        aid=decision_rows(session, case),
        openings=openings_of(session, filing),
        reasons=OPENING_REASON_LABELS,
        has_reward=filing.track is Track.REPORT and blueprint == "tracking" and is_told(session, case),
        may_stop=blueprint == "tracking" and bool(agreed_notices(filing)),
        together=[
            (grouped(one), url_for(f"{blueprint}.show", reference=one)) for one in filing.together_with
        ],
    )
    return page, 422 if form.problems() else 200


def _outcomes(filing: Filing, case: Case) -> list[Decision]:
    """The published decisions that it led to; nothing public says so, only the filer is told."""
    if case.accepted_at is None:
        return []
    return public_outcomes(session, filing.id, today=beijing_date(now_utc()))


def _filed(filing: Filing) -> list[Row]:
    """What was filed, for the filer to read again; the identity stays in its envelope."""
    rows = [
        Row(_("涉及"), label(RIGHT_TYPE_LABELS[filing.right_type])),
        Row(_("办理方式"), label(TRACK_LABELS[filing.track])),
        Row(_("谁在侵权或造假"), filing.respondent_name),
        Row(_("地方"), region_name(services().bureau, filing.region_code)),
        Row(_("详细地址"), filing.respondent_address),
        Row(_("链接"), filing.platform_link),
        Row(_("注册号或专利号"), filing.right_number),
        *rows_of(filing.data, beijing_date(now_utc())),
        Row(_("发生了什么"), filing.facts),
        Row(_("希望怎么处理"), filing.request),
        Row(_("证据"), "\n".join(file.file_name for file in filing.evidence)),
        Row(_("内容校验码（SHA-256）"), filing.content_sha256),
    ]
    return [row for row in rows if row.value]
