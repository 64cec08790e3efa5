"""The closed vocabulary of the observers abroad, with its Chinese names."""

from __future__ import annotations

import enum


class ObserverKind(enum.StrEnum):
    """What an observer is."""

    ENTERPRISE = "enterprise"
    ASSOCIATION = "association"


OBSERVER_KIND_LABELS: dict[ObserverKind, str] = {
    ObserverKind.ENTERPRISE: "企业",
    ObserverKind.ASSOCIATION: "行业协会、商会等社会组织",
}
