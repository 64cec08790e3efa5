"""The proposal of who is competent, in words: for the page of the case and for the transfer form."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from models.cases.designation import is_contested
from models.cases.states import transition
from models.cases.tables import Case
from models.cases.terms import Act
from models.codes.regions import province_name
from models.commerce.platforms import Platform
from models.people.profiles import UnitSpec
from models.routing.proposals import Proposal, choices, propose
from models.routing.terms import (
    CERTAINTY_LABELS,
    CONDUCT_LABELS,
    STEP_LABELS,
    VENUE_LABELS,
    Conduct,
    Step,
    Venue,
)
from shared.database import session
from shared.i18n import in_script, label
from shared.services import services

_DECIDE_WHERE = (Act.ACCEPT, Act.TRANSFER, Act.ACKNOWLEDGE, Act.DESIGNATE)


@dataclass(frozen=True)
class ShownProposal:
    """What the panel prints. `lead` is the unit, or the name of an authority that no transfer reaches.

    `is_binding`: nobody proposes any more, a superior has said it.
    """

    lead: str
    step: str
    assisting: str
    whys: Sequence[str]
    basis: str
    is_binding: bool = False

    @property
    def title(self) -> str:
        """The heading over it."""
        return _("已经指定由谁办理") if self.is_binding else _("建议由谁办理")


@dataclass(frozen=True)
class Question:
    """What the officer may correct before the proposal is made: a list in the address."""

    name: str
    title: str
    options: Sequence[tuple[str, str, bool]]


def proposal_for(case: Case, given: Mapping[str, str] | None = None) -> Proposal:
    """The proposal, with the conduct and the venue that the address names."""
    asked = given or {}
    conduct, venue = asked.get("conduct"), asked.get("venue")
    return propose(
        services().bureau,
        case,
        conduct=Conduct(conduct) if conduct in set(Conduct) else None,
        venue=Venue(venue) if venue in set(Venue) else None,
    )


def is_open_where(case: Case) -> bool:
    """Whether it can still be decided which unit handles the case: before that the page proposes one, afterwards not."""
    return any(transition(case.track, case.state, act) for act in _DECIDE_WHERE)


def shown(proposal: Proposal, case: Case) -> ShownProposal:
    """The proposal in the visitor's language, as the case stands now."""
    found = proposal.route
    ruled = _name(found.lead) if found.lead else label(found.authority)
    assisting = _("、").join(_name(unit) for unit in found.assisting)
    if proposal.step is Step.HELD:
        return _designated(case, ruled, assisting)
    whys = [label(found.rule.why)]
    if found.is_by_place:
        whys.append(label(CERTAINTY_LABELS[found.place.certainty]))
    if found.place_rule:
        whys.append(label(found.place_rule))
    if proposal.platform and found.place_rule:
        whys.append(_domicile(proposal.platform))
    if found.is_branch:
        whys.append(_("派出机构在确定的权限内以本局名义办理（121号 第30条）。"))
    return ShownProposal(
        lead=ruled,
        step=_step(proposal, case),
        assisting=assisting,
        whys=whys,
        basis=label(found.basis),
    )


def _designated(case: Case, ruled: str, assisting: str) -> ShownProposal:
    """A superior's word comes before the rules; what they say is kept in view where it differs."""
    said = case.transfers[-1]
    holder = in_script(said.to_unit.name)
    whys = [_("指定的理由：%(why)s", why=said.reasons)]
    if ruled != holder:
        whys.append(_("按职责分工本来是%(unit)s；以指定管辖为准。", unit=ruled))
    return ShownProposal(
        lead=holder,
        step=label(STEP_LABELS[Step.HELD]),
        assisting=assisting,
        whys=whys,
        basis=label(said.basis),
        is_binding=True,
    )


def questions(proposal: Proposal) -> list[Question]:
    """The two questions whose answers change who is competent."""
    return [
        _question("conduct", _("反映的是什么？"), CONDUCT_LABELS, proposal.conduct),
        _question("venue", _("发生在哪里？"), VENUE_LABELS, proposal.venue),
    ]


def departures(case: Case) -> list[tuple[str, str]]:
    """Where a transfer went elsewhere than proposed, and the reason."""
    made = choices(session, case) if case.transfers else []
    return [(in_script(one.chosen_unit.name), one.departure) for one in made if one.departure]


def _question(
    name: str, title: str, labels: Mapping[Conduct, str] | Mapping[Venue, str], chosen: enum.StrEnum
) -> Question:
    options = [(value.value, label(text), value is chosen) for value, text in labels.items()]
    return Question(name, title, options)


def _domicile(platform: Platform) -> str:
    """Where the platform's operator has its domicile: that place counts beside the shop's own, or alone where none is known."""
    return _(
        "%(platform)s的经营者是%(operator)s，住所地在%(province)s（区划 %(code)s，待核）。",
        platform=label(platform.name),
        operator=platform.operator,
        province=in_script(province_name(platform.domicile) or ""),
        code=platform.domicile,
    )


def _step(proposal: Proposal, case: Case) -> str:
    """What to do next. Receivers and superiors read it too, so what waits for them is told as such."""
    if pending := case.open_transfer:
        return _("已经移交%(unit)s，等它签收或者退回。", unit=in_script(pending.to_unit.name))
    if is_contested(case):
        return _("等共同的上级机构指定管辖。")
    if proposal.step is Step.BACK and proposal.next_unit:
        return _("%(step)s：%(unit)s", step=label(STEP_LABELS[Step.BACK]), unit=_name(proposal.next_unit))
    return label(STEP_LABELS[proposal.step])


def _name(unit: UnitSpec) -> str:
    return in_script(unit.name)
