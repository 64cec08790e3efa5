"""The verbs of webhooks: set one up, give it a new secret, remove it; queue the calls of an act; note what came of one."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models import outbox
from models.cases.tables import CaseAct
from models.errors import ActRefused, Invalid, NotFound
from models.filings.references import grouped
from models.filings.sealing import Keyring, seal
from models.filings.tables import Filing
from models.holders.filing import seen_by
from models.holders.tables import HeldFiling, Membership
from models.holders.terms import Standing
from models.ledger import record
from models.people.tables import Account
from models.types import beijing_date
from models.webhooks.tables import LONGEST_ADDRESS, Webhook, WebhookCall
from models.wording import said

CALL = "webhook"
PURPOSE = "webhook-secret"
PREFIX = "whsec_"
MOST = 5
OVERLAP = dt.timedelta(hours=24)
# How long to wait before each further try: two days in all, then the webhook is switched off.
WAITS = tuple(
    dt.timedelta(seconds=one) for one in (10, 60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
)


def add_webhook(
    session: Session, *, account: Account, address: str, is_strict: bool, keys: Keyring, now: dt.datetime
) -> tuple[Webhook, str]:
    """Sets one up; the second of the pair is its secret, told once. `is_strict`: https only, as production asks."""
    address = address.strip()
    if why := why_not_address(address, is_strict=is_strict):
        raise Invalid(why, {"address": why})
    mine = select(func.count()).where(Webhook.account_id == account.id, Webhook.removed_at.is_(None))
    if (session.scalar(mine) or 0) >= MOST:
        raise ActRefused("最多设五个通知地址，请先删除不用的。")
    name, secret = secrets.token_hex(16), _new_secret()
    webhook = Webhook(
        account_id=account.id,
        address=address,
        seal_name=name,
        secret=_sealed(secret, name, keys),
        made_at=now,
    )
    session.add(webhook)
    session.flush()
    record(session, act="webhook.add", subject=webhook, actor=account, now=now)
    return webhook, secret


def rotate_secret(
    session: Session, *, webhook: Webhook, actor: Account, keys: Keyring, now: dt.datetime
) -> str:
    """A new secret; for a day calls are signed by the former one too, so that the receiver can change over."""
    secret = _new_secret()
    webhook.old_secret, webhook.old_until = webhook.secret, now + OVERLAP
    webhook.secret = _sealed(secret, webhook.seal_name, keys)
    record(session, act="webhook.rotate", subject=webhook, actor=actor, now=now)
    return secret


def switch_on(session: Session, *, webhook: Webhook, actor: Account, now: dt.datetime) -> None:
    """Calls it again after it was switched off."""
    if webhook.disabled_at is not None:
        webhook.disabled_at = None
        record(session, act="webhook.switch_on", subject=webhook, actor=actor, now=now)


def remove_webhook(session: Session, *, webhook: Webhook, actor: Account, now: dt.datetime) -> None:
    """It is called no more. Doing so twice changes nothing."""
    if webhook.removed_at is None:
        webhook.removed_at = now
        record(session, act="webhook.remove", subject=webhook, actor=actor, now=now)


def own_webhook(session: Session, account: Account, webhook_id: int) -> Webhook:
    """One of the account's own; `NotFound` for another's and for none alike."""
    found = session.get(Webhook, webhook_id)
    if found is None or found.account_id != account.id or found.removed_at is not None:
        raise NotFound("没有这个通知地址。")
    return found


def webhooks_of(session: Session, account: Account) -> list[Webhook]:
    """Those of the account, the newest first."""
    wanted = select(Webhook).where(Webhook.account_id == account.id, Webhook.removed_at.is_(None))
    return list(session.scalars(wanted.order_by(Webhook.id.desc())))


def calls_of(session: Session, webhook: Webhook, limit: int = 20) -> list[WebhookCall]:
    """Its latest calls."""
    wanted = select(WebhookCall).where(WebhookCall.webhook_id == webhook.id)
    return list(session.scalars(wanted.order_by(WebhookCall.id.desc()).limit(limit)))


def queue_calls(session: Session, *, entry: CaseAct, now: dt.datetime) -> int:
    """Queues a call to everybody who sees the filing and has a webhook; the same act queues it once. Returns how many.

    An agent whose authority has ended is told no more.
    """
    filing, today = entry.case.filing, beijing_date(now)
    members = (
        select(Membership.account_id)
        .join(HeldFiling, HeldFiling.organisation_id == Membership.organisation_id)
        .where(HeldFiling.filing_id == filing.id, Membership.standing == Standing.VERIFIED)
    )
    wanted = select(Webhook).where(
        or_(Webhook.account_id == filing.account_id, Webhook.account_id.in_(members)),
        Webhook.disabled_at.is_(None),
        Webhook.removed_at.is_(None),
    )
    event = f"act_{entry.id}"
    payload = {
        "id": event,
        "type": "filing.updated",
        "at": entry.at.isoformat(),
        "reference": grouped(filing.reference),
        "act": entry.act.value,
        "state": entry.to_state.value,
    }
    mine = Filing.id == filing.id
    told = [
        one
        for one in session.scalars(wanted)
        if one.account.active
        and session.scalar(select(Filing.id).where(mine, seen_by(one.account, today=today)))
    ]
    return _queue(session, told, event, payload, now)


def send_test(session: Session, *, webhook: Webhook, now: dt.datetime) -> None:
    """A call that says nothing, to try the receiver."""
    event = f"test_{secrets.token_hex(8)}"
    payload = {"id": event, "type": "test", "at": now.isoformat()}
    _queue(session, [webhook], event, payload, now)


def note_result(
    session: Session, *, call: WebhookCall, result: str, is_good: bool, now: dt.datetime
) -> Webhook | None:
    """What came of a try: done, tried again later, or given up. Returns the webhook when it was switched off now."""
    call.tries, call.last_result = call.tries + 1, result[:80]
    webhook = call.webhook
    if is_good:
        call.delivered_at = webhook.last_ok_at = now
        return None
    if call.tries <= len(WAITS):
        key = f"{CALL}:{call.id}:{call.tries}"
        due_at = now + WAITS[call.tries - 1]
        outbox.put(session, kind=CALL, key=key, payload={"call_id": call.id}, now=now, due_at=due_at)
        return None
    call.given_up_at = now
    if webhook.is_on and (webhook.last_ok_at is None or webhook.last_ok_at < call.made_at):
        webhook.disabled_at = now
        return webhook
    return None


def good_secrets(webhook: Webhook, keys: Keyring, now: dt.datetime) -> Sequence[bytes]:
    """The secrets that sign now, the present one first."""
    sealed = [webhook.secret]
    if webhook.old_secret is not None and webhook.old_until is not None and now < webhook.old_until:
        sealed.append(webhook.old_secret)
    return [keys.unseal(PURPOSE, one, belongs_to=webhook.seal_name) for one in sealed]


def why_not_address(address: str, *, is_strict: bool) -> str:
    """Why an address cannot be one; "" where it can. Where it leads is looked at with each call."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return said("地址不完整，例如 https://example.com/huhang。")
    if len(address) > LONGEST_ADDRESS or not host or parts.scheme not in ("http", "https"):
        return said("地址不完整，例如 https://example.com/huhang。")
    if is_strict and parts.scheme != "https":
        return said("地址须以 https:// 开头。")
    if parts.username or parts.password or parts.fragment:
        return said("地址里不能有用户名、密码和 # 号。")
    return ""


def _queue(
    session: Session, webhooks: Sequence[Webhook], event: str, payload: dict[str, str], now: dt.datetime
) -> int:
    numbers = [one.id for one in webhooks]
    known = select(WebhookCall.webhook_id).where(
        WebhookCall.event == event, WebhookCall.webhook_id.in_(numbers)
    )
    there = set(session.scalars(known))
    fresh = [one for one in webhooks if one.id not in there]
    for webhook in fresh:
        call = WebhookCall(webhook=webhook, event=event, payload=payload, made_at=now, tries=0)
        session.add(call)
        session.flush()
        outbox.put(session, kind=CALL, key=f"{CALL}:{call.id}:0", payload={"call_id": call.id}, now=now)
    return len(fresh)


def _new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def _sealed(secret: str, name: str, keys: Keyring) -> bytes:
    return seal(keys.derived(PURPOSE), secret.encode(), belongs_to=name)
