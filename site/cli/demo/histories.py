"""What becomes of an invented filing: which act, by whom, on which working day, with which words.

Every history follows the transition table from registration to an end. Only what lies before today is kept, so that
old filings are closed and new ones stand anywhere; some are left lying, so that there is something overdue.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from cli.demo.days import office_time, working_day_from
from cli.demo.dice import weighted
from cli.demo.words import read_data
from models.cases.grounds import Ground
from models.cases.terms import OUTCOMES, Act, Outcome
from models.kinds import RightType, Track
from models.types import beijing_date

SHARE_LEFT_LYING = 0.25
LYING_DAYS = 60  # older filings are never left: a desk with year-old debts would be no desk to show


@dataclass(frozen=True, slots=True)
class Place:
    """The bureau's own unit and the unit in whose area the company is."""

    bureau: str
    local: str


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One act: `unit_code` is whose officer acts (the filer's own acts have the unit that holds the case).

    `text` are the words that the act needs: reasons, note, answer or message.
    """

    act: Act
    at: dt.datetime
    unit_code: str
    text: str = ""
    to_unit: str = ""
    ground: Ground | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class _Planned:
    """A step before it has a day: so many working days after the one before."""

    act: Act
    later: int
    unit_code: str
    text: str = ""
    to_unit: str = ""
    ground: Ground | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A filing that is made to stand in a certain state: which way it went, how many steps, filed how long ago."""

    way: str
    steps: int
    days_back: int
    track: Track | None = None
    outcome: Outcome | None = None


# Whatever the day and the seed, a demo shows every open state. `steps` -1 leaves out the closing.
SHOWN = (
    Shown("sent", 1, 9),
    Shown("handed", 2, 16),
    Shown("here", 1, 14),
    Shown("here", 2, 14),
    Shown("sent", 2, 17),
    Shown("handed", 3, 23),
    Shown("handed", -1, 70),
    Shown("sent", 1, 18),
    Shown("handed", 2, 25),
    Shown("here", -1, 68),
    Shown("contested", 3, 15),
    Shown("claimed", 4, 21),
    Shown("disputed", 6, 60, Track.REPORT),
    Shown("here", 3, 30, Track.COMPLAINT),
    Shown("here", 4, 66, Track.COMPLAINT, Outcome.MEDIATED),
    Shown("here", 4, 66, Track.COMPLAINT, Outcome.MEDIATION_ENDED),
    Shown("here", 3, 45, Track.REPORT, Outcome.FILED),
    Shown("here", 3, 45, Track.REPORT, Outcome.NOT_FILED),
    Shown("here", 4, 40, Track.REPORT, Outcome.REFERRED),
    Shown("here", 6, 50, Track.REPORT, Outcome.REFERRED),
    Shown("here", 9, 66, Track.REPORT, Outcome.REFERRED),
    Shown("refused", 1, 16),
    Shown("withdrawn", 1, 13),
)

# How often a filing goes which way; adjudication, aid and advice are the bureau's own work.
_WAYS = {
    "here": 28,
    "sent": 32,
    "handed": 22,
    "bounced": 6,
    "contested": 2,
    "claimed": 2,
    "refused": 8,
    "withdrawn": 4,
}
_OWN_WAYS = {"here": 85, "disputed": 3, "refused": 7, "withdrawn": 5}
_OWN_TRACKS = {Track.ADJUDICATION, Track.AID, Track.CONSULTATION}
_VERIFIED = {Outcome.FILED: 50, Outcome.NOT_FILED: 20, Outcome.UNFOUNDED: 24, Outcome.REFERRED: 6}
_CRIMES = {RightType.TRADEMARK}  # 刑法 第213至215条
_OUTCOME_WEIGHTS = {
    Track.COMPLAINT: {Outcome.MEDIATED: 70, Outcome.MEDIATION_ENDED: 30},
    Track.REPORT: _VERIFIED,
    Track.CLUE: _VERIFIED,
    Track.ADJUDICATION: {Outcome.INFRINGEMENT_FOUND: 65, Outcome.INFRINGEMENT_NOT_FOUND: 35},
    Track.AID: {Outcome.AID_GIVEN: 80, Outcome.ADVICE_GIVEN: 20},
    Track.CONSULTATION: {Outcome.ADVICE_GIVEN: 1},
}
# Working days from taking a matter on to the answer.
_WORK_DAYS = {
    Track.COMPLAINT: (6, 28),
    Track.REPORT: (4, 10),
    Track.CLUE: (4, 10),
    Track.ADJUDICATION: (30, 58),
    Track.AID: (3, 8),
    Track.CONSULTATION: (1, 3),
}


def can_be_shown(track: Track, right: RightType, shown: Shown) -> bool:
    """Whether `shown` can be of this track (the one it names, or any that goes to other units) and this right."""
    if shown.outcome is Outcome.REFERRED and right not in _CRIMES:
        return False
    return track is shown.track if shown.track else track not in _OWN_TRACKS


def history(
    roll: random.Random,
    track: Track,
    right: RightType,
    place: Place,
    filed_at: dt.datetime,
    today: dt.date,
    *,
    shown: Shown | None = None,
) -> tuple[CaseStep, ...]:
    """The steps of one case before `today`, in order, each on a working day and later than the one before."""
    if shown:
        way = _plan(roll, track, right, place, shown.way, shown.outcome)
        planned = [step for step in way if step.act not in (Act.MESSAGE, Act.SUPPLEMENT)][: shown.steps]
        return tuple(_dated(roll, planned, filed_at, today))
    planned = list(
        _plan(roll, track, right, place, weighted(roll, _OWN_WAYS if track in _OWN_TRACKS else _WAYS))
    )
    if (today - beijing_date(filed_at)).days <= LYING_DAYS and roll.random() < SHARE_LEFT_LYING:
        planned = planned[: roll.randint(min(1, len(planned) - 1), len(planned) - 1)]
    return tuple(_dated(roll, planned, filed_at, today))


def _plan(
    roll: random.Random,
    track: Track,
    right: RightType,
    place: Place,
    way: str,
    outcome: Outcome | None = None,
) -> Iterator[_Planned]:
    if way == "refused":
        yield _refusal(roll, track, place)
    elif way == "withdrawn":
        yield _Planned(Act.WITHDRAW, roll.randint(0, 2), place.bureau, _word(roll, "withdraw"))
    elif way == "here":
        yield _Planned(Act.ACCEPT, roll.randint(0, 3), place.bureau, _word(roll, "accept"))
        yield from _work(
            roll, track, place.bureau, needs_handler=True, ends=outcome, may_refer=right in _CRIMES
        )
    elif way == "sent":
        yield _transfer(roll, place)
        yield _Planned(Act.ACKNOWLEDGE, roll.randint(0, 2), place.local)
        yield _Planned(Act.ACCEPT, roll.randint(0, 2), place.local, _word(roll, "accept"))
        yield from _work(roll, track, place.local, needs_handler=True)
    elif way == "handed":
        yield _Planned(Act.ACCEPT, roll.randint(0, 2), place.bureau, _word(roll, "accept"))
        yield _transfer(roll, place)
        yield _Planned(Act.ACKNOWLEDGE, roll.randint(0, 2), place.local)
        yield from _work(roll, track, place.local, needs_handler=False)
    elif way == "disputed":
        yield _Planned(Act.ACCEPT, roll.randint(0, 1), place.bureau, _word(roll, "accept"))
        yield from _work(roll, track, place.bureau, needs_handler=True)
        yield _Planned(Act.DISPUTE, roll.randint(1, 4), place.bureau, _word(roll, "dispute"))
        yield from _decision(roll, track, place)
    elif way == "contested":
        yield _transfer(roll, place)
        yield _Planned(Act.ACKNOWLEDGE, roll.randint(0, 1), place.local)
        yield from _designation(roll, place)
        yield _Planned(Act.ACCEPT, roll.randint(0, 1), place.local, _word(roll, "accept"))
        yield from _work(roll, track, place.local, needs_handler=True)
    elif way == "claimed":
        yield _Planned(Act.ACCEPT, roll.randint(0, 2), place.bureau, _word(roll, "accept"))
        yield _transfer(roll, place)
        yield _Planned(Act.ACKNOWLEDGE, roll.randint(0, 1), place.local)
        yield from _designation(roll, place)
        yield from _work(roll, track, place.local, needs_handler=True)
    else:
        yield _transfer(roll, place)
        yield _Planned(Act.RETURN, roll.randint(1, 3), place.local, _word(roll, "return"))
        yield _Planned(Act.ACCEPT, roll.randint(0, 1), place.bureau, _word(roll, "accept"))
        yield from _work(roll, track, place.bureau, needs_handler=True)


def _work(
    roll: random.Random,
    track: Track,
    unit: str,
    *,
    needs_handler: bool,
    ends: Outcome | None = None,
    may_refer: bool = False,
) -> Iterator[_Planned]:
    """From taking on to closing, in one unit; the bureau has two handlers, so it may refer to the police."""
    if needs_handler:
        yield _Planned(Act.ASSIGN, roll.randint(0, 1), unit)
    least, most = _WORK_DAYS[track]
    days = roll.randint(least, most)
    if roll.random() < 0.3 and days > 2:
        yield _Planned(Act.MESSAGE, 1, unit, _word(roll, "message"))
        days -= 1
        if roll.random() < 0.6:
            yield _Planned(Act.SUPPLEMENT, 1, unit, _word(roll, "supplement"))
            days -= 1
    texts = read_data("filings.toml")
    weights: dict[str, int] = {
        outcome: often
        for outcome, often in _OUTCOME_WEIGHTS[track].items()
        if outcome in OUTCOMES[track] and (outcome is not Outcome.REFERRED or may_refer)
    }
    outcome = ends or Outcome(weighted(roll, weights))
    yield from _deciding(roll, track, unit, outcome, max(days - 1, 0))
    yield _Planned(Act.ANSWER, 1, unit, roll.choice(texts["answers"][outcome]))
    yield _Planned(
        Act.CLOSE, roll.randint(0, 3), unit, roll.choice(texts["reasons"][outcome]), outcome=outcome
    )


def _transfer(roll: random.Random, place: Place) -> _Planned:
    return _Planned(
        Act.TRANSFER, roll.randint(0, 1), place.bureau, _word(roll, "transfer"), to_unit=place.local
    )


def _deciding(
    roll: random.Random, track: Track, unit: str, outcome: Outcome, days: int
) -> Iterator[_Planned]:
    """What comes before the answer: mediation, or the head's decision on filing or on aid."""
    if track is Track.COMPLAINT:
        yield _Planned(Act.MEDIATE, min(days, 3), unit, _word(roll, "mediate"))
        if outcome is Outcome.MEDIATED:
            yield _Planned(Act.SETTLE, max(days - 3, 0), unit, _word(roll, "settle"))
        else:
            reasons, ground = _word(roll, "end_mediation"), Ground.MEDIATION_NO_AGREEMENT
            yield _Planned(Act.END_MEDIATION, max(days - 3, 0), unit, reasons, ground=ground)
    elif track in (Track.REPORT, Track.CLUE):
        if outcome in (Outcome.NOT_FILED, Outcome.UNFOUNDED):
            reasons, ground = _word(roll, "not_file"), Ground.NOT_FILED_NO_CASE
            yield _Planned(Act.NOT_FILE, days, unit, reasons, ground=ground)
        else:
            yield _Planned(Act.FILE, days, unit, _word(roll, "file"))
        if outcome is Outcome.REFERRED:
            yield from _referral(roll, unit)
    elif outcome is Outcome.AID_GIVEN:
        yield _Planned(Act.DECIDE_AID, days, unit, _word(roll, "decide_aid"))
    else:
        yield from ()


def _referral(roll: random.Random, unit: str) -> Iterator[_Planned]:
    """Proposed, approved within three days, handed over within a day, accepted, filed, and the goods go along."""
    yield _Planned(Act.PROPOSE_REFERRAL, roll.randint(1, 3), unit, _word(roll, "propose_referral"))
    yield _Planned(Act.APPROVE_REFERRAL, roll.randint(0, 1), unit)
    yield _Planned(Act.REFER, 0, unit)
    yield _Planned(Act.HEAR_POLICE, 0, unit)
    yield _Planned(Act.HEAR_POLICE, roll.randint(1, 2), unit)
    yield _Planned(Act.CONCLUDE_REFERRAL, 1, unit)


def _decision(roll: random.Random, track: Track, place: Place) -> Iterator[_Planned]:
    """Supervision rejects the dispute, or gives the case to somebody else."""
    if roll.random() < 0.6:
        yield _Planned(Act.REJECT, roll.randint(2, 6), place.bureau, _word(roll, "reject"))
        return
    yield _Planned(Act.UPHOLD, roll.randint(2, 6), place.bureau, _word(roll, "uphold"))
    yield from _work(roll, track, place.bureau, needs_handler=False)


def _designation(roll: random.Random, place: Place) -> Iterator[_Planned]:
    """The county doubts that it is competent, and the bureau's head says that it is."""
    yield _Planned(Act.ESCALATE, 1, place.local, _word(roll, "escalate"))
    reasons = _word(roll, "designate")
    yield _Planned(Act.DESIGNATE, roll.randint(1, 3), place.bureau, reasons, to_unit=place.local)


def _refusal(roll: random.Random, track: Track, place: Place) -> _Planned:
    ground, reasons = roll.choice(read_data("filings.toml")["refusals"][track])
    return _Planned(Act.REFUSE, roll.randint(1, 5), place.bureau, reasons, ground=Ground(ground))


def _word(roll: random.Random, name: str) -> str:
    variants: list[str] = read_data("filings.toml")["words"][name]
    return roll.choice(variants)


def _dated(
    roll: random.Random, planned: list[_Planned], filed_at: dt.datetime, today: dt.date
) -> Iterator[CaseStep]:
    day, at = beijing_date(filed_at), filed_at
    for step in planned:
        day = working_day_from(day, step.later)
        at = max(at + dt.timedelta(minutes=roll.randint(2, 50)), office_time(roll, day))
        day = beijing_date(at)
        if day >= today:
            return
        yield CaseStep(
            act=step.act,
            at=at,
            unit_code=step.unit_code,
            text=step.text,
            to_unit=step.to_unit,
            ground=step.ground,
            outcome=step.outcome,
        )
