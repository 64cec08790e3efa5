"""What the page of a case prints: facts as pairs, the timeline, the acts that are open and those that are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from journey.checklist import missing_of_filing
from journey.deadline_events import merged
from journey.deadlines import CaseDeadline
from journey.notes import internal_note, public_note
from journey.regions import region_name
from journey.sides import rows_of
from models.cases.designation import bounces
from models.cases.grounds import GROUND_LABELS, basis_of
from models.cases.mediation.terms import SIDE_LABELS, Side
from models.cases.possible import Obstacle, Possible
from models.cases.response.operations import RESPONDENT
from models.cases.sorting.rules import read_split
from models.cases.sorting.terms import COMPLEXITY_LABELS
from models.cases.tables import Case, CaseAct
from models.cases.terms import ACT_LABELS, DONE_LABELS, OUTCOME_LABELS, STATE_LABELS, Act
from models.filings.references import grouped
from models.kinds import CHANNEL_LABELS, RIGHT_TYPE_LABELS
from models.people.actors import FILER
from models.types import beijing_date, now_utc
from shared.components import Row, Step
from shared.formats import moment
from shared.i18n import in_script, label
from shared.services import services

# An act whose last page is one of its own: it shows a link once.
_FOLLOWED = (
    *(Act.APPROVE_REFERRAL, Act.DECLINE_REFERRAL, Act.REFER, Act.HEAR_POLICE),
    *(Act.PURSUE_REFERRAL, Act.CONCLUDE_REFERRAL, Act.RESUME),
)
APART = {
    Act.ASK_OUTSIDE: "case_outside.letter",
    Act.PROPOSE_REFERRAL: "referral_reports.new",
    **dict.fromkeys(_FOLLOWED, "referrals.show"),  # one page says which of them can be done now
}
AT_ONCE = frozenset(
    {Act.ACCEPT, Act.ACKNOWLEDGE, Act.TAKE_ON}
)  # done by one button; the others ask something first
_GOES_TO = (Act.TRANSFER, Act.ESCALATE, Act.DESIGNATE, Act.ASK_OUTSIDE, Act.REFER)
_BY_A_SIDE = (Act.CONSENT, Act.OBJECT_MEDIATOR)
MAIN = frozenset(
    {
        *(
            Act.ACCEPT,
            Act.ACKNOWLEDGE,
            Act.DESIGNATE,
            Act.DECIDE_AID,
            Act.OFFER_MEDIATION,
            Act.MEDIATE,
            Act.SETTLE,
            Act.FILE,
            Act.ANSWER,
            Act.CLOSE,
        ),
        *_FOLLOWED,
    }
)


@dataclass(frozen=True)
class Button:
    """An act that is open: where it leads, and whether it is done at once."""

    text: str
    url: str
    is_at_once: bool
    kind: str


def buttons(case: Case, possible: Sequence[Possible], *, asks_why_here: bool) -> list[Button]:
    """The acts that the officer can do now; accepting against the proposal asks for a reason first."""
    at_once = AT_ONCE - {Act.ACCEPT} if asks_why_here else AT_ONCE
    made = [
        Button(
            _("移送公安机关：办理和进度") if one.act in _FOLLOWED else label(ACT_LABELS[one.act]),
            url_for(APART.get(one.act, f"acts.{one.act}"), reference=case.shown_reference),
            one.act in at_once,
            "primary" if one.act in MAIN else "secondary",
        )
        for one in possible
        if one.is_open
    ]
    return list({button.url: button for button in made}.values())


def closed_acts(possible: Sequence[Possible]) -> list[tuple[str, str]]:
    """The other acts, each with the reason."""
    return [(label(ACT_LABELS[one.act]), why_not(one)) for one in possible if not one.is_open]


def why_not(one: Possible) -> str:
    """Why the act is closed, as a sentence that says what would have to change first."""
    if one.obstacle is Obstacle.OVER:
        return _("办件已经结束。")
    if one.obstacle is Obstacle.ROLE:
        return _("您的岗位没有办理这一事项的权限。")
    if one.obstacle is Obstacle.UNIT:
        return _("由%(units)s办理。", units=_("、").join(in_script(unit.name) for unit in one.units))
    if one.obstacle is Obstacle.DESIGNATED:
        return _("上级机构已经指定由这里管辖，不得再自行移送；有不同意见的，再次报请指定管辖。")
    if one.obstacle is Obstacle.MERGED:
        return _("已经并案，由主办件统一办理；要单独办理的，先分案。")
    if one.obstacle is Obstacle.COMPLEX:
        return _("繁案由受理员或者负责人指派承办人。")
    if one.obstacle is Obstacle.TAKEN:
        return _("这个办件已经有承办人。")
    if one.obstacle is Obstacle.ALONE:
        return _("这个办件没有并入其他办件。")
    states = _("、").join(_("“%(state)s”", state=label(STATE_LABELS[state])) for state in one.states)
    return _("只在%(states)s时可以办理。", states=states)


def facts(case: Case) -> list[Row]:
    """The matter as it was filed, and who has it. Nothing of the filer's identity."""
    return [*_matter(case), *_together(case), *_hands(case), *_end(case)]


