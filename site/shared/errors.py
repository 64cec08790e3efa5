"""Errors, mapped once: each kind to a status, and each status to a page or an RFC 9457 problem document."""

from __future__ import annotations

import errno
from typing import cast

import structlog
from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from models.database import is_duplicate, is_outage, lacks_room
from models.errors import ActRefused, Conflict, DomainError, Gone, Invalid, NotAllowed, NotFound
from shared import database, denials, limits
from shared.i18n import label
from shared.kept import words_kept
from shared.requests import wants_data
from shared.ways_back import is_for_staff, ways_back, words_to_copy

RETRY_SECONDS = 10  # after an outage of the database
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_ROOM_RETRY_SECONDS = 600  # somebody has to come and make room

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
    app.register_error_handler(NoResultFound, _no_result)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(DBAPIError, _database_trouble)
    app.register_error_handler(PoolExhausted, _database_trouble)
    app.register_error_handler(OSError, _system_trouble)
    app.register_error_handler(CSRFError, _no_token)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def answer(status: int, sentence: str | None = None, **extra: object) -> Response:
    """The page or problem document for `status`; `sentence` says what happened in the person's words."""
    heading = _("已经不能查看或者办理") if status == 410 and sentence else title(status)
    sentence = label(sentence) if sentence else default_sentence(status)
    if wants_data():
        problem = {
            "type": "about:blank",
            "title": heading,
            "status": status,
            "detail": sentence,
            **extra,
        }
        response = jsonify(problem)
        response.content_type = "application/problem+json"
    else:
        response = Response(_page(status, heading, sentence), content_type="text/html; charset=utf-8")
        if request.method == "POST":  # what was written may stand in it
            response.headers["Cache-Control"] = "no-store"
    response.status_code = status
    return response


def _page(status: int, heading: str, sentence: str) -> str:
    try:
        return render_template(
            "errors/error.html",
            status=status,
            title=heading,
            sentence=sentence,
            ways=ways_back(status),
            words=words_to_copy(status),
            shows_hotline=not is_for_staff(),
        )
    except Exception as error:  # the frame of the page asks the database who is signed in; it may be down
        log.error("error page", error=type(error).__name__, request_id=g.get("request_id"))
        name = escape(heading)
        return (
            '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
            f"<title>{name}</title><h1>{name}</h1><p>{escape(sentence)}</p></html>"
        )


def title(status: int) -> str:
    """The heading of an error page."""
    titles = {
        400: _("请求有误"),
        401: _("请先登录"),
        403: _("不能访问"),
        404: _("没有找到"),
        405: _("不支持的操作"),
        406: _("没有这种格式"),
        409: _("暂时不能办理"),
        410: _("已停止公示"),
        413: _("内容太大"),
        414: _("网址太长"),
        415: _("不支持这种内容"),
        422: _("填写有误"),
        429: _("操作太频繁"),
        503: _("暂时不能使用"),
    }
    return titles.get(status) or (titles[400] if status < 500 else _("系统出错"))


def default_sentence(status: int) -> str:
    """What to say when nobody said more."""
    sentences = {
        400: _("请求的内容无法识别，请返回上一页再试。"),
        401: _("这里的内容需要登录或令牌。"),
        403: _("您没有访问这里的权限。"),
        404: _("这个地址没有内容。请检查网址，或从首页查找。"),
        405: _("这个地址不支持这种操作。"),
        406: _("这里的内容没有您要的格式。"),
        409: _("内容刚刚有了变化，请刷新后再试。"),
        410: _("这里的内容已停止公示。"),
        413: _("上传的内容超过了限制，请缩小后再试。"),
        414: _("网址太长，请缩短查询内容后再试。"),
        415: _("这个地址不接受这种格式的内容。"),
        422: _("有内容需要修改，请按提示更正。"),
        429: _("操作过于频繁，请稍等几分钟再试。您填写的内容没有丢失，可返回上一页。"),
        503: _("系统正在恢复，请稍后再试。"),
    }
    otherwise = (
        sentences[400] if status < 500 else _("系统出错了，我们已经记录。请稍后再试，或拨打服务电话。")
    )
    return sentences.get(status, otherwise)


def _domain_error(error: DomainError) -> ResponseReturnValue:
    if isinstance(error, NotAllowed):
        denials.remember_verb()
    _forget()
    denials.write()
    status = next((code for kind, code in STATUS_OF.items() if isinstance(error, kind)), 400)
    errors = {name: label(sentence) for name, sentence in getattr(error, "errors", {}).items()}
    return answer(status, error.sentence, **({"errors": errors} if errors else {}))


