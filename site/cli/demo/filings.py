"""Invented filings as citizens, consumers and rights-holders write them, with what becomes of each."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cli.demo import names
from cli.demo.aiding import application
from cli.demo.companies import DemoCompany, companies
from cli.demo.days import any_time, chinese_date
from cli.demo.dice import dice, weighted
from cli.demo.histories import SHOWN, CaseStep, Place, Shown, can_be_shown, history
from cli.demo.words import read_data, words
from models.filings.submissions import Person, Respondent, Submission
from models.kinds import Channel, RightType, Track
from models.people.profiles import BureauProfile

DAYS_BACK = 360
RESPONDENTS_PER_FILING = 0.6
SHARE_OF_ACCOUNT = 0.45  # of clues: filed by the demo rights-holder's own account
_CHANNELS = {"web": 70, "phone": 9, "12345": 7, "12315": 6, "counter": 5, "letter": 3}
_ANONYMOUS = {Track.REPORT: 0.5, Track.CONSULTATION: 0.3}
_WITH_LINK = ("平台", "网购", "链接")


@dataclass(frozen=True, slots=True)
class DemoFiling:
    """A submission to be received at `filed_at`, by the demo rights-holder where `by_account`, then its steps."""

    submission: Submission
    filed_at: dt.datetime
    by_account: bool
    steps: tuple[CaseStep, ...]


def filings(seed: int, n: int, *, today: dt.date, profile: BureauProfile) -> tuple[DemoFiling, ...]:
    """`n` filings of the last year, oldest first; the newest ones are still open."""
    firms = companies(seed, max(1, round(n * RESPONDENTS_PER_FILING)), profile)
    made = [_filing(dice(seed, "filing", number), seed, number, firms, today, profile) for number in range(n)]
    return tuple(sorted(made, key=lambda filing: filing.filed_at))


def _filing(
    roll: random.Random,
    seed: int,
    number: int,
    firms: tuple[DemoCompany, ...],
    today: dt.date,
    profile: BureauProfile,
) -> DemoFiling:
    shown = SHOWN[number] if number < len(SHOWN) else None
    group, words_of_filer, firm = _matter(roll, firms, shown)
    track = Track(group["track"])
    back = shown.days_back if shown else 1 + int(DAYS_BACK * roll.random() ** 2.2)
    filed_on = today - dt.timedelta(days=back)
    filed_at = any_time(roll, filed_on)
    by_account = track is Track.CLUE and roll.random() < SHARE_OF_ACCOUNT
    facts = words_of_filer.format_map(values := _values(roll, firm, filed_on))
    respondent = _respondent(roll, firm, facts)
    request = roll.choice(group["requests"]).format_map(values)
    submission = Submission(
        token=f"demo-{seed}-{number}",
        track=track,
        right_type=RightType(group["right_type"]),
        respondent=respondent,
        region_code=profile.unit(firm.unit_code).region_code,
        facts=facts,
        request=request,
        right_number=_right_number(track, RightType(group["right_type"]), facts, values),
        person=_person(roll, number, track, profile, by_account=by_account),
        channel=Channel.WEB if by_account else Channel(weighted(roll, _CHANNELS)),
        data={"aid": application(facts, request, filed_on)} if track is Track.AID else {},
    )
    place = Place(profile.bureau.unit, firm.unit_code)
    steps = history(roll, track, submission.right_type, place, filed_at, today, shown=shown)
    return DemoFiling(submission, filed_at, by_account, steps)


def _matter(
    roll: random.Random, firms: tuple[DemoCompany, ...], shown: Shown | None
) -> tuple[Mapping[str, Any], str, DemoCompany]:
    """A group, one of its texts, and a company whose goods the text fits (nobody drinks paint)."""
    groups: list[dict[str, Any]] = read_data("filings.toml")["groups"]
    if shown:
        groups = [
            group
            for group in groups
            if can_be_shown(Track(group["track"]), RightType(group["right_type"]), shown)
        ]
    group = roll.choices(groups, weights=[entry["weight"] for entry in groups])[0]
    chosen = roll.choice(group["facts"])
    if isinstance(chosen, str):
        return group, chosen, roll.choice(firms)
    fitting = [firm for firm in firms if firm.category.nice in chosen["nice"]]
    return group, chosen["text"], roll.choice(fitting or firms)


def _values(roll: random.Random, firm: DemoCompany, filed_on: dt.date) -> dict[str, str | int]:
    product = roll.choice(firm.category.products)
    quantity, price = roll.randint(1, 4), max(2, round(product.low * (product.high / product.low) ** 0.6))
    return {
        "address": firm.address,
        "bought": chinese_date(filed_on - dt.timedelta(days=roll.randint(1, 40))),
        "brand": names.mark(roll),
        "nice": firm.category.nice,
        "origin": names.origin(roll, firm.category.products),
        "patent": names.patent_number(roll, filed_on.year - roll.randint(3, 9), roll.choice((1, 2, 3))),
        "platform": roll.choice(words("platforms")),
        "price": quantity * price,
        "product": product.name,
        "qty": quantity,
        "reg_no": names.trademark_number(roll),
        "shop": firm.name,
        "sold": roll.randint(2, 90) * 10,
        "unit": product.unit,
        "unit_price": price,
    }


def _respondent(roll: random.Random, firm: DemoCompany, facts: str) -> Respondent:
    """The company as the filer knows it: seldom its code, the address mostly, a link for what was sold online."""
    is_online = any(word in facts for word in _WITH_LINK)
    return Respondent(
        name=firm.name,
        uscc=(firm.uscc or "") if roll.random() < 0.3 else "",
        address=firm.address if roll.random() < 0.8 else "",
        platform_link=f"https://shop.example/item/{roll.randint(10**8, 10**9)}" if is_online else "",
    )


def _right_number(track: Track, right: RightType, facts: str, values: dict[str, str | int]) -> str:
    if right in (RightType.PATENT_INFRINGEMENT, RightType.PATENT_PASSING_OFF):
        return str(values["patent"])
    return str(values["reg_no"]) if track is Track.CLUE and str(values["reg_no"]) in facts else ""


def _person(
    roll: random.Random, number: int, track: Track, profile: BureauProfile, *, by_account: bool
) -> Person | None:
    """Who files. Telephone numbers begin with 100, which no subscriber has; mail goes to example.com."""
    if not by_account and roll.random() < _ANONYMOUS.get(track, 0):
        return None
    is_company = track in (Track.CLUE, Track.ADJUDICATION, Track.AID)
    return Person(
        name=names.person(roll),
        phone=f"100{roll.randrange(10**8):08}",
        email=f"demo-{number}@example.com" if roll.random() < 0.4 else "",
        address=names.address(roll, profile.bureau.place),
        organisation=names.rights_holder(roll) if is_company else "",
    )
