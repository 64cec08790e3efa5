"""Guides 咨询解答: what was answered to one person, offered to everybody without that person."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from models.cases.tables import Case
from models.codes.text import compact
from models.decisions.kinds import PartyKind
from models.decisions.redaction.about import About
from models.decisions.redaction.detect import propose
from models.decisions.redaction.kinds import Risk
from models.errors import ActRefused
from models.filings.submissions import Person
from models.filings.tables import Filing
from models.wording import said

Reveal = Callable[[Filing], Person]
MASK = "某某"
SHORTEST = 2  # characters of what is looked for
_ABOUT = About(PartyKind.ORGANISATION, "")


def without_person(text: str) -> str:
    """The text with everything masked that the detectors of redaction hold for a person's; whoever edits goes on."""
    found = [one for one in propose({"text": text}, _ABOUT)["text"] if one.risk is Risk.BLOCKING]
    for one in sorted(found, key=lambda mark: mark.begin, reverse=True):
        text = text[: one.begin] + MASK + text[one.end :]
    return text


def refuse_filer(case: Case | None, texts: Iterable[str], reveal: Reveal | None) -> None:
    """ActRefused while anything from the envelope of whoever asked stands in the texts. It says not what."""
    if case is None or case.filing.is_anonymous or case.destroyed_at is not None:
        return
    if reveal is None:
        raise ValueError("a guide made from a named consultation is compared with its filer")
    person = reveal(case.filing)
    told = (person.name, person.phone_digits, person.email, person.address, person.id_number)
    own = {one for one in map(compact, (*told, person.organisation, person.uscc)) if len(one) >= SHORTEST}
    whole = compact("\n".join(texts))
    if any(one in whole for one in own):
        raise ActRefused(said("里面还有咨询人的信息，不能公开。请删去姓名、单位、电话、住址后再发布。"))
