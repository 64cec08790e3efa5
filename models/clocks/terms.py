"""The closed vocabularies of the clocks, with their Chinese names: units, start events, reasons, lights."""

from __future__ import annotations

import enum


class Unit(enum.StrEnum):
    """In what a time limit is counted."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "d"
    HOURS = "h"
    MONTHS = "mo"


class Confidence(enum.StrEnum):
    """How sure we are that the rule is what the law in force says; anything but high is to be confirmed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class StartEvent(enum.StrEnum):
    """The event whose day is day 0 of a clock."""

    RECEIVED = "received"
    COMPLAINT_ACCEPTED = "complaint_accepted"
    MEDIATION_ENDED = "mediation_ended"
    FILING_DECISION = "filing_decision"
    DISPUTE_ARISES = "dispute_arises"
    CASE_FILED = "case_filed"
    CASE_CLOSED = "case_closed"
    TRANSFER_REPORT = "transfer_report"
    TRANSFER_APPROVED = "transfer_approved"
    POLICE_RECEIVED = "police_received"
    POLICE_REFUSED = "police_refused"
    POLICE_FILED = "police_filed"
    CONFIRMED_RECEIPT = "confirmed_receipt"
    PENALTY_DECIDED = "penalty_decided"
    PUSH_RECEIVED = "push_received"
    DECISION_CHANGED = "decision_changed"
    ADJUDICATION_DECIDED = "adjudication_decided"
    LISTING_DECIDED = "listing_decided"
    REMOVAL_DECIDED = "removal_decided"
    OBJECTION_RECEIVED = "objection_received"
    ANNULMENT_RECEIVED = "annulment_received"
    REPAIR_RECEIVED = "repair_received"
    REPAIRED = "repaired"
    CLUE_FOUND = "clue_found"
    DESIGNATION_ASKED = "designation_asked"
    ASSISTANCE_ASKED = "assistance_asked"
    EVIDENCE_REGISTERED = "evidence_registered"
    MEASURE_TAKEN = "measure_taken"
    REVIEW_RECEIVED = "review_received"
    NOTICE_SERVED = "notice_served"
    NOTICE_PUBLISHED = "notice_published"
    CLOSING_EVENT = "closing_event"
    PAPERS_ASKED = "papers_asked"
    RECONSIDERATION_ASKED = "reconsideration_asked"
    RECONSIDERED = "reconsidered"
    REQUEST_RECEIVED = "request_received"
    COPY_RECEIVED = "copy_received"
    ANSWER_RECEIVED = "answer_received"
    STATEMENT_FORWARDED = "statement_forwarded"
    INFORMATION_FORMED = "information_formed"
    OPINION_ASKED = "opinion_asked"
    LISTED = "listed"
    EARLY_REMOVAL_ASKED = "early_removal_asked"
    LETTER_RECEIVED = "letter_received"
    TRANSFER_SENT = "transfer_sent"
    DISPUTE_RECEIVED = "dispute_received"
    DISPUTE_UPHELD = "dispute_upheld"
    PERIOD_ENDED = "period_ended"
    REWARD_TOLD = "reward_told"
    AID_ACCEPTED = "aid_accepted"
    AID_GREEN_OPENED = "aid_green_opened"


class Reason(enum.StrEnum):
    """Why time may be left out of a clock; each rule lists the ones that it allows."""

    METROLOGY = "metrology"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    OWNER_IDENTIFICATION = "owner_identification"
    SUSPENSION = "suspension"
    HEARING = "hearing"
    PUBLIC_NOTICE = "public_notice"
    REFUND_ORDER = "refund_order"
    THIRD_PARTY_OPINION = "third_party_opinion"
    OTHER_AGENCY_OPINION = "other_agency_opinion"

    @classmethod
    def parse(cls, text: str) -> Reason | None:
        """The reason meant by its id or its Chinese name; None for anything else."""
        return next((reason for reason in cls if text in (reason.value, REASONS[reason])), None)


