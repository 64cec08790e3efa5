"""The closed vocabularies of supervision, with their Chinese names: rungs, who is told, kinds of notice."""

from __future__ import annotations

import enum

from models.people.roles import Role


class Rung(enum.StrEnum):
    """The rungs of the ladder, from the mildest to the gravest."""

    BEFORE = "before"
    DUE = "due"
    REMIND = "remind"
    SUPERVISE = "supervise"
    NOTIFY = "notify"

    @property
    def height(self) -> int:
        """0 for the first rung."""
        return list(Rung).index(self)


class Told(enum.StrEnum):
    """Whom a rung tells, in the unit that has to act (and, for roles, in the units above as far as the rung says)."""

    HANDLER = "handler"  # who handles the case; without one, the unit's intake officers
    INTAKE = "intake"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    PUBLISHER = "publisher"

    @property
    def role(self) -> Role:
        """The role meant; for the handler the one that stands in where there is none yet."""
        return Role.INTAKE if self is Told.HANDLER else Role(self.value)


class NoticeKind(enum.StrEnum):
    """What a notice to a member of staff is about; the first five are the rungs."""

    BEFORE = "before"
    DUE = "due"
    REMIND = "remind"
    SUPERVISE = "supervise"
    NOTIFY = "notify"
    MOVED = "moved"
    EXTENSION = "extension"  # asked for, granted or declined
    IDENTITY = "identity"  # opening an envelope: asked for, granted or declined
    EXPERT = "expert"  # an expert who was asked has accepted, declined or given an opinion
    CASE = "case"  # something was done to a case that the reader's unit has to do with


RUNG_LABELS: dict[Rung, str] = {
    Rung.BEFORE: "到期提醒",
    Rung.DUE: "今日到期",
    Rung.REMIND: "催办",
    Rung.SUPERVISE: "督办",
    Rung.NOTIFY: "通报",
}

NOTICE_LABELS: dict[NoticeKind, str] = {
    **{NoticeKind(rung.value): label for rung, label in RUNG_LABELS.items()},
    NoticeKind.MOVED: "时限变动",
    NoticeKind.EXTENSION: "延长时限",
    NoticeKind.IDENTITY: "查看身份信息",
    NoticeKind.EXPERT: "专家意见",
    NoticeKind.CASE: "办件动态",
}

TOLD_LABELS: dict[Told, str] = {
    Told.HANDLER: "承办人",
    Told.INTAKE: "受理员",
    Told.HEAD: "负责人",
    Told.SUPERVISOR: "督办员",
    Told.PUBLISHER: "公示员",
}
