"""The proposal for one case: the route of its matter, and what the unit that has it does next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.cases.tables import Case
from models.cases.terms import State
from models.cases.transfers import BUREAUS, came_across
from models.commerce.links import parse_link
from models.commerce.platform_files import read_platforms
from models.commerce.platforms import Platform
from models.filings.tables import Filing
from models.people.profiles import BureauProfile, UnitSpec
from models.people.tables import Unit
from models.routing.places import as_held, place_of, place_online
from models.routing.rule_files import read_division
from models.routing.rules import Matter, Route, next_step, route
from models.routing.tables import RoutingChoice
from models.routing.terms import Certainty, Conduct, Step, Venue
from models.types import beijing_date


@dataclass(frozen=True, slots=True)
class Proposal:
    """`next_unit` is where to send it from here; None where it stays or nobody here is competent."""

    route: Route
    conduct: Conduct
    venue: Venue
    step: Step
    next_unit: UnitSpec | None
    platform: Platform | None = None  # of a shop on one: its domicile counts too (Order 121 Art 13, 31)

    @property
    def is_vague(self) -> bool:
        """Whether the place is yet to be found out: then any unit below is as good as proposed."""
        return self.step is Step.HERE and self.route.place.certainty is Certainty.GENERAL

    def among(self, units: Sequence[Unit]) -> Unit | None:
        """The proposed unit, if it is one of those that the case can be sent to."""
        return next((unit for unit in units if self.next_unit and unit.code == self.next_unit.code), None)


def propose(
    profile: BureauProfile,
    case: Case,
    *,
    conduct: Conduct | None = None,
    venue: Venue | None = None,
) -> Proposal:
    """The proposal; without `conduct` what the filer named, without `venue` a link means a shop on a platform."""
    filing = case.filing
    conduct = conduct or Conduct(filing.data.get("conduct", Conduct.INFRINGEMENT))
    is_online = filing.platform_link or filing.data.get("platform") or filing.data.get("links")
    where = venue or (Venue.ONLINE_SELLER if is_online else Venue.SHOP)
    matter = Matter(case.right_type, case.track, beijing_date(filing.submitted_at), conduct, where)
    holder = case.acting_unit.code
    place = place_of(profile, filing.region_code, filing.respondent_address)
    platform = _platform(filing) if where is Venue.ONLINE_SELLER else None
    if platform:
        place = place_online(
            profile,
            place,
            platform.domicile,
            track=case.track,
            has_address=bool(filing.respondent_address),
        )
    place = as_held(profile, place, holder)
    found = route(profile, read_division(), matter, place)
    step, next_unit = _step_of(profile, found, case)
    return Proposal(found, conduct, where, step, next_unit, platform)


def choices(session: Session, case: Case) -> Sequence[RoutingChoice]:
    """What was made of the proposals so far, oldest first."""
    wanted = (
        select(RoutingChoice)
        .where(RoutingChoice.case_id == case.id)
        .options(joinedload(RoutingChoice.proposed_unit), joinedload(RoutingChoice.chosen_unit))
        .order_by(RoutingChoice.id)
    )
    return session.scalars(wanted).all()


def _step_of(profile: BureauProfile, found: Route, case: Case) -> tuple[Step, UnitSpec | None]:
    """What the tree says, and what the case's own way changes of it: a superior's word, and 立案 (程序规定 Art 14)."""
    if case.is_designated:
        return Step.HELD, None
    step, unit = next_step(profile, found, case.acting_unit.code)
    lead = found.lead
    if step is Step.HERE or lead is None or lead.is_outside:
        return step, unit
    if came_across(case):
        return Step.ASK, None
    if (
        step is Step.BACK
        and case.state is State.INVESTIGATING
        and {lead.kind, case.acting_unit.kind} <= BUREAUS
    ):
        return Step.SEND, lead
    return step, unit


def _platform(filing: Filing) -> Platform | None:
    """The platform of the filing's link, or the one that its filer says was notified."""
    link = parse_link(filing.platform_link).platform if filing.platform_link else ""
    told = filing.data.get("platform") or {}
    table = read_platforms()
    return table.get(link) or table.get(str(told.get("platform", "")))