class Light(enum.StrEnum):
    """How a deadline stands."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    LATE = "late"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    CANCELLED = "cancelled"


UNITS = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.CALENDAR_DAYS: "日",
    Unit.HOURS: "小时",
    Unit.MONTHS: "个月",
}

START_EVENTS = {
    StartEvent.RECEIVED: "收到",
    StartEvent.COMPLAINT_ACCEPTED: "投诉受理",
    StartEvent.MEDIATION_ENDED: "终止调解",
    StartEvent.FILING_DECISION: "作出是否立案决定",
    StartEvent.DISPUTE_ARISES: "发生管辖争议",
    StartEvent.CASE_FILED: "立案",
    StartEvent.CASE_CLOSED: "办结",
    StartEvent.TRANSFER_REPORT: "收到移送涉嫌犯罪案件报告",
    StartEvent.TRANSFER_APPROVED: "批准移送",
    StartEvent.POLICE_RECEIVED: "公安机关接受移送",
    StartEvent.POLICE_REFUSED: "收到不予立案通知书",
    StartEvent.POLICE_FILED: "收到立案通知书",
    StartEvent.CONFIRMED_RECEIPT: "双方确认收到申请",
    StartEvent.PENALTY_DECIDED: "作出行政处罚决定",
    StartEvent.PUSH_RECEIVED: "收到推送的处罚信息",
    StartEvent.DECISION_CHANGED: "决定被变更、撤销、确认违法或者无效",
    StartEvent.ADJUDICATION_DECIDED: "作出行政裁决",
    StartEvent.LISTING_DECIDED: "作出列入决定",
    StartEvent.REMOVAL_DECIDED: "作出移出决定",
    StartEvent.OBJECTION_RECEIVED: "收到异议申请",
    StartEvent.ANNULMENT_RECEIVED: "收到依据被撤销的信息",
    StartEvent.REPAIR_RECEIVED: "收到信用修复申请",
    StartEvent.REPAIRED: "作出信用修复决定",
    StartEvent.CLUE_FOUND: "发现违法线索",
    StartEvent.DESIGNATION_ASKED: "收到报请指定管辖的材料",
    StartEvent.ASSISTANCE_ASKED: "收到协助调查函",
    StartEvent.EVIDENCE_REGISTERED: "采取先行登记保存措施",
    StartEvent.MEASURE_TAKEN: "采取行政强制措施",
    StartEvent.REVIEW_RECEIVED: "收到审核材料",
    StartEvent.NOTICE_SERVED: "送达行政处罚告知书",
    StartEvent.NOTICE_PUBLISHED: "发布公告",
    StartEvent.CLOSING_EVENT: "发生应当结案的情形",
    StartEvent.PAPERS_ASKED: "收到补正材料的通知",
    StartEvent.RECONSIDERATION_ASKED: "收到复议申请",
    StartEvent.RECONSIDERED: "收到复议决定",
    StartEvent.REQUEST_RECEIVED: "收到请求书",
    StartEvent.COPY_RECEIVED: "收到请求书副本",
    StartEvent.ANSWER_RECEIVED: "收到答辩书",
    StartEvent.STATEMENT_FORWARDED: "转送的声明到达权利人",
    StartEvent.INFORMATION_FORMED: "政府信息形成或者变更",
    StartEvent.OPINION_ASKED: "收到征求意见书",
    StartEvent.LISTED: "名单公示",
    StartEvent.EARLY_REMOVAL_ASKED: "收到提前移出申请",
    StartEvent.LETTER_RECEIVED: "收到协作函",
    StartEvent.TRANSFER_SENT: "移交",
    StartEvent.DISPUTE_RECEIVED: "收到申诉",
    StartEvent.DISPUTE_UPHELD: "申诉成立",
    StartEvent.PERIOD_ENDED: "统计期届满",
    StartEvent.REWARD_TOLD: "告知举报奖励",
    StartEvent.AID_ACCEPTED: "受理援助申请",
    StartEvent.AID_GREEN_OPENED: "转入绿色通道",
}

REASONS = {
    Reason.METROLOGY: "检定",
    Reason.INSPECTION: "检验",
    Reason.TESTING: "检测",
    Reason.QUARANTINE: "检疫",
    Reason.APPRAISAL: "鉴定",
    Reason.OWNER_IDENTIFICATION: "权利人辨认或者鉴别",
    Reason.SUSPENSION: "中止",
    Reason.HEARING: "听证",
    Reason.PUBLIC_NOTICE: "公告",
    Reason.REFUND_ORDER: "责令退款",
    Reason.THIRD_PARTY_OPINION: "征求第三方意见",
    Reason.OTHER_AGENCY_OPINION: "征求其他机关意见",
}

LIGHTS = {
    Light.IN_TIME: "正常",
    Light.DUE_SOON: "临期",
    Light.LATE: "超期",
    Light.PAUSED: "中止",
    Light.MET: "已办",
    Light.MET_LATE: "逾期已办",
    Light.CANCELLED: "已取消",
}
