"""Verbs on companies."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.companies.queries import company_by_uscc
from models.companies.tables import Company, CompanyName
from models.errors import Invalid


def note_company(
    session: Session,
    *,
    uscc: str,
    name: str,
    seen_on: dt.date,
    now: dt.datetime,
    is_sole_trader: bool = False,
) -> Company:
    """The company with that code, made if it is new. `name` joins its names, seen in a document of `seen_on`.

    The newest document names the company; an older one adds a former name. Invalid for a wrong code.
    """
    code = normalise_uscc(uscc)
    if not is_valid_uscc(code):
        sentence = "统一社会信用代码的校验位不对，请核对 18 位代码。"
        raise Invalid(sentence, {"uscc": sentence})
    company = company_by_uscc(session, code)
    if company is None:
        company = Company(uscc=code, name=name, is_sole_trader=is_sole_trader, created_at=now)
        session.add(company)
    elif all(seen_on >= known.last_seen_on for known in company.names):
        company.name = name
    _note_name(company, name, seen_on)
    return company


def _note_name(company: Company, name: str, seen_on: dt.date) -> None:
    for known in company.names:
        if known.name == name:
            known.first_seen_on = min(known.first_seen_on, seen_on)
            known.last_seen_on = max(known.last_seen_on, seen_on)
            return
    company.names.append(CompanyName(name=name, first_seen_on=seen_on, last_seen_on=seen_on))
