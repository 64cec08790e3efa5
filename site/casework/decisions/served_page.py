"""What is shown of a served text that was read: the text with its zones named, what to look at, and the filled form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from models.decisions.content import ZONES, zone_labels
from models.decisions.money import fen_to_yuan
from models.decisions.served.reading import Reading
from models.wording import Sentence
from shared.i18n import label


@dataclass(frozen=True)
class Stretch:
    """A stretch of the served text under the name of its zone."""

    title: str
    text: str


@dataclass(frozen=True)
class ServedPage:
    """The left side. `doubts` are (id of a field or "", sentence)."""

    stretches: list[Stretch]
    doubts: list[tuple[str, str]]


def served_page(reading: Reading, remarks: Sequence[Sentence] = ()) -> ServedPage:
    """The text in its order, and the doubts on it."""
    names = zone_labels(reading.kind)
    stretches = [
        Stretch(
            label(names[cut.zone]) if cut.zone else _("题头，没有放进正文"),
            reading.text[cut.begin : cut.end].strip(),
        )
        for cut in reading.stretches
    ]
    doubts = [("", str(label(remark))) for remark in remarks]
    doubts += [(field, str(label(sentence))) for field, sentence in reading.doubts]
    return ServedPage([one for one in stretches if one.text], doubts)


def filled_by(reading: Reading) -> dict[str, Any]:
    """The form as the text fills it; what was not found is left to the person."""
    party, orders = reading.party, reading.ordered
    found = {
        "document_number": reading.document_number,
        "authority_name": reading.authority_name,
        "decided_on": reading.decided_on,
        "party_kind": party.kind.value if party else None,
        "party_name": party.name if party else None,
        "uscc": party.uscc if party else None,
        "legal_representative": party.representative if party else None,
        "cause_name": reading.cause.name if reading.cause else None,
        "penalty_kinds": [kind.value for kind in orders.kinds],
        "fine_yuan": None if orders.fine_fen is None else fen_to_yuan(orders.fine_fen),
        "confiscated_yuan": None if orders.confiscated_fen is None else fen_to_yuan(orders.confiscated_fen),
        "kind": reading.kind.value,
        "performance": reading.performance or None,
        **{zone: reading.zones[zone] for zone in ZONES},
        "served_text": reading.text,
    }
    return {name: value for name, value in found.items() if value is not None}
