"""Verbs on bulletins: drafted and amended by one person, read and published by another, withdrawn with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models import ledger, outbox
from models.bulletins.guides import Reveal, refuse_filer
from models.bulletins.kinds import BulletinAct, BulletinKind, BulletinText, next_state
from models.bulletins.pictures import refuse_unexamined
from models.bulletins.queries import decisions_numbered
from models.bulletins.tables import Bulletin, BulletinDecision
from models.decisions.kinds import PartyKind
from models.decisions.naming import refuse_party
from models.decisions.redaction.about import About
from models.decisions.redaction.detect import propose
from models.decisions.redaction.kinds import MARK_KIND_LABELS, Risk
from models.decisions.tables import Decision
from models.errors import ActRefused, Invalid
from models.overseas.countries import COUNTRIES
from models.people.permissions import Permission, can
from models.people.tables import Account, Unit
from models.types import beijing_date
from models.wording import said

# A bulletin is about several parties, whose names its maker has chosen: only numbers and the like are looked for.
_ABOUT = About(PartyKind.ORGANISATION, "")
WARN_OBSERVERS = "warn-observers"


def draft(
    session: Session,
    *,
    kind: BulletinKind,
    chinese: BulletinText,
    english: BulletinText,
    decision_numbers: Sequence[str],
    unit: Unit,
    actor: Account,
    now: dt.datetime,
    country: str = "",
) -> Bulletin:
    """A new draft of `unit`. Raises Invalid by field. `country`: a code of `models.overseas`, of a warning."""
    bulletin = Bulletin(kind=kind, unit=unit, maker=actor, created_at=now)
    _say_where(bulletin, country)
    _write(session, bulletin, chinese, english, decision_numbers, now)
    ledger.record(session, act="bulletin.draft", subject=bulletin, actor=actor, now=now, data={"kind": kind})
    return bulletin


def amend(
    session: Session,
    bulletin: Bulletin,
    *,
    chinese: BulletinText,
    english: BulletinText,
    decision_numbers: Sequence[str],
    actor: Account,
    now: dt.datetime,
    country: str = "",
) -> Bulletin:
    """Replaces what a draft says. Who amends becomes the maker, so that nobody publishes words of their own."""
    next_state(bulletin.state, BulletinAct.AMEND)
    _say_where(bulletin, country)
    bulletin.maker = actor
    _write(session, bulletin, chinese, english, decision_numbers, now)
    ledger.record(session, act="bulletin.amend", subject=bulletin, actor=actor, now=now)
    return bulletin


def submit(session: Session, bulletin: Bulletin, *, actor: Account, now: dt.datetime) -> Bulletin:
    """Hands a draft to the reviewers."""
    return _move(session, bulletin, BulletinAct.SUBMIT, actor, now, return_reason=None)


def send_back(
    session: Session, bulletin: Bulletin, *, reason: str, actor: Account, now: dt.datetime
) -> Bulletin:
    """Back to the maker with what has to be mended."""
    return _move(session, bulletin, BulletinAct.RETURN, actor, now, return_reason=reason)


def publish(
    session: Session,
    bulletin: Bulletin,
    *,
    actor: Account,
    now: dt.datetime,
    reveal: Reveal | None = None,
) -> Bulletin:
    """Shows it to everybody from now on, and mails a warning to the observers of its country.

    `reveal` opens the envelope of whoever asked what a guide answers.

    ActRefused to its maker, while a person's number or address, or the one who asked, stands in it, and for a typical case that comments on
    a decision which is not public.
    """
    if actor.id == bulletin.maker_id:
        raise ActRefused("起草人不能审核自己起草的内容，请另一位审核员审核。")
    _refuse_private(bulletin)
    refuse_filer(bulletin.source.case if bulletin.source else None, _texts(bulletin).values(), reveal)
    refuse_unexamined(bulletin)
    hidden = [one for one in bulletin.decisions if not one.is_public(beijing_date(now))]
    if hidden:
        raise ActRefused(
            said(
                "引用的决定书不在公示中：%(numbers)s。停止公示的决定书不能再作为案例发布。",
                numbers=[one.document_number for one in hidden],
            )
        )
    _move(session, bulletin, BulletinAct.PUBLISH, actor, now, reviewer=actor, published_at=now)
    if bulletin.kind is BulletinKind.WARNING:
        key, payload = f"{WARN_OBSERVERS}:{bulletin.id}", {"bulletin_id": bulletin.id}
        outbox.put(session, kind=WARN_OBSERVERS, key=key, payload=payload, now=now)
    return bulletin


def withdraw(
    session: Session, bulletin: Bulletin, *, reason: str, actor: Account, now: dt.datetime
) -> Bulletin:
    """Takes it off the site for good, with a reason that is shown at its address."""
    for decision in bulletin.decisions:
        refuse_party(decision, reason, "reason")
    told = {"withdrawal_reason": reason, "withdrawn_at": now}
    return _move(session, bulletin, BulletinAct.WITHDRAW, actor, now, **told)


def may_review(bulletin: Bulletin, account: Account) -> bool:
    """Whether `account` may publish it or send it back: a reviewer who is not its maker."""
    return account.id != bulletin.maker_id and can(account, Permission.DECISION_REVIEW, bulletin)


def _write(
    session: Session,
    bulletin: Bulletin,
    chinese: BulletinText,
    english: BulletinText,
    decision_numbers: Sequence[str],
    now: dt.datetime,
) -> None:
    found = decisions_numbered(session, decision_numbers, today=beijing_date(now))
    _check(bulletin.kind, chinese, english, decision_numbers, found)
    bulletin.title, bulletin.summary = chinese.title, chinese.summary
    bulletin.body, bulletin.commentary = chinese.body, chinese.commentary
    bulletin.english_title, bulletin.english_summary = english.title, english.summary
    bulletin.english_body, bulletin.english_commentary = english.body, english.commentary
    bulletin.updated_at = now
    session.add(bulletin)
    session.flush()
    session.execute(delete(BulletinDecision).where(BulletinDecision.bulletin_id == bulletin.id))
    session.add_all(BulletinDecision(bulletin_id=bulletin.id, decision_id=one.id) for one in found)
    session.flush()
    session.expire(bulletin, ["decisions"])


def _check(
    kind: BulletinKind,
    chinese: BulletinText,
    english: BulletinText,
    numbers: Sequence[str],
    found: Sequence[Decision],
) -> None:
    errors: dict[str, str] = {}
    if kind is BulletinKind.TYPICAL_CASE and not numbers:
        errors["decisions"] = "请填写案例所依据的决定书文号：典型案例只能来自公示中的决定书。"
    elif len(found) < len(set(numbers)):
        errors["decisions"] = "有的文号不在公示中，请逐行核对。"
    if kind is BulletinKind.TYPICAL_CASE and not chinese.commentary:
        errors["commentary"] = "请写典型意义。"
    if english and not (english.title and english.summary and english.body):
        errors["english_title"] = "英文要么不写，要么标题、摘要和正文都写。"
    if errors:
        raise Invalid("请改正下面的内容。", errors)


def _texts(bulletin: Bulletin) -> dict[str, str]:
    return {
        language: "\n".join((text.title, text.summary, text.body, text.commentary))
        for language, text in ((said("中文"), bulletin.chinese), (said("英文"), bulletin.english))
    }


def _say_where(bulletin: Bulletin, country: str) -> None:
    if bulletin.kind is not BulletinKind.WARNING:
        bulletin.country = None
        return
    if country not in COUNTRIES:
        sentence = said("请选择海外预警是哪个国家或者地区的。")
        raise Invalid(sentence, {"country": sentence})
    bulletin.country = country


def _refuse_private(bulletin: Bulletin) -> None:
    texts = _texts(bulletin)
    for language, proposals in propose(texts, _ABOUT).items():
        for found in proposals:
            if found.risk is Risk.BLOCKING:
                raise ActRefused(
                    said(
                        "%(text)s里还有不能公开的%(kind)s：“%(words)s”。请退回修改。",
                        text=language,
                        kind=MARK_KIND_LABELS[found.kind],
                        words=texts[language][found.begin : found.end],
                    )
                )


def _move(
    session: Session, bulletin: Bulletin, act: BulletinAct, actor: Account, now: dt.datetime, **changes: Any
) -> Bulletin:
    before = bulletin.state
    after = next_state(before, act)
    with session.no_autoflush:  # the state and what it needs reach the database together
        for name, value in (changes | {"state": after, "updated_at": now}).items():
            setattr(bulletin, name, value)
    data = {"from": before, "to": after}
    ledger.record(session, act=f"bulletin.{act}", subject=bulletin, actor=actor, now=now, data=data)
    return bulletin
