"""A form that could not be taken – its session had ended, the site was in trouble, too many were sent – comes back with
its words, so that nothing has to be typed again.

Nothing is stored: the words go back to the browser that sent them, in a form with a token of the session as it is now.
Only a form of our own pages is answered so. One that came from elsewhere would get a good token for words that its
reader never wrote.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import make_response, render_template, request
from flask.wrappers import Response

_SECRET = ("password", "secret", "csrf")
_CODES = frozenset({"code", "query_code", "resume_code"})
_OF_THE_PAGE = frozenset({"token", "proof", "version", "revision"})  # goes back too, but nobody wrote it
_CHOSEN = re.compile("[a-z][a-z_]*")  # the value of a choice: nobody typed it, and its label is elsewhere
MOST_CHARS = 200_000


def words_kept(
    status: int, sentence: str, first: str = "", *, step: str = "", whole: bool = False
) -> Response | None:
    """The page with everything that was typed; None where there is nothing to keep, or the form is not ours.

    `first`: where to go before, in another tab, and what is done there: `step`, or else to sign in. With `whole`, a form
    that holds a password or a query code, which no page gives back, is left alone: what is left could not be sent again.
    """
    if request.method != "POST" or not _is_ours() or (whole and _holds_secrets()):
        return None
    fields = _typed()
    if not fields:
        return None
    page = render_template(
        "errors/kept.html",
        sentence=sentence,
        first=first,
        step=step,
        fields=fields,
        readable=[value for name, value in fields if _can_be_read(name, value)],
        action=request.script_root + request.full_path.rstrip("?"),
        had_files=any(file.filename for file in request.files.values()),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def written_words() -> list[str]:
    """What a person wrote into the form of ours that was sent: no codes, choices or numbers, and no secrets."""
    if request.method != "POST" or not _is_ours() or (_is_of_files() and "form" not in vars(request)):
        return []
    return [
        value
        for name, value in _typed()
        if name not in _OF_THE_PAGE and (not value.isascii() or " " in value.strip())
    ]


def _can_be_read(name: str, value: str) -> bool:
    """Whether the value tells its writer something: the code of a place or of a choice does not."""
    is_code = _CHOSEN.fullmatch(value) is not None or "region" in name
    return len(value) > 1 and not is_code and name not in _OF_THE_PAGE


def _is_of_files() -> bool:
    return request.mimetype == "multipart/form-data"


def _holds_secrets() -> bool:
    return any(_is_secret(name) for name in request.form if name != "csrf_token")


def _is_secret(name: str) -> bool:
    return name in _CODES or any(one in name for one in _SECRET)


def _typed() -> list[tuple[str, str]]:
    found = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if value.strip() and not _is_secret(name)
    ]
    return found if sum(len(value) for _name, value in found) <= MOST_CHARS else []


def _is_ours() -> bool:
    """Whether the form stood on a page of this site: browsers say from where a form is sent."""
    came_from = request.origin or request.referrer or ""
    return urlsplit(came_from).netloc == request.host and not (request.endpoint or "").startswith("security.")
