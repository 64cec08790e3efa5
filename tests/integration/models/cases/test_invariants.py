"""Which rules of case work the database itself keeps, whoever writes to it: each is broken here by a bare UPDATE, and refused.

What spans several rows (who may act, from where an act leads) is kept by the transition table and by `moves.move`.
"""

from __future__ import annotations

import pytest
from sqlalchemy import CheckConstraint, TextClause, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.base import Base
from models.cases.tables import Case
from models.cases.terms import State
from models.kinds import Track
from tests.support.cases import Office, a_case_in, in_the_county

# Table, name of the constraint | the row that is touched | what breaks it.
TABLE = """
cases      final_has_closing_time              | a closed case          | closed_at = NULL
cases      closed_has_outcome_reasons_answer   | a closed case          | reasons = NULL
cases      closed_has_outcome_reasons_answer   | a closed case          | reasons = ''
cases      closed_has_outcome_reasons_answer   | a closed case          | outcome = NULL
cases      closed_has_outcome_reasons_answer   | a closed case          | answered_at = NULL
cases      refused_has_ground_reasons          | a refused case         | reasons = NULL
cases      refused_has_ground_reasons          | a refused case         | ground = NULL
cases      outcome_only_when_closed            | a case in hand         | outcome = 'filed'
cases      answered_has_time                   | an answered case       | answered_at = NULL
cases      handled_was_accepted                | a case in hand         | accepted_at = NULL
cases      contested_has_designator            | a contested case       | designator_unit_id = NULL
cases      on_its_way_to_a_unit                | a forwarded case       | waiting_unit_id = NULL
cases      on_its_way_to_a_unit                | a case in hand         | waiting_unit_id = unit_id
cases      leads_not_itself                    | a case in hand         | lead_id = id
cases      only_reports_are_merged             | a closed case          | lead_id = id + 1
cases      destroyed_had_ended                 | a case in hand         | destroyed_at = opened_at
case_acts  only_receiving_comes_from_nothing   | an acceptance          | from_state = NULL
case_acts  refusal_has_ground                  | a refusal              | ground = NULL
case_acts  filers_acts_are_not_staffs          | a withdrawal           | actor_id = 1
case_acts  filer_reads_words                   | a refusal              | public_note = NULL
case_acts  filer_reads_words                   | a refusal              | public_note = ''
transfers  goes_elsewhere                      | a transfer on its way  | to_unit_id = from_unit_id
transfers  designation_binds                   | a transfer on its way  | is_designation = TRUE
transfers  has_reasons                         | a transfer on its way  | reasons = ''
transfers  return_has_reasons                  | a transfer on its way  | returned_at = sent_at
transfers  return_has_reasons                  | a transfer on its way  | returned_at = sent_at, return_reasons = ''
transfers  ends_once                           | a transfer taken       | recalled_at = sent_at
transfers  ends_after_sending                  | a transfer on its way  | recalled_at = '2001-01-01 00:00:00'
filings    complaint_is_named                  | the filing of a complaint    | is_anonymous = TRUE
filings    adjudication_is_named               | the filing of a dispute      | is_anonymous = TRUE
filings    names_a_respondent                  | the filing of a complaint    | respondent_name = ' '
filings    account_is_named                    | the filing of a report       | account_id = 1
filings    has_facts                           | the filing of a report       | facts = ''
filings    reference_has_its_length            | the filing of a report       | reference = 'K7QM'
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()]


def _row(session: Session, office: Office, what: str) -> str:
    """Makes the row; says where it is."""
    states = {
        "a closed case": (State.CLOSED, Track.COMPLAINT),
        "a refused case": (State.REFUSED, Track.REPORT),
        "a case in hand": (State.HANDLING, Track.REPORT),
        "an answered case": (State.ANSWERED, Track.REPORT),
        "a contested case": (State.CONTESTED, Track.REPORT),
        "a forwarded case": (State.FORWARDED, Track.REPORT),
        "an acceptance": (State.ACCEPTED, Track.REPORT),
        "a refusal": (State.REFUSED, Track.REPORT),
        "a withdrawal": (State.WITHDRAWN, Track.REPORT),
        "a transfer on its way": (State.TRANSFERRED, Track.REPORT),
        "the filing of a complaint": (State.RECEIVED, Track.COMPLAINT),
        "the filing of a dispute": (State.RECEIVED, Track.ADJUDICATION),
        "the filing of a report": (State.RECEIVED, Track.REPORT),
    }
    case: Case = (
        in_the_county(session, office)
        if what == "a transfer taken"
        else a_case_in(session, office, *states[what])
    )
    session.flush()
    if "filing" in what:
        return f"id = {case.filing_id}"
    if "transfer" in what:
        return f"case_id = {case.id}"
    if what in ("an acceptance", "a refusal", "a withdrawal"):
        return f"id = {case.acts[-1].id}"
    return f"id = {case.id}"


@pytest.mark.parametrize(("where", "what", "breach"), ROWS)
def test_the_database_refuses(session: Session, office: Office, where: str, what: str, breach: str) -> None:
    table, name = where.split()
    row = _row(session, office, what)
    with pytest.raises(IntegrityError, match=f"ck_{table}_{name}"):
        session.execute(text(f"UPDATE {table} SET {breach} WHERE {row}"))  # noqa: S608 - the table above


def test_the_table_speaks_of_every_invariant_of_these_tables() -> None:
    said = {tuple(where.split()) for where, _what, _breach in ROWS}
    kept = {
        (table, str(one.name).removeprefix(f"ck_{table}_"))
        for table in ("cases", "case_acts", "transfers", "filings")
        for one in Base.metadata.tables[table].constraints
        if isinstance(one, CheckConstraint)
        and isinstance(one.sqltext, TextClause)  # the others list a vocabulary
    }
    assert kept == said
