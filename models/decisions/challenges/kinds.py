"""Closed kinds of challenges and their outcomes."""

import enum


class ChallengeKind(enum.StrEnum):
    """Before whom a decision is challenged, in the order in which that can happen."""

    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    APPEAL = "appeal"


CHALLENGE_KIND_LABELS = {
    ChallengeKind.RECONSIDERATION: "行政复议",
    ChallengeKind.LITIGATION: "行政诉讼（一审）",
    ChallengeKind.APPEAL: "行政诉讼（二审）",
}


class Outcome(enum.StrEnum):
    """How a challenge ended."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"
    ABANDONED = "abandoned"
    CHANGED = "changed"
    ANNULLED = "annulled"
    UNLAWFUL = "unlawful"
    VOID = "void"


OUTCOME_LABELS = {
    Outcome.UPHELD: "维持原决定（驳回诉讼请求）",
    Outcome.DISMISSED: "不予受理或者驳回申请、起诉",
    Outcome.ABANDONED: "当事人撤回申请（撤诉）",
    Outcome.CHANGED: "变更原决定",
    Outcome.ANNULLED: "撤销原决定",
    Outcome.UNLAWFUL: "确认原决定违法",
    Outcome.VOID: "确认原决定无效",
}

# 行政处罚法 Art 48(2): after these the publication is withdrawn within three working days, with the reason.
CHANGES = frozenset({Outcome.CHANGED, Outcome.ANNULLED, Outcome.UNLAWFUL, Outcome.VOID})

# The reason that is published with the withdrawal; it names no party.
REASON_LABELS = {
    Outcome.CHANGED: "原决定已被依法变更。",
    Outcome.ANNULLED: "原决定已被依法撤销。",
    Outcome.UNLAWFUL: "原决定已被依法确认违法。",
    Outcome.VOID: "原决定已被依法确认无效。",
}
