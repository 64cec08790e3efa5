"""Invented experts of the pool, one for goods at home, one for disputes abroad; and who observes the risks abroad."""

import datetime as dt

from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from models.experts.pool import Entry, add
from models.kinds import RightType
from models.overseas import operations as overseas
from models.overseas.terms import ObserverKind
from models.people.roles import Role
from models.types import beijing_date

_TERM = dt.timedelta(days=3 * 365)
_OBSERVERS = (
    (ObserverKind.ENTERPRISE, "示例小家电出口有限公司（演示）", "厨房小家电", ("US", "EU")),
    (ObserverKind.ASSOCIATION, "示例灯饰行业协会（演示）", "灯具、灯饰外观设计", ("US",)),
)


def appoint(session: Session, cast: Cast, *, now: dt.datetime) -> None:
    """聘任 for three years, by the bureau's head."""
    head, today = cast.with_role(Role.HEAD), beijing_date(now)
    from_on, until_on = today - _TERM / 3, today + _TERM * 2 / 3
    patents = (RightType.PATENT_INFRINGEMENT.value, RightType.PATENT_PASSING_OFF.value)
    entries = (
        Entry(
            "郑示例",
            "示例大学法学院（演示）",
            "10000000001",
            patents,
            from_on,
            until_on,
            speciality="专利侵权判定",
        ),
        Entry(
            "冯示例",
            "示例涉外律师事务所（演示）",
            "10000000002",
            (RightType.TRADEMARK.value,),
            from_on,
            until_on,
            speciality="海外商标纠纷",
            countries=("US", "DE"),
        ),
    )
    for entry in entries:
        add(session, unit=head.assignments[0].unit, entry=entry, actor=head, now=now)


def observe(session: Session, cast: Cast, *, now: dt.datetime) -> None:
    """An enterprise and an association, taken into the list by the desk."""
    desk = cast.with_role(Role.INTAKE)
    for kind, name, products, countries in _OBSERVERS:
        entry = overseas.Entry(kind, name, products, beijing_date(now), countries=countries)
        overseas.add(session, unit=desk.assignments[0].unit, entry=entry, actor=desk, now=now)
