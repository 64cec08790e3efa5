"""Who is competent for a matter: a pure function over the division of work, a bureau's units and the place.

The first rule that fits decides. The rules are data (`profiles/routing.toml`); `flask cases routing` prints what
follows from them for every place of a bureau.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.kinds import RightType, Track
from models.people.profiles import BureauProfile, OutsideKind, UnitSpec
from models.people.roles import UnitKind
from models.routing.places import Place
from models.routing.terms import AUTHORITY_LABELS, Competence, Conduct, Step, Venue


@dataclass(frozen=True, slots=True)
class Basis:
    """Articles that hold from a day on; None: since ever."""

    text: str
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One row of the division of work. An empty list of tracks, rights or conducts fits every one."""

    id: str
    lead: Competence
    why: str
    bases: tuple[Basis, ...]
    tracks: tuple[Track, ...] = ()
    rights: tuple[RightType, ...] = ()
    conducts: tuple[Conduct, ...] = ()
    assisting: tuple[Competence, ...] = ()
    authority: str = ""  # the name of a national authority

    def fits(self, matter: Matter) -> bool:
        """Whether the rule speaks of such a matter."""
        return (
            (not self.tracks or matter.track in self.tracks)
            and (not self.rights or matter.right in self.rights)
            and (not self.conducts or matter.conduct in self.conducts)
        )

    def basis_on(self, day: dt.date) -> str:
        """The articles in force on that Beijing day."""
        return next(basis.text for basis in reversed(self.bases) if basis.since is None or basis.since <= day)


@dataclass(frozen=True, slots=True)
class Matter:
    """What decides about competence, and nothing of persons."""

    right: RightType
    track: Track
    filed_on: dt.date
    conduct: Conduct = Conduct.INFRINGEMENT
    venue: Venue = Venue.SHOP


@dataclass(frozen=True, slots=True)
class Division:
    """The division of work: the rules in order, bases by venue, and per bureau the units that decide patent disputes."""

    rules: tuple[RoutingRule, ...]
    patent_units: dict[str, tuple[str, ...]]
    venue_bases: dict[tuple[Venue, bool], str]  # the flag: for a complaint

    def rule_for(self, matter: Matter) -> RoutingRule:
        """The first rule that fits; there always is one, the reader of the file sees to it."""
        return next(rule for rule in self.rules if rule.fits(matter))

    def venue_basis(self, matter: Matter) -> str:
        """Which place counts, in words with the article; "" where no special rule holds."""
        return self.venue_bases.get((matter.venue, matter.track is Track.COMPLAINT), "")


@dataclass(frozen=True, slots=True)
class Route:
    """Who leads and who assists. `lead` is None where no unit of the bureau's tree is competent: see `authority`."""

    rule: RoutingRule
    place: Place
    lead: UnitSpec | None
    assisting: tuple[UnitSpec, ...]
    authority: str
    basis: str
    why: str
    place_rule: str
    is_by_place: bool  # another place would have another lead
    is_branch: bool  # the lead acts in its bureau's name (Order 121 Art 30)


def route(profile: BureauProfile, division: Division, matter: Matter, place: Place) -> Route:
    """The competent unit for `matter` at `place`, with the reason."""
    rule = division.rule_for(matter)
    lead = unit_for(profile, division, rule.lead, place)
    others = [unit_for(profile, division, one, place) for one in rule.assisting]
    assisting = tuple(dict.fromkeys(one for one in others if one and one != lead))
    by_place = rule.lead in (Competence.LOCAL, Competence.PATENT)
    return Route(
        rule=rule,
        place=place,
        lead=lead,
        assisting=assisting,
        authority="" if lead else rule.authority or AUTHORITY_LABELS[Step.TELL],
        basis=rule.basis_on(matter.filed_on),
        why=rule.why,
        place_rule=division.venue_basis(matter) if rule.lead is Competence.LOCAL else "",
        is_by_place=by_place,
        is_branch=by_place and lead is not None and _is_branch(profile, lead),
    )


def next_step(profile: BureauProfile, found: Route, holder: str) -> tuple[Step, UnitSpec | None]:
    """What the unit with the code `holder` does, and the unit that it sends to (Order 121 Art 41: never sideways)."""
    if found.lead is None:
        return Step.TELL, None
    if found.lead.code == holder:
        return Step.HERE, None
    if holder not in {unit.code for unit in profile.units}:
        return Step.SEND, found.lead  # a unit that an administrator added; the transfer's own rules decide
    above = [unit.code for unit in _line_up(profile, profile.unit(holder))]
    line = [unit.code for unit in _line_up(profile, found.lead)]
    if found.lead.is_outside or holder in line or found.lead.code in above:
        return Step.SEND, found.lead
    common = next((code for code in above if code in line), None)
    return (Step.BACK, profile.unit(common)) if common else (Step.TELL, None)


def unit_for(
    profile: BureauProfile, division: Division, competence: Competence, place: Place
) -> UnitSpec | None:
    """The unit that has this competence at `place`; None where the bureau's tree has none."""
    bureau = profile.unit(profile.bureau.unit)
    if competence.value in set(OutsideKind):
        return next(iter(profile.outside(OutsideKind(competence.value))), None)
    if competence is Competence.BUREAU:
        return bureau
    if competence is Competence.PROVINCE:
        return next((unit for unit in _line_up(profile, bureau) if unit.kind is UnitKind.PROVINCE), None)
    if competence is Competence.AID_CENTRE:
        return next((unit for unit in profile.units if unit.kind is UnitKind.AID_CENTRE), None)
    if place.is_elsewhere or competence is Competence.NATIONAL:
        return None
    if competence is Competence.STATION:
        return _station(profile, place)
    local = place.unit or bureau
    if competence is Competence.LOCAL:
        return local
    able = division.patent_units[profile.key]
    return next((unit for unit in _line_up(profile, local) if unit.code in able), None)


def _line_up(profile: BureauProfile, unit: UnitSpec) -> list[UnitSpec]:
    line = [unit]
    while line[-1].parent:
        line.append(profile.unit(line[-1].parent))
    return line


def _station(profile: BureauProfile, place: Place) -> UnitSpec | None:
    if place.unit is None or place.unit.region_code == profile.bureau.region_code:
        return None
    here = [
        unit
        for unit in profile.units
        if unit.kind is UnitKind.WORK_STATION and unit.region_code == place.unit.region_code
    ]
    return here[0] if len(here) == 1 else None


def _is_branch(profile: BureauProfile, unit: UnitSpec) -> bool:
    """A unit under the bureau without a region code of its own is its branch 派出机构."""
    return unit.code != profile.bureau.unit and unit.region_code == profile.bureau.region_code
