import datetime as dt
import re
from collections import Counter
from functools import cache

import pytest

from cli.demo.days import is_worked
from cli.demo.decisions import DemoDecision, decisions
from cli.demo.law import provision
from models.codes.patents import is_valid_patent_number
from models.codes.uscc import is_valid_uscc
from models.decisions.checks import blocking_numbers
from models.decisions.content import ZONES, check_content
from models.decisions.kinds import PartyKind, PenaltyKind
from models.decisions.numbers import has_usual_form
from models.decisions.states import Act, State, next_state
from models.people.profile_files import load_profile
from models.types import beijing_date

TODAY = dt.date(2026, 11, 22)
MARKERS = re.compile("示例|演示|虚构|样例")


@cache
def made(profile: str = "pingdingshan", n: int = 400, today: dt.date = TODAY) -> tuple[DemoDecision, ...]:
    return decisions(7, n, today=today, profile=load_profile(profile))


def test_the_same_seed_gives_the_same_decisions_and_another_gives_others() -> None:
    profile = load_profile("pingdingshan")
    assert decisions(7, 400, today=TODAY, profile=profile) == made()
    assert decisions(8, 5, today=TODAY, profile=profile) != decisions(7, 5, today=TODAY, profile=profile)


@pytest.mark.parametrize("profile", ["henan", "jinzhong", "jiyuan", "zhongshan"])
def test_every_bureau_gets_decisions_of_its_own_authority(profile: str) -> None:
    authority = load_profile(profile).authority
    for decision in made(profile, 20):
        assert decision.content.authority_name == authority.name
        assert decision.content.document_number.startswith(authority.document_prefix)


def test_all_can_be_entered() -> None:
    for decision in made():
        check_content(decision.content, today=TODAY)
        assert has_usual_form(decision.content.document_number)


def test_all_can_be_published_for_no_persons_number_is_in_them() -> None:
    assert [decision for decision in made() if blocking_numbers(decision.content)] == []


def test_numbers_are_given_once_and_rise_with_the_days() -> None:
    contents = [decision.content for decision in made()]
    assert len({content.number_key for content in contents}) == len(contents)
    assert [content.decided_on for content in contents] == sorted(content.decided_on for content in contents)


def test_nobody_can_be_taken_for_real() -> None:
    for decision in made():
        content = decision.content
        if content.party_kind is not PartyKind.PERSON:
            assert MARKERS.search(content.party_name), content.party_name
            assert content.uscc is not None
            assert content.uscc[8:12] == "DEM0"
            assert is_valid_uscc(content.uscc)
        for mark in re.findall("“([^”]{2,12})”商标", content.full_text):
            assert MARKERS.search(mark), mark


def test_patent_numbers_are_well_formed_and_above_those_granted() -> None:
    numbers = {
        number for decision in made() for number in re.findall(r"ZL[\dX.]+", decision.content.full_text)
    }
    assert numbers
    for number in numbers:
        assert is_valid_patent_number(number)
        assert number[7:9] == "99"


def test_days_are_working_days_of_the_last_three_years() -> None:
    for decision in made():
        assert is_worked(decision.content.decided_on)
        assert TODAY - dt.timedelta(days=3 * 365 + 60) < decision.content.decided_on < TODAY


def test_the_whole_text_holds_every_zone() -> None:
    for decision in made():
        for zone in ZONES:
            assert getattr(decision.content, zone) in decision.content.full_text
        assert 1_000 < len(decision.content.full_text) < 2_100
        assert "{" not in decision.content.full_text


def test_the_goods_add_up_to_the_turnover_in_the_text() -> None:
    line = re.compile(r"库存(\d+)\D+?已售(\d+)\D+?购进价每\D+?(\d+)元，销售价每\D+?(\d+)元")
    with_goods = 0
    for decision in made():
        found = [tuple(map(int, numbers)) for numbers in line.findall(decision.content.facts)]
        stated = re.search(r"(?:经营额|销售额)(?:共计|为)?(\d+)元", decision.content.facts)
        if found and stated:
            with_goods += 1
            assert sum((stock + sold) * price for stock, sold, _cost, price in found) == int(stated[1])
    assert with_goods > 300


def test_what_is_confiscated_has_its_worth_in_the_table_that_is_sent_on() -> None:
    confiscating = {PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS}
    for decision in made():
        takes = bool(confiscating & set(decision.content.penalty_kinds))
        assert (decision.content.confiscated_fen is not None) == takes


def test_fines_in_text_and_field_agree_and_keep_to_the_law() -> None:
    for decision in made():
        content = decision.content
        assert content.fine_fen is not None
        assert f"罚款{content.fine_fen // 100}元" in content.penalty
        if PenaltyKind.CONFISCATE_GAINS in content.penalty_kinds:
            assert content.confiscated_fen is not None
            assert f"没收违法所得{content.confiscated_fen // 100}元" in content.penalty
        if PenaltyKind.CONFISCATE_GOODS in content.penalty_kinds:
            goods = re.findall(r"库存(\d+)\D.*?销售价每\D+(\d+)元", content.facts)
            worth = sum(int(stock) * int(price) for stock, price in goods)
            assert worth == (content.confiscated_fen or 0) // 100 > 0
            assert f"货值金额共计{worth}元" in content.penalty
        if content.cause_code == "TS-01":
            assert 100_000 <= content.fine_fen // 100 <= 1_000_000
        if content.cause_code == "TM-13":
            assert content.fine_fen // 100 == 100_000


def test_the_article_is_that_of_the_day_of_the_act() -> None:
    before, after = provision("TS-01", dt.date(2025, 10, 14)), provision("TS-01", dt.date(2025, 10, 15))
    assert before is not None
    assert after is not None
    assert (before.violated, after.violated) == ("第九条", "第十条")
    assert provision("PT-11", dt.date(2023, 6, 1)) is None
    recent = made(today=dt.date(2028, 6, 1))
    articles = {
        decision.content.decided_on.year: decision.content.basis
        for decision in recent
        if decision.content.cause_code == "TM-03"
    }
    assert "第五十七条第三项" in articles[2026]
    assert "第七十二条第三项" in articles[2028] or "第七十四条第二款" in articles[2028]


def test_steps_follow_the_table_and_never_run_ahead_of_today() -> None:
    states: Counter[State] = Counter()
    for decision in made(n=2000):
        state, at = State.DRAFT, decision.entered_at
        for step in decision.steps:
            assert step.at > at
            state, at = next_state(state, step.act), step.at
            assert step.reason or step.act not in (Act.RETURN, Act.WITHDRAW)
        assert beijing_date(at) < TODAY
        states[state] += 1
    assert states[State.PUBLISHED] > 1900
    assert {State.DRAFT, State.IN_REVIEW, State.WITHDRAWN} <= states.keys()


def test_some_parties_come_twice_so_that_repetition_can_be_found() -> None:
    parties = Counter(decision.content.uscc for decision in made() if decision.content.uscc)
    assert max(parties.values()) >= 2
    assert any("五年内曾因同类违法行为" in decision.content.basis for decision in made())
