"""Closed kinds: what is asked, by which way it came, and how it was answered."""

import enum


class PetitionKind(enum.StrEnum):
    """What the party asks for."""

    OBJECTION = "objection"
    REPAIR = "repair"


PETITION_KIND_LABELS = {PetitionKind.OBJECTION: "异议", PetitionKind.REPAIR: "信用修复申请"}


class PetitionOutcome(enum.StrEnum):
    """How it was answered."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    NOT_PARTY = "not_party"


OUTCOME_LABELS = {
    PetitionKind.OBJECTION: {
        PetitionOutcome.UPHELD: "异议成立，将更正或者撤回公示",
        PetitionOutcome.REJECTED: "异议不成立",
        PetitionOutcome.NOT_PARTY: "不是当事人提出的，不予处理",
    },
    PetitionKind.REPAIR: {
        PetitionOutcome.UPHELD: "准予信用修复，提前停止公示",
        PetitionOutcome.REJECTED: "不予信用修复",
        PetitionOutcome.NOT_PARTY: "不是当事人提出的，不予处理",
    },
}