def _no_result(_error: NoResultFound) -> ResponseReturnValue:
    _forget()
    return answer(404)


def _stale(_error: Exception) -> ResponseReturnValue:
    _forget()
    return answer(409, _("这里的内容刚刚又有了变化，您的操作没有保存。请看过最新情况再办理。"))


def _database_trouble(error: DBAPIError | PoolExhausted) -> ResponseReturnValue:
    """An outage passes, so the answer is "later"; a wrong statement is our own mistake like any other."""
    if isinstance(error, DBAPIError) and is_duplicate(error):  # two people at once; a form finds the rest
        return _stale(error)
    if isinstance(error, DBAPIError) and not is_outage(error):
        return _unexpected(error)
    if isinstance(error, DBAPIError) and lacks_room(error):
        return _no_room()
    log.error("database", error=type(getattr(error, "orig", error)).__name__, request_id=g.get("request_id"))
    _forget(with_visitor=True)
    kept = _with_words(503, _("系统正在恢复，内容没有提交，但还在这个页面里。请稍后再试。"))
    response = kept or answer(503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _system_trouble(error: OSError) -> ResponseReturnValue:
    """A full or failing disk is nobody's mistake here: what can be read still is, and the rest is to be sent again later."""
    if error.errno in NO_ROOM:
        return _no_room()
    if error.errno != errno.EROFS:  # what a disk with errors becomes
        return _unexpected(error)
    log.error("files are read-only", request_id=g.get("request_id"))
    return _not_taken(_("系统暂时不能保存，刚才的内容没有收下。请过一会儿再提交一次，或拨打服务电话。"))


def _no_room() -> Response:
    log.error("no room left", request_id=g.get("request_id"))
    return _not_taken(_("系统的存储空间暂时不足，刚才的内容没有收下。请过一会儿再提交一次，或拨打服务电话。"))


def _not_taken(sentence: str) -> Response:
    """What can be read still is; what was sent has to be sent again when somebody has been there."""
    _forget()
    response = _with_words(503, sentence) or answer(503, sentence)
    response.headers["Retry-After"] = str(NO_ROOM_RETRY_SECONDS)
    return response


def _no_token(_error: CSRFError) -> ResponseReturnValue:
    """Mostly a page that was open while its reader signed in or out elsewhere; seldom somebody else's form."""
    kept = None if wants_data() else words_kept(400, _("页面已经过期，内容没有提交，但还在这个页面里。"))
    return kept or answer(400, _("页面已经过期，内容没有提交。请返回上一页，刷新后再提交一次。"))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400 or error.response is not None:
        return cast(ResponseReturnValue, error.get_response())
    _forget()
    kept = None
    if error.code == 429:
        kept = _with_words(429, _("操作过于频繁，内容没有提交，但还在这个页面里。请稍等几分钟再试。"))
    response = kept or answer(error.code)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    if error.code == 429:
        response.headers["Retry-After"] = str(limits.seconds_to_wait())
    return response


def _unexpected(error: Exception) -> ResponseReturnValue:
    # The traceback goes to the log without local variables: those may hold what a filer wrote.
    log.error("unexpected", exc_info=error, request_id=g.get("request_id"))
    _forget()
    kept = _with_words(500, _("系统出错了，我们已经记录。内容没有提交，但还在这个页面里。"))
    return kept or answer(500)


def _with_words(status: int, sentence: str) -> Response | None:
    """The page that gives back what was typed, where that can be had; else the usual answer has to do.

    Files are not taken in for that: who is told to wait should not make us receive hundreds of megabytes first.
    """
    if wants_data() or (request.mimetype == "multipart/form-data" and "form" not in vars(request)):
        return None
    try:
        return words_kept(status, sentence, whole=True)
    except Exception as error:  # the form could not be read to its end, or the frame of the page not be drawn
        log.error("words not kept", error=type(error).__name__, request_id=g.get("request_id"))
        return None


def _forget(*, with_visitor: bool = False) -> None:
    """Undoes the request. The frame of the page asks who is signed in; `with_visitor` spares a database that is down."""
    database.undo()
    g.pop("_login_user", None)
    if with_visitor:
        g._login_user = current_app.extensions["security"].login_manager.anonymous_user()
