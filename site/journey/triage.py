"""What the answers so far mean: the way somebody came, the rule that it leads to, and who is competent."""

from __future__ import annotations

from dataclasses import dataclass

from journey.drafts import Draft
from journey.surface import Step, Surface
from models.commerce.links import parse_link
from models.commerce.platform_files import read_platforms
from models.filings.kinds import ELSEWHERE
from models.filings.parties import Capacity
from models.kinds import RightType, Track
from models.people.profiles import UnitSpec
from models.routing.places import Place, place_of, place_online
from models.routing.rule_files import read_division
from models.routing.rules import Matter, Route, route
from models.routing.terms import Certainty, Competence, Venue
from models.triage.rule_files import read_triage
from models.triage.rules import Kind, TriageRule, join
from models.triage.terms import Need, Question
from models.types import beijing_date, now_utc
from shared.services import services

_OURS = {
    Competence.LOCAL,
    Competence.BUREAU,
    Competence.PATENT,
    Competence.PROVINCE,
    Competence.AID_CENTRE,
    Competence.STATION,
}


@dataclass(frozen=True)
class Competent:
    """Who is competent for a matter that is not for this bureau, and how to reach them."""

    authority: str
    units: tuple[UnitSpec, ...]
    reach: str
    why: str
    basis: str


def situation(surface: Surface, draft: Draft) -> str:
    """What brings them here."""
    return surface.situation or str(draft.of(Step.START).get("situation", ""))


def kind(draft: Draft) -> Kind:
    """What it is about; "I can't tell" as long as nothing was chosen."""
    return read_triage().kind(str(draft.of(Step.KIND).get("right_type", "")))


def right_type(draft: Draft) -> RightType:
    """The kind of right; OTHER as long as nothing was chosen."""
    return kind(draft).right


def further(surface: Surface, draft: Draft) -> Question | None:
    """The second question that the answers so far lead to, if there is one."""
    return read_triage().further(situation(surface, draft), kind(draft).value)


def way(surface: Surface, draft: Draft) -> str:
    """The situation, with the answer to its second question: refund.both."""
    chosen = draft.of(Step.START).get("choice") or draft.of(Step.WISH).get("choice") or ""
    return join(situation(surface, draft), str(chosen) if further(surface, draft) else "")


def rule_of(surface: Surface, draft: Draft) -> TriageRule | None:
    """The rule that the answers lead to; None while one of them is missing."""
    return read_triage().rule_for(way(surface, draft), kind(draft).value)


def tracks(surface: Surface, draft: Draft) -> tuple[Track, ...]:
    """What it is registered as: one or two procedures, or none where it is not for this bureau at all."""
    found = rule_of(surface, draft)
    return found.tracks if found else (Track.REPORT,)


def track(surface: Surface, draft: Draft) -> Track:
    """The procedure, of two the one that asks for more; a report as long as nothing was chosen."""
    return next(iter(tracks(surface, draft)), Track.REPORT)


def needs(surface: Surface, draft: Draft) -> frozenset[Need]:
    """What has to be answered."""
    found = rule_of(surface, draft)
    return frozenset(found.needs) if found else frozenset()


def capacities(surface: Surface, draft: Draft) -> tuple[Capacity, ...]:
    """For whom somebody can file here: several together where all complain of the same (Order 121 Art 12)."""
    if not needs(surface, draft) & {Need.NAMED, Need.IDENTITY}:
        return ()
    alone = (Capacity.SELF, Capacity.AGENT)
    return alone if track(surface, draft) is Track.AID else (*alone, Capacity.JOINT)


def capacity(surface: Surface, draft: Draft) -> Capacity:
    """For whom they file."""
    chosen = draft.of(Step.CONTACT).get("capacity") or Capacity.SELF
    return Capacity(chosen) if chosen in capacities(surface, draft) else Capacity.SELF


def routes(surface: Surface, draft: Draft) -> list[tuple[Track, Route]]:
    """Who is competent for each procedure, at the place that was named so far."""
    profile, told = services().bureau, draft.of(Step.FACTS)
    code = told.get("region_code") or profile.bureau.region_code
    place = place_of(profile, code, told.get("respondent_address"))
    return [(one, _route(draft, one, _online(draft, one, place))) for one in tracks(surface, draft)]


def is_others(surface: Surface, draft: Draft) -> bool:
    """Whether it is another authority's matter wherever it happened."""
    found = rule_of(surface, draft)
    if found is None:
        return False
    general = Place(Certainty.GENERAL)
    return not any(_route(draft, one, general).rule.lead in _OURS for one in found.tracks)


def is_outside(surface: Surface, draft: Draft) -> bool:
    """Whether it happened outside the bureau's region, where another bureau is competent."""
    return draft.of(Step.FACTS).get("region_code") == ELSEWHERE and not any(
        found.lead for _track, found in routes(surface, draft)
    )


def competent(surface: Surface, draft: Draft) -> Competent:
    """Who is to be named on the page that says where to turn."""
    rule, reach = rule_of(surface, draft), read_triage().reach
    if rule is not None and rule.authority:
        return Competent(rule.authority, (), rule.reach, rule.tells, rule.basis)
    found = routes(surface, draft)[0][1]
    units = tuple(unit for unit in (found.lead, *found.assisting) if unit and unit.is_outside)
    return Competent(found.authority, units, reach.get(found.rule.lead, ""), found.why, found.basis)


def outside(surface: Surface, draft: Draft) -> Competent:
    """The same for what happened elsewhere."""
    found = routes(surface, draft)[0][1]
    reach, why = read_triage().reach[Competence.LOCAL], found.place_rule or found.why
    return Competent(found.authority, (), reach, why, found.basis)


def _online(draft: Draft, of_track: Track, place: Place) -> Place:
    """A shop elsewhere, on a platform that has its domicile here: nobody is sent away (Order 121 Art 13, 31)."""
    link = draft.of(Step.FACTS).get("platform_link")
    platform = read_platforms().get(parse_link(link).platform) if link else None
    if platform is None or not place.is_elsewhere:
        return place
    return place_online(services().bureau, place, platform.domicile, track=of_track, has_address=True)


def _route(draft: Draft, of_track: Track, place: Place) -> Route:
    chosen = kind(draft)
    link = draft.of(Step.FACTS).get("platform_link")
    venue = Venue.ONLINE_SELLER if link else Venue.SHOP
    matter = Matter(chosen.right, of_track, beijing_date(now_utc()), chosen.conduct, venue)
    return route(services().bureau, read_division(), matter, place)
