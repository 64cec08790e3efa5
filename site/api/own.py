"""What a holder's token brings into a filing: its account, one of its stored rights, links judged row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from api.filing_body import links_in
from models.cases.intake import Received
from models.commerce.notices.operations import note_platform
from models.commerce.operations import (
    Row,
    add_links,
    clear_links,
    links_of,
    links_under,
    send_links,
    sendable,
    summary_of,
)
from models.commerce.tables import FilingLink
from models.commerce.terms import VERDICT_LABELS, Verdict
from models.errors import Invalid, NotAllowed
from models.filings.queries import filing_by_token
from models.filings.submissions import FAST, Submission
from models.filings.tables import Filing
from models.holders.filing import Usable, note_filings, obstacle, usable
from models.holders.lane.queries import is_in_lane
from models.holders.operations import membership_of
from models.ledger.operations import Acts
from models.people.tables import Account
from models.people.tokens import Scope
from models.types import beijing_date, now_utc
from shared.access import token_account_id, token_scopes
from shared.database import session
from shared.i18n import label

AGAIN, REFUSED = "links_again", "links_refused"  # in the data of a filing that came by the API


def holder() -> Account | None:
    """Whose token it is; None for another office's."""
    number = token_account_id()
    return session.get_one(Account, number) if number is not None else None


def own_account() -> Account:
    """The same; `NotAllowed` for an office's token, which has no filings of its own."""
    found = holder()
    if found is None:
        raise NotAllowed(_("这个令牌不属于任何账号，不能查看办件。"))
    return found


def links_asked(matter: Mapping[str, Any]) -> list[Row]:
    """The links of the request; `NotAllowed` where the token may not bring any."""
    rows = links_in(matter)
    if rows and Scope.FILING_LINKS.value not in token_scopes():
        raise NotAllowed(_("这个令牌没有附上链接的权限。"))
    return rows


def right_asked(account: Account | None, matter: Mapping[str, Any]) -> Usable | None:
    """The stored right under which it is filed; `Invalid` where something is in its way."""
    number = matter.get("right_id")
    if number is None:
        return None
    if account is None or not isinstance(number, int) or isinstance(number, bool):
        raise Invalid(_("right_id 应是本账号或者委托人的一项权利的编号。"), {"right_id": _("没有这项权利。")})
    today = beijing_date(now_utc())
    chosen = usable(session, account, number, None, today)
    if why := obstacle(chosen, membership_of(session, account), today):
        raise Invalid(label(why), {"right_id": label(why)})
    return chosen


def named(account: Account | None, matter: Mapping[str, Any]) -> Mapping[str, Any]:
    """In the name of the account where nobody is named: a holder's token files nothing anonymously."""
    if account is None or matter.get("person") is not None:
        return matter
    told = {
        "name": account.display_name,
        "email": account.email or "",
        "organisation": account.organisation or "",
    }
    return {**matter, "person": told}


def under_right(submission: Submission, chosen: Usable) -> Submission:
    """With what the stored right answers: its kind, its number, its class, the lane of its holder, an agent's mandate."""
    today, data = beijing_date(now_utc()), dict(submission.data)
    if is_in_lane(session, chosen.right.organisation_id, today):
        data[FAST] = True
    if chosen.right.nice_class:
        data["nice_class"] = chosen.right.nice_class
    if chosen.mandate:
        data["mandate"] = chosen.mandate.as_data()
    number = submission.right_number or chosen.right.number
    return replace(submission, right_number=number, right_type=chosen.right.right_type, data=data)


def with_links(
    submission: Submission, account: Account | None, rows: Sequence[Row], *, again: bool
) -> Submission:
    """Puts the rows under the sending's token, judged, and their digest into what is signed, with what is not sent."""
    if filing_by_token(session, submission.token) is not None:
        return submission  # sent before: the first one's rows stand
    clear_links(session, token=submission.token)
    add_links(session, token=submission.token, rows=rows, account=account, today=beijing_date(now_utc()))
    judged = links_under(session, submission.token)
    chosen = sendable(judged, again=again)
    refused = [_refused(one) for one in judged if one not in chosen]
    if not chosen:
        clear_links(session, token=submission.token)
        told = {
            f"links.{row - 1}": label(VERDICT_LABELS[Verdict(verdict)]) for row, verdict, _earlier in refused
        }
        raise Invalid(_("没有一行是可以提交的链接。"), told)
    data = {**submission.data, "links": summary_of(chosen), AGAIN: again, REFUSED: refused}
    return replace(submission, data=data)


def keep(
    received: Received, account: Account | None, chosen: Usable | None, *, actor: Acts, now: dt.datetime
) -> None:
    """After the filing was taken in: its links, whose it is, what its platform was told. A repeat leaves all as it is."""
    filing = received.filing
    if not received.is_new:
        return
    if "links" in filing.data:
        send_links(session, token=filing.submission_token, filing=filing, again=bool(filing.data.get(AGAIN)))
    if account is not None:
        note_filings(session, filings=received.filings, account=account, chosen=chosen)
    note_platform(session, filings=received.filings, actor=actor, now=now)


def rows_of(filing: Filing) -> list[dict[str, Any]]:
    """Every row of the request with what became of it: those that went with the filing, and those that did not."""
    refused = {row: (verdict, earlier) for row, verdict, earlier in filing.data.get(REFUSED, [])}
    sent = links_of(session, filing) if "links" in filing.data else []
    numbers = [row for row in range(1, len(sent) + len(refused) + 1) if row not in refused]
    found = [{**row_document(one), "row": row, "sent": True} for row, one in zip(numbers, sent, strict=True)]
    found += [
        {"row": row, "verdict": verdict, "earlier": earlier, "sent": False}
        for row, (verdict, earlier) in refused.items()
    ]
    return sorted(found, key=lambda one: int(str(one["row"])))


def row_document(link: FilingLink) -> dict[str, Any]:
    """One row as programs read it."""
    return {
        "row": link.place,
        "given": link.given,
        "verdict": link.verdict.value,
        "address": link.address,
        "platform": link.platform,
        "kind": link.kind.value,
        "item": link.item or None,
        "shop": link.shop or None,
        "captured_at": link.captured_at.isoformat() if link.captured_at else None,
        "screenshot": link.screenshot,
        "earlier": link.earlier.shown_reference if link.earlier else None,
    }


def _refused(link: FilingLink) -> list[Any]:
    return [link.place, link.verdict.value, link.earlier.shown_reference if link.earlier else None]
