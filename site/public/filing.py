"""The filing journey for everybody, under /file."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from journey import aid, links, looking, parties, pausing, platform, steps
from journey.surface import public_surface
from models.triage.terms import Question
from shared.access import public
from shared.limits import limited

blueprint = Blueprint("filing", __name__, url_prefix="/file")

READ_AND_ANSWER = ["GET", "POST"]


@blueprint.route("", methods=READ_AND_ANSWER)
@public
def start() -> ResponseReturnValue:
    """What brings you here?"""
    return steps.start(public_surface())


@blueprint.route("/refund", methods=READ_AND_ANSWER)
@public
def refund() -> ResponseReturnValue:
    """For those who want their money back."""
    return steps.second(public_surface(), Question.REFUND)


@blueprint.route("/other", methods=READ_AND_ANSWER)
@public
def other() -> ResponseReturnValue:
    """For those whose matter may be none of ours."""
    return steps.second(public_surface(), Question.OTHER)


@blueprint.route("/kind", methods=READ_AND_ANSWER)
@public
def kind() -> ResponseReturnValue:
    """What is it about?"""
    return steps.kind(public_surface())


@blueprint.route("/wish", methods=READ_AND_ANSWER)
@public
def wish() -> ResponseReturnValue:
    """A ruling, or only a clue?"""
    return steps.wish(public_surface())


@blueprint.route("/competent", methods=READ_AND_ANSWER)
@public
def competent() -> ResponseReturnValue:
    """Another authority's matter."""
    return steps.competent(public_surface())


@blueprint.route("/outside", methods=READ_AND_ANSWER)
@public
def outside() -> ResponseReturnValue:
    """It happened outside the bureau's region."""
    return steps.outside(public_surface())


@blueprint.route("/facts", methods=READ_AND_ANSWER)
@public
def facts() -> ResponseReturnValue:
    """Who did what, and where?"""
    return steps.facts(public_surface())


@blueprint.route("/evidence", methods=READ_AND_ANSWER)
@limited("upload")
@public
def evidence() -> ResponseReturnValue:
    """Files."""
    return steps.evidence(public_surface())


@blueprint.post("/evidence/<int:evidence_id>/remove")
@public
def remove_evidence(evidence_id: int) -> ResponseReturnValue:
    """Takes a file off."""
    return steps.remove_evidence(public_surface(), evidence_id)


@blueprint.route("/contact", methods=READ_AND_ANSWER)
@public
def contact() -> ResponseReturnValue:
    """Who are you, if you want to say?"""
    return steps.contact(public_surface())


@blueprint.route("/respondents", methods=READ_AND_ANSWER)
@public
def respondents() -> ResponseReturnValue:
    """Who else is complained of?"""
    return parties.respondents(public_surface())


@blueprint.route("/links", methods=READ_AND_ANSWER, endpoint="links")
@limited("upload")
@public
def many_links() -> ResponseReturnValue:
    """Many links at once."""
    return links.links(public_surface())


@blueprint.route("/aid", methods=READ_AND_ANSWER, endpoint="aid")
@public
def aid_wanted() -> ResponseReturnValue:
    """Who asks for what help?"""
    return aid.aid(public_surface())


@blueprint.route("/platform", methods=READ_AND_ANSWER, endpoint="platform")
@public
def notified_platform() -> ResponseReturnValue:
    """Which platform was notified, when, and what came of it?"""
    return platform.platform(public_surface())


@blueprint.route("/agent", methods=READ_AND_ANSWER)
@public
def agent() -> ResponseReturnValue:
    """Who files for somebody else, under what power?"""
    return parties.agent(public_surface())


@blueprint.route("/joint", methods=READ_AND_ANSWER)
@public
def joint() -> ResponseReturnValue:
    """Who files together?"""
    return parties.joint(public_surface())


@blueprint.route("/check", methods=READ_AND_ANSWER)
@limited("file")
@public
def check() -> ResponseReturnValue:
    """Everything once more, then it is sent."""
    return steps.check(public_surface())


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More in one request than a whole filing may carry."""
    return steps.too_large()


@blueprint.route("/save", methods=READ_AND_ANSWER)
@public
def save() -> ResponseReturnValue:
    """Puts it aside: a code leads back to it for thirty days."""
    return pausing.save(public_surface())


@blueprint.route("/resume", methods=READ_AND_ANSWER)
@limited("resume")
@public
def resume() -> ResponseReturnValue:
    """Takes up what was put aside."""
    return pausing.resume(public_surface())


@blueprint.post("/look")
@public
def look() -> ResponseReturnValue:
    """What a number tells while it is typed."""
    return looking.look(public_surface())


@blueprint.post("/leave")
@public
def leave() -> ResponseReturnValue:
    """This browser forgets it; the code still leads back."""
    return pausing.leave(public_surface())


@blueprint.post("/restart")
@public
def restart() -> ResponseReturnValue:
    """Begins anew."""
    return steps.restart(public_surface())
