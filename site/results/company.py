"""A company as far as it is public: today's public decisions and list entries about it, and the names that they use.

The code of a company that was merged into another leads there, as long as there is something public about that one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.codes.uscc import normalise_uscc
from models.companies.queries import branches_of, company_by_uscc, standing_codes
from models.companies.tables import Company
from models.decisions.queries import public_counts_by_code, public_of_company
from models.decisions.tables import Decision
from models.errors import NotFound
from models.lists.queries import listed_by_code
from models.lists.tables import Entry
from models.types import now_utc
from results.known import known_issues
from results.lists import entry_item
from results.shapes import REUSE, item


@dataclass(frozen=True)
class Relative:
    """A head office or a branch about which something is public too."""

    uscc: str
    name: str


@dataclass(frozen=True)
class CompanyRecord:
    """The newest name in a public decision is the name; others that public decisions use are former ones.

    `uscc` is the code of the company that stands, `codes` are that and the public ones that lead to it.
    """

    uscc: str
    codes: tuple[str, ...]
    name: str
    former_names: list[str]
    decisions: list[Decision]
    entries: list[Entry]
    head_office: Relative | None
    branches: list[Relative]

    @property
    def former_codes(self) -> tuple[str, ...]:
        """Codes of companies that were merged into this one, as far as something public uses them."""
        return self.codes[1:]


def company_record(session: Session, written: str, *, today: dt.date) -> CompanyRecord:
    """What is public about the company with this code.

    Raises:
        NotFound: nothing is, whether or not there is such a company.
    """
    typed = normalise_uscc(written)
    codes = standing_codes(session, [typed]).get(typed, (typed,))
    decisions = public_of_company(session, codes, today=today)
    listed = listed_by_code(session, codes, today=today)
    entries = [entry for code in codes for entry in listed.get(code, [])]
    if not decisions and not entries:
        raise NotFound(_("这个代码没有公示中的决定书。没有公示中的决定书，不等于没有受过处罚。"))
    names = list(
        dict.fromkeys([decision.party_name for decision in decisions] + [one.name for one in entries])
    )
    used = {decision.party_uscc for decision in decisions} | {entry.uscc for entry in entries}
    company = company_by_uscc(session, codes[0])
    head, branches = _relatives(session, company, today) if company else (None, [])
    return CompanyRecord(
        codes[0],
        (codes[0], *(code for code in codes[1:] if code in used)),
        names[0],
        names[1:],
        decisions,
        entries,
        head,
        branches,
    )


def _relatives(session: Session, company: Company, today: dt.date) -> tuple[Relative | None, list[Relative]]:
    """The head office and the branches, under the names that public records use; nothing of the others."""
    head = company.head_office
    wanted = [*([head] if head else []), *branches_of(session, company)]
    known = public_counts_by_code(session, [one.uscc for one in wanted], today=today)
    found = [Relative(one.uscc, known[one.uscc][0]) for one in wanted if one.uscc in known]
    is_head = bool(head and found and found[0].uscc == head.uscc)
    return (found[0], found[1:]) if is_head else (None, found)


def company_as_data(record: CompanyRecord) -> dict[str, object]:
    """The record for programs."""
    return {
        "uscc": record.uscc,
        "url": url_for("companies.show", uscc=record.uscc, _external=True),
        "name": record.name,
        "former_names": record.former_names,
        "former_codes": list(record.former_codes),
        "head_office": _relative(record.head_office) if record.head_office else None,
        "branches": [_relative(one) for one in record.branches],
        "lists": [entry_item(entry) for entry in record.entries],
        "decisions": [item(decision) for decision in record.decisions],
        "_meta": {
            "generated_at": now_utc().isoformat(timespec="seconds"),
            "reuse": REUSE,
            "known_issues": known_issues(),
        },
    }


def _relative(one: Relative) -> dict[str, str]:
    url = url_for("companies.show", uscc=one.uscc, _external=True)
    return {"uscc": one.uscc, "name": one.name, "url": url}
