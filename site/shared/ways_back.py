"""Where a person goes on from an error page: back to what they had before them, with what they had written.

An officer whose colleague was faster wants the case, not the public's front page; so does a filer who clicked twice.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from models.people.permissions import Permission, can
from shared.kept import written_words

# Below these addresses every page is about one case; where its own page is.
_OF_A_CASE = {
    "/casework/cases/<reference>/": "case.show",
    "/track/<reference>/": "tracking.show",
    "/account/filings/<reference>/": "account_filings.show",
}
_WORDS_OF = frozenset({403, 404, 409, 410})  # where there is no form any more that would show them


def ways_back(status: int) -> list[tuple[str, str]]:
    """Words and address of each link, the nearest first; the front page where there is nothing nearer."""
    last = _desk() if is_for_staff() else (_("回到首页"), request.script_root + "/")
    case = _case() if status == 409 or (is_for_staff() and status != 404) else ""
    if case:
        return [(_("回到这个办件"), case), last]
    here = _page_before()
    return [(_("回到刚才的页面"), here), last] if here else [last]


def is_for_staff() -> bool:
    """Whether the reader works here: they go back to their work, and the public's hotline is no help to them."""
    return bool(getattr(current_user, "is_staff", False))


def _desk() -> tuple[str, str]:
    """The queue; for those who see no cases the first page of their own menu."""
    if can(current_user, Permission.CASE_VIEW):
        return _("回到办件列表"), url_for("queue.index")
    return _("回到工作首页"), url_for("desk.after_sign_in")


def _case() -> str:
    """The page of the case that the address is part of; empty for none."""
    rule = request.url_rule.rule if request.url_rule else ""
    page = next((page for part, page in _OF_A_CASE.items() if rule.startswith(part)), "")
    return url_for(page, reference=(request.view_args or {})["reference"]) if page else ""


def words_to_copy(status: int) -> list[str]:
    """What was written into a form that could not be taken, for its writer alone."""
    return written_words() if status in _WORDS_OF else []


def _page_before() -> str:
    """The page of ours whose form was sent; empty for none. Following a link comes back by itself."""
    came_from = urlsplit(request.referrer or "")
    if request.method != "POST" or came_from.netloc != request.host:
        return ""
    page = "/" + came_from.path.lstrip("/")  # never another host
    return f"{page}?{came_from.query}" if came_from.query else page
