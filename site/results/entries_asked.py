"""The language of questions, asked of the entries of a list: by name in any script and width, by pinyin, code, reason, day.

A list is short and changes with the database, so its entries are asked one by one instead of keeping an index of them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from flask import Response, request
from flask_babel import gettext as _

from models.lists.kinds import ListKind
from models.lists.queries import listed
from models.lists.tables import Entry
from models.types import beijing_date, now_utc
from results import addresses
from results.answers import unless_known
from results.asked import MAX_SIZE, BadParameter
from results.lists import collection
from results.one_by_one import answering
from search.documents import Amount, Audience, Facet, Kind, SearchDocument, Zone
from search.errors import QueryError
from search.messages import Wrong
from search.single import Single
from shared.database import session

PARAMETERS = ("q", "size", "after")


def entries_answering(entries: Sequence[Entry], question: str) -> list[Entry]:
    """Those that answer it, in their order. Raises QueryError."""
    return answering(entries, question, lambda entry: Single(_document(entry), entry.name))


def entries_answer(kind: ListKind) -> Response:
    """A list as data: all that `q` asks for, or a page of `size` and the address of the next.

    Raises:
        BadParameter, QueryError: the address cannot be asked.
    """
    if unknown := next((name for name in request.args if name not in PARAMETERS), None):
        names = "、".join(PARAMETERS)
        raise BadParameter(
            _("没有名为“%(name)s”的参数；可以用的有：%(names)s。", name=unknown[:40], names=names)
        )
    size, after = request.args.get("size"), request.args.get("after")
    if size is not None and not (size.isascii() and size.isdigit() and 1 <= int(size[:9]) <= MAX_SIZE):
        raise BadParameter(_("size 应在 1 到 %(most)s 之间。", most=MAX_SIZE))
    found = entries_answering(
        listed(session, kind, today=beijing_date(now_utc())), request.args.get("q", "").strip()
    )
    rest = sorted(found, key=_place, reverse=True)
    if after is not None:
        behind = _read_place(after)
        rest = [entry for entry in rest if _place(entry) < behind]
    page = rest[: int(size)] if size is not None else rest
    following = _cursor(page[-1]) if len(page) < len(rest) else None
    return unless_known(collection(kind, page, total=len(found), next_url=_next_url(following)))


def _place(entry: Entry) -> tuple[str, str]:
    """By which entries are ordered for programs: the last published first, ties by their permanent id."""
    return (entry.published_at.isoformat() if entry.published_at else "", entry.public_id)


def _cursor(entry: Entry) -> str:
    return base64.urlsafe_b64encode("~".join(_place(entry)).encode()).decode().rstrip("=")


def _read_place(after: str) -> tuple[str, str]:
    try:
        written = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True).decode()
    except (ValueError, binascii.Error) as error:
        raise QueryError(Wrong.BAD_CURSOR) from error
    moment, parted, name = written.partition("~")
    if not parted:
        raise QueryError(Wrong.BAD_CURSOR)
    return moment, name


def _next_url(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    kept = [(name, value) for name, value in request.args.items() if name != "after"]
    return addresses.absolute(
        addresses.with_arguments(request.script_root + request.path, [*kept, ("after", cursor)])
    )


def _document(entry: Entry) -> SearchDocument:
    days = {
        Amount.DECIDED_ON: entry.decided_on,
        Amount.PUBLISHED_ON: beijing_date(entry.published_at) if entry.published_at else None,
        Amount.ENDS_ON: entry.ends_on,
    }
    return SearchDocument(
        id=entry.id,
        kind=Kind.LISTING,
        audience=Audience.PUBLIC,
        revision=0,
        zones=(
            (Zone.PARTY, entry.name),
            (Zone.PARTY, entry.uscc),
            (Zone.NUMBER, entry.document_number or ""),
            (Zone.FACTS, entry.reason),
            (Zone.OTHER, entry.unit.name),
        ),
        facets={Facet.AUTHORITY: (entry.unit.name,)},
        amounts={amount: day.toordinal() for amount, day in days.items() if day is not None},
    )
