"""Filing for somebody on the phone, at the counter or by letter, under /casework/intake: the journey of everybody else.

The officer types, the filer speaks: the channel and the hour are asked first, and the ledger names the officer.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from journey import aid, calling, links, looking, parties, pausing, platform, steps
from journey.surface import Surface, intake_surface
from models.people.permissions import Permission
from models.triage.terms import Question
from shared.access import account, requires

blueprint = Blueprint("intake", __name__, url_prefix="/casework/intake")

Page = Callable[[Surface], ResponseReturnValue]

# Address under the prefix, name of the view, page. The names are those of the steps.
PAGES: tuple[tuple[str, str, Page], ...] = (
    ("", "channel", calling.channel),
    ("/start", "start", steps.start),
    ("/refund", "refund", lambda surface: steps.second(surface, Question.REFUND)),
    ("/other", "other", lambda surface: steps.second(surface, Question.OTHER)),
    ("/kind", "kind", steps.kind),
    ("/wish", "wish", steps.wish),
    ("/competent", "competent", steps.competent),
    ("/facts", "facts", steps.facts),
    ("/respondents", "respondents", parties.respondents),
    ("/links", "links", links.links),
    ("/aid", "aid", aid.aid),
    ("/platform", "platform", platform.platform),
    ("/outside", "outside", steps.outside),
    ("/evidence", "evidence", steps.evidence),
    ("/contact", "contact", steps.contact),
    ("/agent", "agent", parties.agent),
    ("/joint", "joint", parties.joint),
    ("/check", "check", steps.check),
    ("/save", "save", pausing.save),
    ("/resume", "resume", pausing.resume),
)


def _view(page: Page) -> Callable[[], ResponseReturnValue]:
    @requires(Permission.CASE_ACCEPT)
    def view() -> ResponseReturnValue:
        return page(_surface())

    return view


for path, name, page in PAGES:
    blueprint.add_url_rule(path, name, _view(page), methods=["GET", "POST"])


@blueprint.post("/evidence/<int:evidence_id>/remove")
@requires(Permission.CASE_ACCEPT)
def remove_evidence(evidence_id: int) -> ResponseReturnValue:
    """Takes a file off."""
    return steps.remove_evidence(_surface(), evidence_id)


@blueprint.post("/look")
@requires(Permission.CASE_ACCEPT)
def look() -> ResponseReturnValue:
    """What a number tells while it is typed."""
    return looking.look(_surface())


@blueprint.post("/leave")
@requires(Permission.CASE_ACCEPT)
def leave() -> ResponseReturnValue:
    """This browser forgets the draft; its code still leads back."""
    return pausing.leave(_surface())


@blueprint.post("/restart")
@requires(Permission.CASE_ACCEPT)
def restart() -> ResponseReturnValue:
    """Begins anew, for the next caller."""
    return steps.restart(_surface())


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More in one request than a whole filing may carry."""
    return steps.too_large()


def _surface() -> Surface:
    return intake_surface(account())
