"""The filing journey for rights-holders, under /account/file: the same pages, under the name of the account."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from journey import aid, links, looking, parties, pausing, platform, steps
from journey.surface import Surface, account_surface
from models.people.roles import AccountKind
from shared.access import account, signed_in
from shared.limits import limited

blueprint = Blueprint("account_filing", __name__, url_prefix="/account/file")

READ_AND_ANSWER = ["GET", "POST"]
rights_holders = signed_in(AccountKind.RIGHTS_HOLDER)


@blueprint.route("", methods=READ_AND_ANSWER)
@rights_holders
def kind() -> ResponseReturnValue:
    """What is it about?"""
    return steps.kind(_surface())


@blueprint.route("/wish", methods=READ_AND_ANSWER)
@rights_holders
def wish() -> ResponseReturnValue:
    """A ruling, or only a clue?"""
    return steps.wish(_surface())


@blueprint.route("/competent", methods=READ_AND_ANSWER)
@rights_holders
def competent() -> ResponseReturnValue:
    """Another authority's matter."""
    return steps.competent(_surface())


@blueprint.route("/outside", methods=READ_AND_ANSWER)
@rights_holders
def outside() -> ResponseReturnValue:
    """It happened outside the bureau's region."""
    return steps.outside(_surface())


@blueprint.route("/facts", methods=READ_AND_ANSWER)
@rights_holders
def facts() -> ResponseReturnValue:
    """Who did what, and where?"""
    return steps.facts(_surface())


@blueprint.route("/evidence", methods=READ_AND_ANSWER)
@limited("upload")
@rights_holders
def evidence() -> ResponseReturnValue:
    """Files."""
    return steps.evidence(_surface())


@blueprint.post("/evidence/<int:evidence_id>/remove")
@rights_holders
def remove_evidence(evidence_id: int) -> ResponseReturnValue:
    """Takes a file off."""
    return steps.remove_evidence(_surface(), evidence_id)


@blueprint.route("/contact", methods=READ_AND_ANSWER)
@rights_holders
def contact() -> ResponseReturnValue:
    """Whom to ask."""
    return steps.contact(_surface())


@blueprint.route("/respondents", methods=READ_AND_ANSWER)
@rights_holders
def respondents() -> ResponseReturnValue:
    """Who else is complained of?"""
    return parties.respondents(_surface())


@blueprint.route("/links", methods=READ_AND_ANSWER, endpoint="links")
@limited("upload")
@rights_holders
def many_links() -> ResponseReturnValue:
    """Many links at once."""
    return links.links(_surface())


@blueprint.route("/aid", methods=READ_AND_ANSWER, endpoint="aid")
@rights_holders
def aid_wanted() -> ResponseReturnValue:
    """Who asks for what help?"""
    return aid.aid(_surface())


@blueprint.route("/platform", methods=READ_AND_ANSWER, endpoint="platform")
@rights_holders
def notified_platform() -> ResponseReturnValue:
    """Which platform was notified, when, and what came of it?"""
    return platform.platform(_surface())


@blueprint.route("/agent", methods=READ_AND_ANSWER)
@rights_holders
def agent() -> ResponseReturnValue:
    """Who files for somebody else, under what power?"""
    return parties.agent(_surface())


@blueprint.route("/joint", methods=READ_AND_ANSWER)
@rights_holders
def joint() -> ResponseReturnValue:
    """Who files together?"""
    return parties.joint(_surface())


@blueprint.route("/check", methods=READ_AND_ANSWER)
@limited("file")
@rights_holders
def check() -> ResponseReturnValue:
    """Everything once more, then it is sent."""
    return steps.check(_surface())


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More in one request than a whole filing may carry."""
    return steps.too_large()


@blueprint.route("/save", methods=READ_AND_ANSWER)
@rights_holders
def save() -> ResponseReturnValue:
    """Puts it aside: a code leads back to it for thirty days."""
    return pausing.save(_surface())


@blueprint.route("/resume", methods=READ_AND_ANSWER)
@limited("resume")
@rights_holders
def resume() -> ResponseReturnValue:
    """Takes up what was put aside."""
    return pausing.resume(_surface())


@blueprint.post("/look")
@rights_holders
def look() -> ResponseReturnValue:
    """What a number tells while it is typed."""
    return looking.look(_surface())


@blueprint.post("/leave")
@rights_holders
def leave() -> ResponseReturnValue:
    """This browser forgets it; the code still leads back."""
    return pausing.leave(_surface())


@blueprint.post("/restart")
@rights_holders
def restart() -> ResponseReturnValue:
    """Begins anew."""
    return steps.restart(_surface())


def _surface() -> Surface:
    return account_surface(account())
