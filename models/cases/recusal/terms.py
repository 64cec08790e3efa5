"""Why somebody is kept out of a case, with the Chinese names."""

from __future__ import annotations

import enum


class RecusalReason(enum.StrEnum):
    """行政处罚法 Art 43: a direct interest, or another relation that may touch a fair handling."""

    PARTY = "party"  # the case is about them
    RELATIVE = "relative"
    INTEREST = "interest"
    OTHER = "other"


RECUSAL_BASIS = "行政处罚法 第43条；121号 第21条"

RECUSAL_REASON_LABELS: dict[RecusalReason, str] = {
    RecusalReason.PARTY: "是本案当事人，或者就是被举报（投诉）的一方",
    RecusalReason.RELATIVE: "是当事人或者其代理人的近亲属",
    RecusalReason.INTEREST: "与本案有直接利害关系",
    RecusalReason.OTHER: "有其他关系，可能影响公正办理",
}
