"""A decision as other systems send it: fields by name, checked as a row of the double-publicity table is.

The names are those of a decision in the collections; amounts are yuan. All faults are told at once, each at its field.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from models.decisions.content import DecisionContent
from models.decisions.kinds import DECISION_KIND_LABELS, PARTY_KIND_LABELS, DecisionKind, PartyKind
from models.decisions.money import AmountError, fen_to_wan, yuan_to_fen
from models.decisions.spreadsheet.columns import Field, Header, title_of
from models.decisions.spreadsheet.report import Remark
from models.decisions.spreadsheet.rows import RowChecker
from models.errors import Invalid
from models.wording import said

FIELDS: dict[str, Field] = {
    "document_number": Field.DOCUMENT_NUMBER,
    "party": Field.PARTY_NAME,
    "party_kind": Field.PARTY_KIND,
    "uscc": Field.USCC,
    "legal_representative": Field.LEGAL_REPRESENTATIVE,
    "cause": Field.CAUSE,
    "facts": Field.FACTS,
    "basis": Field.BASIS,
    "penalty_kinds": Field.PENALTY_KINDS,
    "penalty": Field.PENALTY,
    "fine_yuan": Field.FINE,
    "confiscated_yuan": Field.CONFISCATED,
    "licence": Field.LICENCE,
    "decided_on": Field.DECIDED_ON,
    "valid_until_on": Field.VALID_UNTIL,
    "ends_on": Field.STATED_END,
    "authority": Field.AUTHORITY,
    "authority_uscc": Field.AUTHORITY_USCC,
    "source": Field.SOURCE,
    "source_uscc": Field.SOURCE_USCC,
    "remarks": Field.REMARKS,
    "industry": Field.INDUSTRY,
    "kind": Field.KIND,
    "performance": Field.PERFORMANCE,
}
ZONES = {
    "party_text": "party_text",
    "evidence": "evidence_text",
    "remedy": "remedy",
    "full_text": "full_text",
}
AMOUNTS = frozenset({"fine_yuan", "confiscated_yuan"})
LISTS = frozenset({"penalty_kinds"})
REQUIRED = (
    "document_number", "party", "cause", "facts", "basis", "penalty", "decided_on", "authority",
)  # fmt: skip
_ADDED = {"evidence_text": "evidence", "cause_name": "cause", "party_name": "party"}


def content_of(
    given: Mapping[str, object], *, today: dt.date
) -> tuple[DecisionContent, list[tuple[str, str]]]:
    """The content, and what to look at in it as pairs of field and sentence. Raises Invalid by field."""
    errors: dict[str, str] = {
        name: said("没有名为“%(name)s”的字段。", name=name[:40])
        for name in given
        if name not in FIELDS and name not in ZONES
    }
    cells = [_cell(name, given.get(name), errors) for name in FIELDS]
    zones = {ZONES[name]: _text(name, given.get(name), errors) for name in ZONES}
    places = {which: place for place, which in enumerate(FIELDS.values())}
    header = Header(0, places, {which: name for name, which in FIELDS.items()})
    checker = RowChecker(header, 0, cells, today=today)
    content = checker.content()
    for remark in reversed(checker.errors):
        errors.setdefault(_name(remark), remark.message)
    if errors or content is None:
        raise Invalid(said("决定书信息有误，请改正后再保存。"), errors)
    return dataclasses.replace(content, **zones), [(_name(one), one.message) for one in checker.warnings]  # type: ignore[arg-type]


def field_name(content_field: str) -> str:
    """What a field of the content is called here."""
    return _ADDED.get(content_field, content_field)


def _cell(name: str, value: object, errors: dict[str, str]) -> object:
    if name in LISTS:
        if value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            return ";".join(value or ())
        errors[name] = said("应是文字的列表。")
        return None
    if name in AMOUNTS and value is not None and not isinstance(value, bool | dict | list):
        try:
            return str(fen_to_wan(yuan_to_fen(str(value))))
        except AmountError as error:
            errors[name] = error.sentence
            return None
    text = _text(name, value, errors)
    if name == "party_kind" and text in set(PartyKind):
        return PARTY_KIND_LABELS[PartyKind(text)]
    if name == "kind" and text in set(DecisionKind):
        return DECISION_KIND_LABELS[DecisionKind(text)]
    return text


def _text(name: str, value: object, errors: dict[str, str]) -> str:
    if isinstance(value, str):
        return value
    if value is not None:
        errors[name] = said("应是文字。")
    return ""


def _name(remark: Remark) -> str:
    """The field that a remark of the checker is about: its column is a letter and our own name."""
    last = remark.column.rpartition(" ")[2]
    return (
        last
        if last in FIELDS
        else next((name for name, which in FIELDS.items() if title_of(which) == last), last)
    )
