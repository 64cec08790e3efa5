"""What an applicant says of the need for help, kept with the filing; kinds and urgency of disputes abroad."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OVERSEAS = "overseas"  # the help that asks for a country
URGENT_DAYS = 15
SOON_DAYS = 45


class DisputeKind(enum.StrEnum):
    """What happened abroad."""

    WARNING = "warning"
    LAWSUIT = "lawsuit"
    SECTION_337 = "section_337"
    CUSTOMS = "customs"
    PLATFORM = "platform"
    SQUATTING = "squatting"
    EXHIBITION = "exhibition"
    OTHER = "other"


class Urgency(enum.StrEnum):
    """How near the next date abroad is."""

    URGENT = "urgent"
    SOON = "soon"
    NORMAL = "normal"
    UNKNOWN = "unknown"


DISPUTE_KIND_LABELS: dict[DisputeKind, str] = {
    DisputeKind.WARNING: "收到警告函、律师函",
    DisputeKind.LAWSUIT: "被起诉，或者要起诉",
    DisputeKind.SECTION_337: "美国 337 调查等行政调查",
    DisputeKind.CUSTOMS: "货物被海关扣留",
    DisputeKind.PLATFORM: "网店下架、账户资金被冻结",
    DisputeKind.SQUATTING: "商标、域名、外观被抢注",
    DisputeKind.EXHIBITION: "展会上被查扣、投诉",
    DisputeKind.OTHER: "其他",
}
URGENCY_LABELS: dict[Urgency, str] = {
    Urgency.URGENT: "紧急",
    Urgency.SOON: "较急",
    Urgency.NORMAL: "一般",
    Urgency.UNKNOWN: "期限不明",
}


@dataclass(frozen=True, slots=True)
class Abroad:
    """A dispute in another country or region (a code of `models.overseas`), and the next date that must be kept there."""

    country: str
    kind: DisputeKind
    due_on: dt.date | None = None

    def urgency(self, today: dt.date) -> Urgency:
        """On that Beijing day. A date that has gone by is as urgent as can be."""
        if self.due_on is None:
            return Urgency.UNKNOWN
        left = (self.due_on - today).days
        return (
            Urgency.URGENT if left <= URGENT_DAYS else Urgency.SOON if left <= SOON_DAYS else Urgency.NORMAL
        )


@dataclass(frozen=True, slots=True)
class Application:
    """The answers of an application for aid; the words are those of `profiles/aid.toml`. It names nobody."""

    applicant: str
    helps: tuple[str, ...]
    green: tuple[str, ...] = ()
    abroad: Abroad | None = None

    def as_data(self) -> dict[str, Any]:
        """For the filing's data."""
        told: dict[str, Any] = {
            "applicant": self.applicant,
            "helps": list(self.helps),
            "green": list(self.green),
        }
        if self.abroad:
            due_on = self.abroad.due_on
            told["abroad"] = {"country": self.abroad.country, "kind": self.abroad.kind.value}
            told["abroad"] |= {"due_on": due_on.isoformat()} if due_on else {}
        return told


def application_in(data: Mapping[str, Any]) -> Application | None:
    """What the data of a filing say of it; None where nothing was asked, as on the telephone before."""
    told = data.get("aid")
    if not told:
        return None
    kept = told.get("abroad")
    abroad = None
    if kept:
        due_on = dt.date.fromisoformat(kept["due_on"]) if kept.get("due_on") else None
        abroad = Abroad(kept["country"], DisputeKind(kept["kind"]), due_on)
    return Application(told["applicant"], tuple(told["helps"]), tuple(told["green"]), abroad)
