"""Decisions as FollowTheMoney entities, one JSON object a line: a party, an authority, and the sanction between them.

The form that OpenSanctions, Aleph and their tools read. Ids are made of codes and permanent ids alone, so the same party
is the same entity in every file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from models.decisions.kinds import DECISION_KIND_LABELS, PartyKind
from models.decisions.tables import Decision
from results.shapes import item

COUNTRY = "cn"
_SCHEMAS = {
    PartyKind.ORGANISATION: "Organization",
    PartyKind.SOLE_TRADER: "LegalEntity",
    PartyKind.PERSON: "LegalEntity",
}

Entity = dict[str, Any]


def entities_of(decision: Decision) -> Iterator[Entity]:
    """The three entities of one decision. Parties and authorities come again with every decision about them."""
    record = item(decision)
    # A natural person has no code, and one name may be many people's: each decision has a party of its own.
    party_id = _id("party", decision.party_uscc or decision.public_id)
    authority_id = _id("authority", decision.authority_uscc or decision.authority_name)
    yield _entity(
        party_id,
        _SCHEMAS[decision.party_kind],
        name=record["party"],
        registrationNumber=record["uscc"],
        country=COUNTRY,
    )
    yield _entity(
        authority_id,
        "PublicBody",
        name=record["authority"],
        registrationNumber=decision.authority_uscc,
        country=COUNTRY,
    )
    yield _entity(
        f"cn-{decision.kind}-{record['id']}",
        "Sanction",
        entity=party_id,
        authority=record["authority"],
        country=COUNTRY,
        authorityId=record["document_number"],
        recordId=record["id"],
        program=record["cause"],
        provisions=record["penalty_kinds"] or DECISION_KIND_LABELS[decision.kind],
        reason=record["facts"],
        description=record["penalty"],
        startDate=record["decided_on"],
        listingDate=record["published_on"],
        sourceUrl=record["url"],
    )


def _entity(name: str, schema: str, /, **properties: Any) -> Entity:
    found: Mapping[str, list[str]] = {
        key: value if isinstance(value, list) else [value] for key, value in properties.items() if value
    }
    return {"id": name, "schema": schema, "properties": dict(found)}


def _id(kind: str, name: str) -> str:
    return f"cn-{kind}-{hashlib.sha256(name.encode()).hexdigest()[:20]}"
