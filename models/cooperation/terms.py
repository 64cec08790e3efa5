"""The closed vocabulary of co-operation mechanisms, with its Chinese names."""

from __future__ import annotations

import enum


class Scope(enum.StrEnum):
    """Between whom it is agreed."""

    DEPARTMENTS = "departments"
    REGIONS = "regions"


SCOPE_LABELS: dict[Scope, str] = {
    Scope.DEPARTMENTS: "跨部门",
    Scope.REGIONS: "跨区域",
}
