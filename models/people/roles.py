"""The closed lists that people fall under: kinds of unit, kinds of account, roles of staff."""

from __future__ import annotations

import enum


class UnitKind(enum.StrEnum):
    """What a unit is. Outside bodies 外部单位 receive transfers but have no staff accounts here."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    AID_CENTRE = "aid_centre"
    WORK_STATION = "work_station"
    OUTSIDE = "outside"


class AccountKind(enum.StrEnum):
    """Staff work on cases; a rights-holder 权利人 follows their own filings. Nobody is both."""

    STAFF = "staff"
    RIGHTS_HOLDER = "rights_holder"


class Role(enum.StrEnum):
    """What a member of staff does in a unit (product roles; one person may hold several)."""

    INTAKE = "intake"
    HANDLER = "handler"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    PUBLISHER = "publisher"
    REVIEWER = "reviewer"
    STATISTICIAN = "statistician"
    ADMINISTRATOR = "administrator"


ROLE_LABELS: dict[Role, str] = {
    Role.INTAKE: "受理员",
    Role.HANDLER: "承办人",
    Role.HEAD: "负责人",
    Role.SUPERVISOR: "督办员",
    Role.PUBLISHER: "公示员",
    Role.REVIEWER: "审核员",
    Role.STATISTICIAN: "统计员",
    Role.ADMINISTRATOR: "管理员",
}

UNIT_KIND_LABELS: dict[UnitKind, str] = {
    UnitKind.PROVINCE: "省级",
    UnitKind.CITY: "市级",
    UnitKind.COUNTY: "县级",
    UnitKind.AID_CENTRE: "维权援助中心",
    UnitKind.WORK_STATION: "工作站",
    UnitKind.OUTSIDE: "外部单位",
}