def _matter(case: Case) -> Iterator[Row]:
    filing = case.filing
    if filing.respondent_name:  # who only asks, or asks for help, need not name an opponent
        yield Row(_("被举报（投诉）方"), filing.respondent_name)
    if filing.respondent_uscc:
        yield Row(_("统一社会信用代码"), Markup('<span class="nb">{}</span>').format(filing.respondent_uscc))
    if filing.respondent_address:
        yield Row(_("地址"), filing.respondent_address)
    if filing.platform_link:
        yield Row(_("链接"), filing.platform_link)  # as text: an officer opens it knowingly
    yield Row(_("地方"), region_name(services().bureau, filing.region_code))
    yield Row(_("权利"), label(RIGHT_TYPE_LABELS[case.right_type]))
    if filing.right_number:
        yield Row(_("注册号或专利号"), filing.right_number)
    yield from rows_of(filing.data, beijing_date(now_utc()))
    yield from _missing(case)
    yield Row(_("事实"), filing.facts)
    if filing.request:
        yield Row(_("请求"), filing.request)


def _missing(case: Case) -> Iterator[Row]:
    """What the checklist still lacks: to be asked for, never a ground of its own (121号 has no 补正)."""
    heads = missing_of_filing(case.filing)
    lines = [Markup("{}：{}").format(head.title, _("；").join(head.needs)) for head in heads]
    if lines:
        yield Row(_("材料清单里还缺"), Markup("<br>").join(lines))


def _together(case: Case) -> Iterator[Row]:
    """What the same sending became besides: a complaint and a report are handled apart (Order 121 Art 9)."""
    for reference in case.filing.together_with:
        yield Row(_("同一次提交的另一件"), _case_link(reference))


def merged_rows(group: tuple[str, Sequence[str]]) -> Iterator[Row]:
    """并案: the leading case, or those that are merged into this one."""
    lead, members = group
    if lead:
        yield Row(_("并案，由主办件统一办理"), _case_link(lead))
    if members:
        yield Row(_("并入这里的办件"), Markup(" ").join(map(_case_link, members)))


def _case_link(reference: str) -> Markup:
    address = url_for("case.show", reference=reference)
    return Markup('<a class="nb" href="{}">{}</a>').format(address, grouped(reference))


def _hands(case: Case) -> Iterator[Row]:
    yield Row(_("提交时间"), Markup("{} · {}").format(moment(case.filing.submitted_at), _channel(case)))
    yield Row(_("现在由"), in_script(case.unit.name))
    if case.unit_id != case.origin_unit_id:
        yield Row(_("接收机构（跟踪）"), in_script(case.origin_unit.name))
    yield Row(_("承办人"), case.handler.display_name if case.handler else _("未指派"))
    yield Row(
        _("繁简"), Markup("{} · {}").format(label(COMPLEXITY_LABELS[case.complexity]), _why_sorted(case))
    )
    if times := bounces(case):
        yield Row(_("被退回"), _("%(times)s 次", times=times))


def _why_sorted(case: Case) -> str:
    if why := read_split().why(case.complexity_rule):
        return label(why)
    by_hand = any(entry.act in (Act.SORT, Act.UPHOLD) for entry in case.acts)
    return _("由工作人员确定，理由见办理过程。") if by_hand else _("登记时没有分流规则。")


def _end(case: Case) -> Iterator[Row]:
    if case.outcome:
        yield Row(_("办理结果"), label(OUTCOME_LABELS[case.outcome]))
    if case.ground:
        yield Row(_("不予受理的理由"), label(GROUND_LABELS[case.ground]))
        yield Row(_("依据"), label(basis_of(case.ground, beijing_date(case.filing.submitted_at))))


def _channel(case: Case) -> str:
    return label(CHANNEL_LABELS[case.filing.channel])


def next_deadline(deadlines: Sequence[CaseDeadline]) -> CaseDeadline | None:
    """What the header names: the next limit set by law; a promise only where no law runs."""
    running = [one for one in deadlines if not one.is_met]
    return next((one for one in running if not one.is_promise), next(iter(running), None))


def steps(case: Case, deadlines: Sequence[CaseDeadline], of_deadlines: Sequence[Step]) -> list[Step]:
    """Everything that happened to the case and its deadlines, where it stands, and what must come by when."""
    acts = [Step("done", _title(act), at=act.at, who=_who(act), text=_text(act)) for act in case.acts]
    done = merged(acts, list(of_deadlines))
    if case.has_ended:
        return done
    now = Step("now", _("现在：%(state)s", state=label(STATE_LABELS[case.state])), who=_holder(case))
    ahead = [
        Step("ahead", one.title, on=one.due_on, text=one.left if one.light == "late" else "")
        for one in deadlines
        if not one.is_met
    ]
    return [*done, now, *ahead]


def _holder(case: Case) -> str:
    waiting = case.open_transfer
    holder = waiting.to_unit if waiting else case.designator_unit or case.unit
    return in_script(holder.name)


def _title(entry: CaseAct) -> str:
    done = label(DONE_LABELS[entry.act])
    if entry.act in _GOES_TO and entry.other_unit:
        return f"{done} → {in_script(entry.other_unit.name)}"
    return done


def _who(entry: CaseAct) -> str:
    if entry.act in (Act.SUPPLEMENT, Act.WITHDRAW, Act.DISPUTE):
        return _("举报投诉人")
    if entry.actor_name in (FILER.ledger_name, RESPONDENT.ledger_name) and entry.act in _BY_A_SIDE:
        side = Side.FILER if entry.actor_name == FILER.ledger_name else Side.RESPONDENT
        return label(SIDE_LABELS[side])
    unit = in_script(entry.unit.name)
    return f"{unit} · {entry.actor.display_name}" if entry.actor else unit


def _text(entry: CaseAct) -> str:
    inside = _("（内部）%(note)s", note=internal_note(entry)) if entry.internal_note else ""
    return "\n".join(part for part in (public_note(entry), inside) if part)
