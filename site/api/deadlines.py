"""`/api/v1/deadlines/<rule>?start=…`: when something is due, counted day by day – the answer of `flask clocks due`."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.clocks.book import book
from models.clocks.questions import Question, as_document, parse_span, parse_start
from models.errors import DomainError, Invalid, NotFound
from models.wording import said
from shared.access import public
from shared.database import session
from shared.errors import answer
from shared.i18n import label
from shared.limits import limited

blueprint = Blueprint("api_deadlines", __name__, url_prefix="/api/v1/deadlines")

PARAMETERS = frozenset({"start", "suspend", "extend"})
MOST_SUSPENSIONS = 50


@blueprint.get("/<rule_id>")
@public
@limited("api", unsafe_only=False)
def due(rule_id: str) -> ResponseReturnValue:
    """The answer; 404 for an unknown rule, 400 for a question that can't be read, 422 for one that the law refuses."""
    if unknown := sorted(set(request.args) - PARAMETERS):
        return answer(400, _("不认识的参数：%(names)s。", names="、".join(unknown)))
    if not request.args.get("start"):
        return answer(400, _("缺少参数 start：起算日，例如 2026-09-18。"))
    found = book(session)
    try:
        found.rules.versions(rule_id)
        question = _question(rule_id)
    except Invalid as error:
        return answer(400, error.sentence)
    try:
        return jsonify(as_document(question.answer(found), label))
    except NotFound:
        raise
    except DomainError as refused:
        return answer(422, refused.sentence)


def _question(rule_id: str) -> Question:
    spans = request.args.getlist("suspend")
    extended = request.args.get("extend", "0")
    if len(spans) > MOST_SUSPENSIONS:
        raise Invalid(said("最多 %(most)s 段中止。", most=MOST_SUSPENSIONS))
    if not (extended.isascii() and extended.isdigit() and len(extended) < 3):
        raise Invalid(_("参数 extend 应为延长的次数，例如 1。"))
    start = parse_start(
        request.args["start"].replace(" ", "+")
    )  # an unescaped + of the zone arrives as a blank
    return Question(rule_id, start, tuple(map(parse_span, spans)), int(extended))
