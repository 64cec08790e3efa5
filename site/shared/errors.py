"""Errors, mapped once: each kind to a status, and each status to a page or an RFC 9457 problem document."""

from __future__ import annotations

from typing import cast

import structlog
from flask import Flask, Response, g, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import escape
from sqlalchemy.exc import NoResultFound, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from models.errors import ActRefused, Conflict, DomainError, Gone, Invalid, NotAllowed, NotFound
from shared.requests import wants_data

log = structlog.get_logger("huhang")

STATUS_OF: dict[type[DomainError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    ActRefused: 409,
    Conflict: 409,
    Invalid: 422,
    Gone: 410,
}


def init_app(app: Flask) -> None:
    """Registers the one handler for each family of errors."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(NoResultFound, lambda _error: answer(404))
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _database_trouble)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def answer(status: int, sentence: str | None = None, **extra: object) -> Response:
    """The page or problem document for `status`; `sentence` says what happened in the person's words."""
    sentence = sentence or default_sentence(status)
    if wants_data():
        problem = {
            "type": "about:blank",
            "title": title(status),
            "status": status,
            "detail": sentence,
            **extra,
        }
        response = jsonify(problem)
        response.content_type = "application/problem+json"
    else:
        response = Response(_page(status, sentence), content_type="text/html; charset=utf-8")
    response.status_code = status
    return response


def _page(status: int, sentence: str) -> str:
    try:
        return render_template("errors/error.html", status=status, title=title(status), sentence=sentence)
    except Exception as error:  # the frame of the page asks the database who is signed in; it may be down
        log.error("error page", error=type(error).__name__, request_id=g.get("request_id"))
        heading = escape(title(status))
        return (
            '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
            f"<title>{heading}</title><h1>{heading}</h1><p>{escape(sentence)}</p></html>"
        )


def title(status: int) -> str:
    """The heading of an error page."""
    titles = {
        400: _("请求有误"),
        401: _("请先登录"),
        403: _("不能访问"),
        404: _("没有找到"),
        405: _("不支持的操作"),
        409: _("暂时不能办理"),
        410: _("已停止公示"),
        413: _("内容太大"),
        422: _("填写有误"),
        429: _("操作太频繁"),
        503: _("暂时不能使用"),
    }
    return titles.get(status, _("系统出错"))


def default_sentence(status: int) -> str:
    """What to say when nobody said more."""
    sentences = {
        400: _("请求的内容无法识别，请返回上一页再试。"),
        401: _("这里的内容需要登录或令牌。"),
        403: _("您没有访问这里的权限。"),
        404: _("这个地址没有内容。请检查网址，或从首页查找。"),
        405: _("这个地址不支持这种操作。"),
        409: _("内容刚刚有了变化，请刷新后再试。"),
        410: _("这里的内容已停止公示。"),
        413: _("上传的内容超过了限制，请缩小后再试。"),
        422: _("有内容需要修改，请按提示更正。"),
        429: _("操作过于频繁，请稍等几分钟再试。您填写的内容没有丢失，可返回上一页。"),
        503: _("系统正在恢复，请稍后再试。"),
    }
    return sentences.get(status, _("系统出错了，我们已经记录。请稍后再试，或拨打服务电话。"))


def _domain_error(error: DomainError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS_OF.items() if isinstance(error, kind)), 400)
    extra = {"errors": error.errors} if isinstance(error, Invalid) and error.errors else {}
    return answer(status, error.sentence, **extra)


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    return answer(409, _("别人刚刚修改了同一内容，您的操作没有保存。请刷新后再试。"))


def _database_trouble(error: OperationalError) -> ResponseReturnValue:
    log.error("database", error=type(error.orig).__name__, request_id=g.get("request_id"))
    return answer(503)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400 or error.response is not None:
        return cast(ResponseReturnValue, error.get_response())
    response = answer(error.code)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> ResponseReturnValue:
    # The traceback goes to the log without local variables: those may hold what a filer wrote.
    log.error("unexpected", exc_info=error, request_id=g.get("request_id"))
    return answer(500)
