"""How to ask: the builder, which writes a question from plain boxes, and the page on the language of questions."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from results.asked import Asked
from results.builder import NAMES, boxes_from, boxes_of, written
from results.complaints import complaint
from search.errors import QueryError
from search.fields import FIELDS
from shared.access import public

blueprint = Blueprint("asking", __name__, url_prefix="/decisions")


@blueprint.get("/builder")
@public
def builder() -> ResponseReturnValue:
    """The boxes: filled from `q`, or sent, and then on to the results."""
    if "q" in request.args:
        return render_template(
            "public/decisions/builder.html", boxes=boxes_of(request.args["q"]), refusal=None
        )
    boxes = boxes_from(request.args)
    if not any(request.args.get(name) for name in NAMES):
        return render_template("public/decisions/builder.html", boxes=boxes, refusal=None)
    try:
        return redirect(url_for("decisions.index", q=written(boxes), sort="relevance"), code=303)
    except QueryError as error:
        wrong = complaint(error, Asked(), request.path)
        return render_template("public/decisions/builder.html", boxes=boxes, refusal=wrong), 422


@blueprint.get("/language")
@public
def language() -> ResponseReturnValue:
    """What can be written in the box, with examples that can be tried."""
    examples = (
        ("假冒 专利", _("两个词都要有，不论先后")),
        ('"侵犯注册商标"', _("引号里的字连在一起")),
        ("假冒 OR 侵权", _("至少有一个；也可以写“或”")),
        ("商标 NOT 白酒", _("不要第二个词；也可以写“非”或者在词前加减号")),
        ("(假冒 OR 侵权) 罚款", _("括号里的先算")),
        ('"销售 假冒"~10', _("两个词相隔不超过 10 个字，不论先后")),
        ("处罚:吊销", _("只在处罚或者决定内容里找")),
        ("案由:商标 金额:1万..5万", _("按案由和罚款金额；金额单位是元")),
        ("日期:2025-01..2025-06", _("按决定日期；也可以写 日期>=2025-01-01")),
        ("拼音:huhang", _("当事人名称的全拼或者首字母")),
        ("罚*款", _("星号代表任意一个字")),
    )
    return render_template("public/decisions/language.html", examples=examples, fields=FIELDS)
