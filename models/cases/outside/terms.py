"""How a link to an outside body stands, in the words of staff and in the words of whoever opens it."""

from __future__ import annotations

import enum


class Standing(enum.StrEnum):
    """What the body can still do: take the matter or give it back, then reply, then reply again; the others are over."""

    WAITING = "waiting"
    TAKEN = "taken"
    ANSWERED = "answered"
    RETURNED = "returned"
    RECALLED = "recalled"
    REVOKED = "revoked"
    OVER = "over"
    EXPIRED = "expired"


STANDING_LABELS: dict[Standing, str] = {
    Standing.WAITING: "待签收",
    Standing.TAKEN: "已签收",
    Standing.ANSWERED: "已回复",
    Standing.RETURNED: "已退回",
    Standing.RECALLED: "移交已撤销",
    Standing.REVOKED: "链接已停用",
    Standing.OVER: "办件已由别处办理或者已经结束",
    Standing.EXPIRED: "链接已过期",
}

# For whoever opens a link with which nothing can be done any more: what it means, and what to do.
OVER_LABELS: dict[Standing, str] = {
    Standing.RETURNED: "这个事项已经退回，不用再办理。退回有误的，请与来函单位联系。",
    Standing.RECALLED: "来函单位已经撤销移交，不用再办理。",
    Standing.REVOKED: "来函单位已经停用这个链接。仍需办理的，请与来函单位联系，由对方发送新的链接。",
    Standing.OVER: "这个事项已经结束，或者已经由其他单位办理，不用再回复。需要补充的，请与来函单位联系。",
    Standing.EXPIRED: "这个链接已经过期。仍需签收、退回或者回复的，请与来函单位联系，由对方重新发送。",
}

# What was neither given back nor ended: the body can act, at once or with a new link.
USABLE = frozenset({Standing.WAITING, Standing.TAKEN, Standing.ANSWERED})
RESENDABLE = USABLE | {Standing.REVOKED, Standing.EXPIRED}

DEFAULT_DAYS = 30
DAYS = (7, 15, DEFAULT_DAYS, 60, 90)  # for how long a link may be good
