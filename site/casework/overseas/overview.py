"""The desk for disputes abroad: what is under way and hurries, and what the bureau has for each country."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from casework.overseas.forms import country_choices
from models.aid.abroad import disputes, disputes_by_country
from models.aid.terms import DISPUTE_KIND_LABELS, URGENCY_LABELS, Urgency
from models.bulletins.queries import warnings_by_country
from models.cases.queue import sight_of
from models.experts.queries import pool
from models.overseas.countries import COUNTRIES
from models.overseas.queries import observers
from models.people.permissions import Permission, can
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("overseas", __name__, url_prefix="/casework/overseas")
_SHOWN = 100
_TAGS = {Urgency.URGENT: "late", Urgency.SOON: "warn"}


@dataclass(frozen=True, slots=True)
class Country:
    """What there is for one country."""

    code: str
    name: str
    disputes: int
    observers: int
    experts: int
    warnings: int

    def __bool__(self) -> bool:
        return any((self.disputes, self.observers, self.experts, self.warnings))


@blueprint.get("")
@requires(Permission.EXPERT_ASK, Permission.MECHANISM_MANAGE)
def index() -> ResponseReturnValue:
    """All countries, or one of them."""
    country = request.args.get("country", "")
    country = country if country in COUNTRIES else ""
    past = request.args.get("past") == "1"
    officer, today = account(), beijing_date(now_utc())
    sight = sight_of(session, officer, today)
    return render_template(
        "casework/overseas/index.html",
        country=country,
        names=dict(country_choices()),
        today=today,
        disputes=disputes(session, sight, country=country, limit=_SHOWN),
        observers=observers(session, country=country, past=past),
        past=past,
        countries=_countries(disputes_by_country(session, sight)),
        kinds=DISPUTE_KIND_LABELS,
        urgencies=URGENCY_LABELS,
        tags=_TAGS,
        may_keep=can(officer, Permission.MECHANISM_MANAGE),
    )


def _countries(under_way: dict[str, int]) -> list[Country]:
    today = beijing_date(now_utc())
    warned = warnings_by_country(session, today=today)
    known = Counter(code for one in pool(session, today=today) for code in one.countries)
    watched = Counter(code for one in observers(session) for code in one.countries)
    return [
        made
        for code, name in country_choices()
        if (
            made := Country(
                code,
                name,
                disputes=under_way.get(code, 0),
                observers=watched[code],
                experts=known[code],
                warnings=warned.get(code, 0),
            )
        )
    ]
