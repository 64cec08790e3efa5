from typing import Any

import pytest

from models.clocks.book import Book
from models.clocks.questions import Question, as_document, parse_span, parse_start
from models.clocks.spans import Span
from models.clocks.terms import Reason
from models.errors import DomainError, Invalid
from tests.support.clocks import calendar, day, rule_book

BOOK = Book(calendar(), rule_book())


def test_the_answer_has_the_shape_that_programs_rely_on() -> None:
    document = as_document(Question("complaint_accept", day("2026-04-30")).answer(BOOK))
    assert list(document) == [
        *("rule", "version", "basis", "start", "raw_end", "legal_end", "alert_on", "provisional", "days"),
    ]
    assert document["rule"] == "complaint_accept"
    assert document["version"] == 2
    assert document["basis"] == "121号 第15条"
    assert document["start"] == "2026-04-30"
    assert document["raw_end"] == document["legal_end"] == document["alert_on"] == "2026-05-13"
    assert document["provisional"] is False
    assert document["days"][0] == {
        "date": "2026-04-30",
        "counted": False,
        "why": "起算日，不计入（首日不计）",
    }
    assert document["days"][-1] == {"date": "2026-05-13", "counted": True, "why": "工作日"}


def test_a_line_of_a_batch_is_a_question() -> None:
    line = {"rule": "report_verify", "start": "2026-03-02", "extend": True}
    asked = Question.of({**line, "suspend": [["2026-03-09", "2026-03-16", "检测"]]})
    assert asked.suspensions == (Span(day("2026-03-09"), day("2026-03-16"), Reason.TESTING),)
    assert asked.answer(BOOK).legal_end == calendar().add_workdays(day("2026-03-02"), 35)


def test_an_instant_counts_from_its_day_in_beijing() -> None:
    asked = Question("complaint_accept", parse_start("2026-05-05T20:00:00+00:00"))
    assert asked.answer(BOOK).started_on == day("2026-05-06")


def test_the_version_is_chosen_by_the_day_in_beijing() -> None:
    asked = Question("mediation_limit", parse_start("2026-04-14T16:30:00+00:00"))
    assert asked.answer(BOOK).rule.version == 2


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"rule": 7, "start": "2026-03-02"},
        {"rule": "report_verify"},
        {"rule": "report_verify", "start": "2026-02-30"},
        {"rule": "report_verify", "start": 20260302},
        {"rule": "report_verify", "start": "2026-03-02T09:00:00"},
        {"rule": "report_verify", "start": "2026-03-02", "colour": "red"},
        {"rule": "report_verify", "start": "2026-03-02", "extend": "yes"},
        {"rule": "report_verify", "start": "2026-03-02", "extend": -1},
        {"rule": "report_verify", "start": "2026-03-02", "suspend": "2026-03-09"},
        {"rule": "report_verify", "start": "2026-03-02", "suspend": [["2026-03-09", "2026-03-16"]]},
        {"rule": "report_verify", "start": "2026-03-02", "suspend": [["2026-03-09", None, "testing"]]},
        {"rule": "report_verify", "start": "2026-03-02", "suspend": [["2026-03-09", "2026-03-16", "lunch"]]},
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_a_sentence(document: Any) -> None:
    with pytest.raises(Invalid) as caught:
        Question.of(document)
    assert caught.value.sentence.endswith("。")


@pytest.mark.parametrize("text", ["2026-03-09:2026-03-16", "2026-03-09", "2026-03-09:x:testing", "a:b:c"])
def test_a_suspension_that_is_not_from_to_reason_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_span(text)


@pytest.mark.parametrize(
    "line",
    [
        {"rule": "case_decision", "start": "9999-12-31"},
        {"rule": "crime_transfer", "start": "0001-01-01"},
        {"rule": "crime_transfer", "start": "9999-12-31T23:00:00+00:00"},
        {"rule": "crime_transfer", "start": "9998-12-31T23:00:00+00:00"},
        {
            "rule": "case_decision",
            "start": "2026-03-02",
            "suspend": [["2026-03-09", "9999-12-31", "hearing"]],
        },
        {
            "rule": "patent_adjudicate",
            "start": "2026-03-02",
            "suspend": [["2026-03-09", "9999-12-31", "鉴定"]],
        },
    ],
)
def test_days_that_no_calendar_reaches_are_refused(line: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as caught:
        Question.of(line).answer(BOOK)
    assert caught.value.sentence.endswith("。")


def test_a_suspension_is_from_to_reason() -> None:
    assert parse_span("2026-03-09:2026-03-16:appraisal") == Span(
        day("2026-03-09"), day("2026-03-16"), Reason.APPRAISAL
    )
