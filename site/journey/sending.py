"""From a draft to a submission, and from there through the one verb that takes it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from journey import triage
from journey.aid import applied
from journey.drafts import Draft, end
from journey.keys import keyring
from journey.path import steps_of
from journey.persons import person_of, with_others
from journey.platform import told_of
from journey.stored_right import is_fast, keep_right, mandate_on_record, require_right, told_right
from journey.surface import Step, Surface
from models.cases.intake import Received, receive
from models.commerce.notices.operations import note_platform
from models.commerce.operations import links_under, send_links, sendable, summary_of
from models.commerce.tables import FilingLink
from models.filings.needs import MANDATES, OWNERSHIP
from models.filings.parties import Capacity, respondents_data
from models.filings.right_numbers import NUMBER_NAME_LABELS
from models.filings.submissions import FAST, UNPROVEN, Respondent, Submission
from models.kinds import Channel
from models.people.actors import FILER
from models.routing.terms import Conduct
from models.triage.terms import Need
from models.types import now_utc
from shared.database import session
from shared.i18n import current_locale
from shared.services import services

NOBODY = Respondent(name="")  # who only asks, or asks for help, need not name an opponent


def files_hold(draft: Draft) -> list[str]:
    """What the filer says the attached files hold; nothing is held by no files. A verified right proves itself."""
    ticked = draft.of(Step.EVIDENCE).get("has")
    told = list(ticked) if ticked and draft.files() else []
    proven = (*OWNERSHIP[triage.right_type(draft)], "subject_proof") if told_right(draft) else ()
    trusted = MANDATES if is_fast(draft) else ()
    return list(dict.fromkeys([*told, *proven, *trusted]))


def submission(surface: Surface, draft: Draft, *, is_proven: bool = True) -> Submission:
    """What the answers say. What was answered before the procedure changed, and is not asked in it, is left out."""
    facts = {name: str(value or "") for name, value in draft.of(Step.FACTS).items()}
    main, *also = triage.tracks(surface, draft)
    has_number = triage.right_type(draft) in NUMBER_NAME_LABELS
    return Submission(
        token=str(draft.token),
        track=main,
        also=tuple(also),
        right_type=triage.right_type(draft),
        respondent=_respondent(facts) if Need.RESPONDENT in triage.needs(surface, draft) else NOBODY,
        region_code=facts.get("region_code") or services().bureau.bureau.region_code,
        facts=facts["facts"],
        request=facts.get("request", ""),
        right_number=facts.get("right_number", "") if has_number else "",
        person=with_others(person_of(draft, surface.account), draft, triage.capacity(surface, draft)),
        channel=Channel(draft.of(Step.CHANNEL)["channel"]) if surface.officer else Channel.WEB,
        language=current_locale(),
        data=dict(_data(surface, draft)) | ({} if is_proven else {UNPROVEN: True}),
    )


def _respondent(facts: dict[str, str]) -> Respondent:
    return Respondent(
        name=facts.get("respondent_name", ""),
        uscc=facts.get("respondent_uscc", ""),
        address=facts.get("respondent_address", ""),
        platform_link=facts.get("platform_link", ""),
    )


def _data(surface: Surface, draft: Draft) -> Iterator[tuple[str, Any]]:
    """Answers that have no column: which way the filer came, what was told, and what they say their files hold."""
    walked = steps_of(surface, draft)
    if surface.officer:
        yield from _call(draft.of(Step.CHANNEL))
    if Step.START in walked:
        yield "situation", triage.way(surface, draft)
    if triage.kind(draft).conduct is not Conduct.INFRINGEMENT:
        yield "conduct", triage.kind(draft).conduct.value
    if Step.COMPETENT in walked or Step.OUTSIDE in walked:
        yield "left_as_lead", True
    if draft.of(Step.FACTS).get("platform_notified"):
        yield "platform_notified", True
    if Step.PLATFORM in walked:
        yield "platform", told_of(draft).as_data()
    if Step.AID in walked:
        yield "aid", applied(draft).as_data()
    if is_fast(draft):
        yield FAST, True
    yield from side_data(surface, draft)
    if Step.LINKS in walked:
        yield "links", summary_of(links_sent(draft))
    if chosen := draft.of(Step.CONTACT).get("notify"):
        yield "notify", list(chosen)
    yield "has", files_hold(draft)


def _call(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """When they called or came, and under which number another system has it."""
    yield "called_at", told["called_at"]
    if told.get("outside_number"):
        yield "outside_number", told["outside_number"]


def side_data(surface: Surface, draft: Draft) -> Iterator[tuple[str, Any]]:
    """Who else is on either side, as far as staff may know it without opening an envelope."""
    walked = steps_of(surface, draft)
    if Step.RESPONDENTS in walked:
        more = [Respondent(**row) for row in draft.of(Step.RESPONDENTS)["rows"]]
        yield "respondents", respondents_data(more)
    if nice_class := draft.of(Step.FACTS).get("nice_class"):
        yield "nice_class", nice_class
    capacity = triage.capacity(surface, draft)
    if capacity is Capacity.AGENT:
        told, kept = draft.of(Step.AGENT), mandate_on_record(surface, draft)
        written = {name: str(told[name]) for name in ("matters", "power", "ends_on")}
        yield "mandate", kept.as_data() if kept else written
    if capacity is Capacity.JOINT:
        rows = draft.of(Step.JOINT)["rows"]
        chosen = sum(bool(row["is_representative"]) for row in rows)
        yield "joint", {"people": 1 + len(rows), "representatives": 1 + chosen}


def links_sent(draft: Draft) -> list[FilingLink]:
    """The rows that go with the draft when it is sent."""
    if not draft.token:
        return []
    return sendable(links_under(session, draft.token), again=bool(draft.of(Step.LINKS).get("again")))


def send(surface: Surface, draft: Draft, *, is_proven: bool = True) -> Received:
    """Hands the draft in. The draft ends with it; a second sending of the same token finds the first one's filing."""
    chosen = require_right(surface, draft)
    received = receive(
        session,
        submission=submission(surface, draft, is_proven=is_proven),
        actor=surface.account or surface.officer or FILER,
        now=now_utc(),
        keys=keyring(),
        account=surface.account,
    )
    keep_right(surface, chosen, received.filings)
    note_platform(
        session, filings=received.filings, actor=surface.account or surface.officer or FILER, now=now_utc()
    )
    again = bool(draft.of(Step.LINKS).get("again"))
    send_links(session, token=str(draft.token), filing=received.filing, again=again)
    end(surface, str(draft.token))
    return received
