"""What the page of a decision prints for staff: its fields, its text with what blocks it, its way so far, its acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from casework.decisions.challenge_page import ChallengePage, challenge_page
from casework.decisions.correction_page import CorrectionPage, correction_page
from casework.decisions.cross_page import CrossPage, cross_page
from casework.decisions.petition_page import PetitionPage, petition_page
from casework.decisions.term_page import TermPage, term_page, term_rows
from models.decisions.checks import FieldFinding, blocking_numbers
from models.decisions.content import FIELD_LABELS, ZONES, zone_labels
from models.decisions.kinds import DECISION_KIND_LABELS, PARTY_KIND_LABELS
from models.decisions.money import fen_to_yuan
from models.decisions.redaction.kinds import MARK_KIND_LABELS
from models.decisions.redaction.queries import kept_texts
from models.decisions.states import Act, acts_from
from models.decisions.tables import Decision
from models.people.permissions import Permission, can
from models.people.tables import Account
from results.words import industry_words
from search.snippets import Piece
from shared.components import Row, Step
from shared.database import session
from shared.formats import day, yuan
from shared.i18n import in_script, label

PERMISSIONS = {
    Act.AMEND: Permission.DECISION_ENTER,
    Act.SUBMIT: Permission.DECISION_ENTER,
    Act.APPROVE: Permission.DECISION_REVIEW,
    Act.RETURN: Permission.DECISION_REVIEW,
    Act.WITHDRAW: Permission.DECISION_WITHDRAW,
}


@dataclass(frozen=True)
class Zone:
    """A zone of the public text; pieces that are hits are numbers that block publication."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class DecisionPage:
    """Everything on the page."""

    facts: list[Row]
    zones: list[Zone]
    findings: list[str]
    steps: list[Step]
    acts: frozenset[Act]
    why_not_approve: str
    term: TermPage
    challenges: ChallengePage
    cross: CrossPage
    petitions: PetitionPage
    corrections: CorrectionPage


def page_of(decision: Decision, officer: Account, forms: Mapping[str, Any]) -> DecisionPage:
    """The page as `officer` sees it; `forms` are those of its parts that were sent in and found wrong."""
    findings = blocking_numbers(decision, kept=kept_texts(session, decision))
    acts = {
        act
        for act in acts_from(decision.state)
        if act in PERMISSIONS and can(officer, PERMISSIONS[act], decision)
    }
    why_not = _why_not_approve(decision, officer, findings) if Act.APPROVE in acts else ""
    return DecisionPage(
        facts=_facts(decision),
        zones=_zones(decision, findings),
        findings=[_sentence(one) for one in findings],
        steps=_steps(decision),
        acts=frozenset(acts),
        why_not_approve=why_not,
        term=term_page(decision, officer, forms),
        challenges=challenge_page(decision, officer, forms),
        cross=cross_page(decision, officer, forms),
        petitions=petition_page(decision, officer, forms),
        corrections=correction_page(decision, officer, forms),
    )


def _sentence(one: FieldFinding) -> str:
    return _(
        "“%(field)s”第 %(place)s 个字起：%(kind)s",
        field=label(FIELD_LABELS[one.field]),
        place=one.finding.begin + 1,
        kind=label(MARK_KIND_LABELS[one.finding.kind]),
    )


def _why_not_approve(decision: Decision, officer: Account, findings: Sequence[FieldFinding]) -> str:
    if decision.maker_id == officer.id:
        return _("这是您自己录入的，要由另一位审核员审核。")
    if findings:
        return _("公示文本里还有不能公开的内容，请先退回录入人脱敏。")
    return ""


def _facts(decision: Decision) -> list[Row]:
    rows = [
        Row(_("决定类别"), label(DECISION_KIND_LABELS[decision.kind])),
        Row(_("文号"), decision.document_number),
        Row(_("公示的名称"), decision.party_name),
        Row(_("送达的名称（不公示）"), "" if _is_same(decision) else decision.served_party_name),
        Row(_("当事人类别"), label(PARTY_KIND_LABELS[decision.party_kind])),
        Row(_("统一社会信用代码"), decision.party_uscc or ""),
        Row(_("法定代表人（负责人、经营者）"), decision.legal_representative or ""),
        Row(_("所属行业"), industry_words(decision.industry)),
        Row(_("案由"), decision.cause_name),
        Row(_("处罚种类"), "、".join(label(kind) for kind in decision.penalty_kinds)),
        Row(_("罚款"), yuan(float(fen_to_yuan(decision.fine_fen))) if decision.fine_fen else ""),
        Row(
            _("没收金额"),
            yuan(float(fen_to_yuan(decision.confiscated_fen))) if decision.confiscated_fen else "",
        ),
        Row(_("作出决定的机关"), decision.authority_name),
        Row(_("决定日期"), day(decision.decided_on)),
        *term_rows(decision),
        Row(_("负责公示的机构"), in_script(decision.unit.name)),
        Row(_("备注（不公示）"), decision.remarks or ""),
    ]
    return [row for row in rows if row.value]


def _is_same(decision: Decision) -> bool:
    return decision.served_party_name == decision.party_name


def _zones(decision: Decision, findings: Sequence[FieldFinding]) -> list[Zone]:
    zones = zone_labels(decision.kind)
    names = [
        *((zone, label(zones[zone])) for zone in ZONES),
        ("performance", _("履行方式和期限")),
        ("full_text", _("决定书全文")),
    ]
    return [
        Zone(title, _marked(getattr(decision, name), [one for one in findings if one.field == name]))
        for name, title in names
        if getattr(decision, name)
    ]


def _marked(text: str, findings: Sequence[FieldFinding]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for one in findings:
        start, end = one.finding.begin, one.finding.end
        pieces += [Piece(text[at:start], hit=False), Piece(text[start:end], hit=True)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:], hit=False)) if piece.text)


def _steps(decision: Decision) -> list[Step]:
    maker = decision.maker.display_name if decision.maker else _("表格导入")
    reviewer = decision.reviewer.display_name if decision.reviewer else ""
    done = [
        (decision.created_at, _("录入"), maker, ""),
        (decision.submitted_at, _("提交审核"), "", ""),
        (decision.approved_at, _("审核通过"), reviewer, ""),
        (decision.published_at, _("公示"), "", ""),
        (decision.ended_at, _("停止公示"), "", decision.withdrawal_reason or ""),
    ]
    steps = [
        Step("done", title, at=at, who=who, text=text) for at, title, who, text in done if at is not None
    ]
    if decision.return_reason:
        steps.append(Step("now", _("退回修改"), text=decision.return_reason))
    return steps
