"""A company as far as it is public: today's public decisions and list entries about it, and the names that they use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.codes.uscc import normalise_uscc
from models.decisions.queries import public_of_company
from models.decisions.tables import Decision
from models.errors import NotFound
from models.lists.queries import listed_by_code
from models.lists.tables import Entry
from models.types import now_utc
from results.lists import entry_item
from results.shapes import REUSE, item


@dataclass(frozen=True)
class CompanyRecord:
    """The newest name in a public decision is the name; others that public decisions use are former ones."""

    uscc: str
    name: str
    former_names: list[str]
    decisions: list[Decision]
    entries: list[Entry]


def company_record(session: Session, written: str, *, today: dt.date) -> CompanyRecord:
    """What is public about the company with this code.

    Raises:
        NotFound: nothing is, whether or not there is such a company.
    """
    uscc = normalise_uscc(written)
    decisions = public_of_company(session, uscc, today=today)
    entries = listed_by_code(session, [uscc], today=today).get(uscc, [])
    if not decisions and not entries:
        raise NotFound(_("这个代码没有公示中的决定书。没有公示中的决定书，不等于没有受过处罚。"))
    names = list(
        dict.fromkeys([decision.party_name for decision in decisions] + [one.name for one in entries])
    )
    return CompanyRecord(uscc, names[0], names[1:], decisions, entries)


def company_as_data(record: CompanyRecord) -> dict[str, object]:
    """The record for programs."""
    return {
        "uscc": record.uscc,
        "url": url_for("companies.show", uscc=record.uscc, _external=True),
        "name": record.name,
        "former_names": record.former_names,
        "lists": [entry_item(entry) for entry in record.entries],
        "decisions": [item(decision) for decision in record.decisions],
        "_meta": {"generated_at": now_utc().isoformat(timespec="seconds"), "reuse": REUSE},
    }
