"""Every act that an officer does on a page: its form, its verb, what is said when it is done, its template.

Who may do an act and from which states stands in `models.cases`; the verb is called with the session, the case, the
officer, the time, and what the form gives it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from casework.acts.aid_forms import AidDecisionForm, GreenForm
from casework.acts.base import ActForm
from casework.acts.contested_forms import RecuseForm, RejectForm, UpholdForm
from casework.acts.deciding_forms import (
    AcceptForm,
    AnswerForm,
    AssignForm,
    CloseForm,
    FileForm,
    GroundForm,
    MessageForm,
    SortForm,
)
from casework.acts.mediation_forms import (
    ArrangeForm,
    ConsentForm,
    DecideForm,
    HoldForm,
    MediateForm,
    ObjectForm,
    OfferForm,
    SettleForm,
)
from casework.acts.sending_forms import DesignateForm, MergeForm, ReasonsForm, SplitForm, TransferForm
from models.aid import operations as aid
from models.cases import decisions, designation, merge_acts, operations, transfers
from models.cases.aftermath import operations as aftermath
from models.cases.mediation import mediators, sessions
from models.cases.mediation import operations as mediation
from models.cases.recusal import operations as recusal
from models.cases.sorting import operations as sorting
from models.cases.terms import Act
from models.routing.operations import accept_with_proposal, transfer_with_proposal


@dataclass(frozen=True, slots=True)
class Doing:
    """How one act is done. `path` stands under the address of the case, `template` under casework/."""

    act: Act
    path: str
    form: type[ActForm]
    verb: Callable[..., object]
    done: LazyString
    template: str = "act.html"

    @property
    def asks_nothing(self) -> bool:
        """Whether a button on the page of the case is all there is."""
        return self.form is ActForm


DOINGS = (
    Doing(
        Act.ACCEPT,
        "accept",
        AcceptForm,
        accept_with_proposal,
        _l("已受理，举报投诉人会收到告知。"),
        "accept.html",
    ),
    Doing(
        Act.REFUSE,
        "refuse",
        GroundForm,
        operations.refuse,
        _l("已作出不予受理决定，举报投诉人会看到理由和其他办法。"),
    ),
    Doing(Act.SORT, "sort", SortForm, sorting.sort_case, _l("繁简已经调整，法定时限不变。")),
    Doing(Act.TAKE_ON, "take-on", ActForm, sorting.take_on, _l("已由您承办。")),
    Doing(Act.ASSIGN, "assign", AssignForm, operations.assign, _l("已指派承办人。")),
    Doing(
        Act.TRANSFER,
        "transfer",
        TransferForm,
        transfer_with_proposal,
        _l("已移交，等待对方签收。签收前仍由本机构负责。"),
        "transfer.html",
    ),
    Doing(Act.ACKNOWLEDGE, "acknowledge", ActForm, transfers.acknowledge, _l("已签收。")),
    Doing(Act.RETURN, "return", ReasonsForm, transfers.return_transfer, _l("已退回移交机构。")),
    Doing(Act.RECALL, "recall", ReasonsForm, transfers.recall, _l("移交已撤销。")),
    Doing(Act.ESCALATE, "escalate", ReasonsForm, designation.escalate, _l("已报请上级机构指定管辖。")),
    Doing(
        Act.DESIGNATE,
        "designate",
        DesignateForm,
        designation.designate,
        _l("已指定管辖，有关机构会收到提醒。"),
        "designate.html",
    ),
    Doing(Act.OPEN_GREEN, "open-green", GreenForm, aid.open_green, _l("已转入绿色通道，申请人会收到告知。")),
    Doing(
        Act.DECIDE_AID,
        "decide-aid",
        AidDecisionForm,
        aid.decide_aid,
        _l("已作出援助决定，申请人会看到理由。"),
        "aid.html",
    ),
    Doing(
        Act.OFFER_MEDIATION,
        "offer-mediation",
        OfferForm,
        mediation.offer,
        _l("已征求双方意见。请到“调解”页，把给被投诉人的链接送给对方。"),
    ),
    Doing(Act.CONSENT, "consent", ConsentForm, mediation.consent, _l("已记录答复。"), "mediation/act.html"),
    Doing(
        Act.MEDIATE,
        "mediate",
        MediateForm,
        mediation.begin,
        _l("已告知举报投诉人调解的安排。"),
        "mediation/act.html",
    ),
    Doing(
        Act.ARRANGE_SESSION,
        "arrange-session",
        ArrangeForm,
        sessions.arrange,
        _l("已告知投诉人；被投诉人打开链接可以看到。"),
        "mediation/act.html",
    ),
    Doing(Act.HOLD_SESSION, "hold-session", HoldForm, sessions.hold, _l("已记录。"), "mediation/act.html"),
    Doing(
        Act.OBJECT_MEDIATOR,
        "object-mediator",
        ObjectForm,
        mediators.object_to_mediator,
        _l("已登记回避申请，作出决定以前中止调解。"),
        "mediation/act.html",
    ),
    Doing(
        Act.DECIDE_MEDIATOR,
        "decide-mediator",
        DecideForm,
        mediators.decide_objection,
        _l("已作出决定，双方可以看到。"),
        "mediation/act.html",
    ),
    Doing(
        Act.SETTLE,
        "settle",
        SettleForm,
        mediation.settle,
        _l("已记录调解协议，接下来请书面答复。"),
        "mediation/act.html",
    ),
    Doing(
        Act.END_MEDIATION,
        "end-mediation",
        GroundForm,
        mediation.end_mediation,
        _l("已终止调解，请在七个工作日内书面告知双方。"),
    ),
    Doing(Act.FILE, "file", FileForm, decisions.file_case, _l("已立案，九十日的办案期限开始计算。")),
    Doing(Act.NOT_FILE, "not-file", GroundForm, decisions.not_file, _l("已决定不予立案，接下来请书面答复。")),
    Doing(Act.ANSWER, "answer", AnswerForm, operations.answer, _l("已答复，举报投诉人现在可以看到。")),
    Doing(Act.CLOSE, "close", CloseForm, operations.close, _l("已办结。")),
    Doing(
        Act.MESSAGE,
        "message",
        MessageForm,
        operations.send_message,
        _l("留言已送达，举报投诉人在查询页可以看到。"),
    ),
    Doing(
        Act.UPHOLD,
        "uphold",
        UpholdForm,
        aftermath.uphold,
        _l("申诉成立，已交由新的承办人重新办理。"),
        "dispute.html",
    ),
    Doing(
        Act.REJECT,
        "reject",
        RejectForm,
        aftermath.reject,
        _l("已告知举报投诉人申诉不成立的理由，办结维持不变。"),
        "dispute.html",
    ),
    Doing(Act.MERGE, "merge", MergeForm, merge_acts.merge, _l("已并案，由主办件的承办人统一办理。")),
    Doing(Act.SPLIT, "split", SplitForm, merge_acts.split, _l("已分案，恢复单独办理。")),
    Doing(Act.RECUSE, "recusals/new", RecuseForm, recusal.recuse, _l("已回避，从现在起不能再看这个办件。")),
)
