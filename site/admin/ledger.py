"""The ledger as an administrator reads it: who did what and when, by ids; never what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.ledger.focus import FOCUS_LABELS, Focus, acts_meant, kinds_of
from models.ledger.queries import acts_noted, latest
from models.people.permissions import Permission
from models.plain import plain
from models.types import LARGEST_ID
from shared.access import requires
from shared.components import Chip
from shared.database import session
from shared.i18n import label

PAGE = 50
LONGEST = 120

blueprint = Blueprint("ledger", __name__, url_prefix="/admin/ledger")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; each empty where it does not matter."""

    object: str
    act: str
    actor: str

    @property
    def of(self) -> tuple[str, str] | None:
        """Kind and number of the object."""
        kind, _space, number = self.object.partition(" ")
        return (kind, number.strip()) if self.object else None

    def address(self, **changes: str | int | None) -> str:
        """The page with these filters, some of them changed."""
        kept: dict[str, str | int | None] = {"object": self.object, "act": self.act, "actor": self.actor}
        return url_for(
            "ledger.index", **{name: value for name, value in {**kept, **changes}.items() if value}
        )

    def chips(self) -> list[Chip]:
        """The filters that are on, each with the address without it."""
        words = {
            "object": self.object,
            "act": label(FOCUS_LABELS[Focus(self.act)]) if self.act in set(Focus) else self.act,
            "actor": self.actor,
        }
        return [
            Chip(text, self.address(**{name: None}), removes=True) for name, text in words.items() if text
        ]


@blueprint.get("/")
@requires(Permission.LEDGER_VIEW)
def index() -> ResponseReturnValue:
    """The newest events, then older ones page by page.

    `object` asks for those about one, as "accounts 8"; `act` for an act, a kind of acts or a focus of audits; `actor` for
    those of one who acts, as "account:12".
    """
    before = request.args.get("before", type=_number_of_event)
    asked = Asked(
        *(plain(request.args.get(name, "")).strip()[:LONGEST] for name in ("object", "act", "actor"))
    )
    noted = acts_noted(session)
    events = latest(
        session,
        before=before,
        limit=PAGE + 1,
        of=asked.of,
        acts=acts_meant(asked.act, noted) if asked.act else None,
        actor=asked.actor,
    )
    older = events[PAGE - 1].id if len(events) > PAGE else None
    return render_template(
        "admin/ledger.html",
        events=events[:PAGE],
        older=older,
        is_first=before is None,
        asked=asked,
        choices=_choices(noted),
    )


def _choices(noted: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The acts to choose from, in groups: what an audit asks for first, whole kinds, single acts."""
    focuses = [(one.value, label(FOCUS_LABELS[one])) for one in Focus]
    groups = [
        (_("审计重点"), focuses),
        (_("一类行为"), [(one, one) for one in kinds_of(noted)]),
        (_("单个行为"), [(one, one) for one in noted]),
    ]
    return [group for group in groups if group[1]]


def _number_of_event(text: str) -> int:
    """A number that an event can have; ValueError makes Flask take it for absent."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(text)
    return number
