"""The rules of aid: the file can be used, the first rule that fits speaks, what a bureau has of its own stays its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from models.aid.rules import AID_FILE, AidRuleError, aid_rules
from models.aid.terms import Abroad, Application, DisputeKind, Urgency, application_in
from models.kinds import RightType
from models.overseas.countries import COUNTRIES, OTHERS, read_countries

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("applicant", "helps", "right", "rule"),
    [
        ("company", ("judgement",), RightType.COPYRIGHT, "copyright_elsewhere"),
        ("company", ("overseas", "advice"), RightType.PATENT_INFRINGEMENT, "overseas_company"),
        ("company", ("advice", "status"), RightType.TRADEMARK, "advice_for_all"),
        ("company", ("advice", "judgement"), RightType.TRADEMARK, "others"),
        ("small", ("advice", "judgement"), RightType.TRADEMARK, "the_weaker"),
    ],
)
def test_the_first_rule_that_fits_speaks(
    applicant: str, helps: tuple[str, ...], right: RightType, rule: str
) -> None:
    assert aid_rules("henan").rule_for(applicant, helps, right).id == rule


def test_what_a_bureau_has_of_its_own_stays_its_own() -> None:
    assert "innovator" in aid_rules("pingdingshan").green
    assert "lighting" in aid_rules("zhongshan").green
    assert not {"innovator", "lighting"} & aid_rules("henan").green.keys()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('result = "review"', 'result = "review"\nrights = ["trademark"]'),
        ('helps = ["overseas"]', 'helps = ["elsewhere"]'),
        ('rights = ["copyright"', 'rights = ["paintings"'),
        ('result = "refer"', 'result = "perhaps"'),
        ("[[green]]", "[[greener]]"),
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, before: str, after: str) -> None:
    text = AID_FILE.read_text(encoding="utf-8")
    assert before in text
    wrong = tmp_path / "aid.toml"
    wrong.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(AidRuleError, match=r"aid\.toml"):
        aid_rules("henan", wrong)


@pytest.mark.parametrize(
    ("due_on", "urgency"),
    [
        (None, Urgency.UNKNOWN),
        (TODAY - dt.timedelta(days=1), Urgency.URGENT),
        (TODAY + dt.timedelta(days=15), Urgency.URGENT),
        (TODAY + dt.timedelta(days=16), Urgency.SOON),
        (TODAY + dt.timedelta(days=45), Urgency.SOON),
        (TODAY + dt.timedelta(days=46), Urgency.NORMAL),
    ],
)
def test_the_next_date_abroad_says_how_urgent_it_is(due_on: dt.date | None, urgency: Urgency) -> None:
    assert Abroad("US", DisputeKind.LAWSUIT, due_on).urgency(TODAY) is urgency


@pytest.mark.parametrize("due_on", [None, TODAY])
def test_an_application_comes_back_from_the_filing_as_it_was(due_on: dt.date | None) -> None:
    told = Application("small", ("overseas",), ("deadline",), Abroad("DE", DisputeKind.CUSTOMS, due_on))
    assert application_in({"aid": told.as_data()}) == told
    assert application_in({}) is None


def test_countries_have_codes_of_their_own(tmp_path: Path) -> None:
    assert OTHERS in COUNTRIES
    twice = tmp_path / "twice.toml"
    twice.write_text('[[countries]]\ncode = "US"\nname = "一"\n[[countries]]\ncode = "US"\nname = "二"\n')
    with pytest.raises(ValueError, match="重复"):
        read_countries(twice)
