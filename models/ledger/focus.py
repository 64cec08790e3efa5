"""What an audit asks for first: the acts by which somebody read, took away, destroyed, or was refused."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from fnmatch import fnmatchcase


class Focus(enum.StrEnum):
    """Kinds of acts that an audit looks at, whatever they were about."""

    IDENTITY = "identity"
    MATERIAL = "material"
    EXPORTS = "exports"
    ENDINGS = "endings"
    DENIED = "denied"


FOCUS_LABELS: dict[Focus, str] = {
    Focus.IDENTITY: "查看举报投诉人身份",
    Focus.MATERIAL: "查看证据和公文",
    Focus.EXPORTS: "导出和下载数据",
    Focus.ENDINGS: "删除和销毁",
    Focus.DENIED: "被拒绝的尝试",
}

_PATTERNS: dict[Focus, tuple[str, ...]] = {
    Focus.IDENTITY: ("open_identity", "identity.*", "reward.look"),
    Focus.MATERIAL: ("download_evidence*", "paper.read", "letter.read", "referral.pack_read"),
    Focus.EXPORTS: ("*.export",),
    Focus.ENDINGS: (
        "retention.*",
        "data.drop",
        "data.erase",
        "outbox.forget",
        "proof.remove",
        "bulletin.remove*",
    ),
    Focus.DENIED: ("denied",),
}
_WHOLE_KIND = ".*"


def kinds_of(noted: Sequence[str]) -> list[str]:
    """`case.*` for every kind with several acts, in order."""
    kinds = [act.partition(".")[0] for act in noted if "." in act]
    return [kind + _WHOLE_KIND for kind in dict.fromkeys(kinds) if kinds.count(kind) > 1]


def acts_meant(choice: str, noted: Sequence[str]) -> list[str]:
    """The acts of `noted` that a choice means: an act, a whole kind like `case.*`, or a `Focus`; none where it is unknown."""
    if choice in set(Focus):
        return [act for act in noted if any(fnmatchcase(act, one) for one in _PATTERNS[Focus(choice)])]
    if choice.endswith(_WHOLE_KIND):
        return [act for act in noted if act.startswith(choice.removesuffix("*"))]
    return [choice] if choice in noted else []
