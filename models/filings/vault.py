"""The vault: a filer's identity in an envelope of its own, sealed apart from the case, opened only with a reason.

Each filing has a data key; the master key only wraps data keys, so a new master key rewraps them without touching
the identities. A blind index of the phone and the identity number finds the same person again without showing who.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.codes.text import compact
from models.errors import Invalid
from models.filings import sealing
from models.filings.addresses import normalise_address
from models.filings.errors import IdentityAbsent, UnknownKey
from models.filings.kinds import Notice, OpeningReason
from models.filings.sealing import Keyring, key_id_of
from models.filings.submissions import Person
from models.filings.tables import Filing, Identity, IdentityOpening
from models.ledger import record
from models.ledger.operations import Acts, salted_digest
from models.people.actors import System
from models.people.tables import Account
from models.wording import said

_WRAP = "identity-wrap"
_LONGEST_WORDS = 500


def seal(session: Session, *, filing: Filing, person: Person, keys: Keyring, now: dt.datetime) -> Identity:
    """Puts the filer's identity into the envelope of `filing`."""
    owner = _owner(filing)
    data_key = sealing.new_key()
    identity = Identity(
        filing=filing,
        key_id=keys.vault_key_id,
        wrapped_key=sealing.seal(keys.derived(_WRAP), data_key, belongs_to=owner),
        ciphertext=sealing.seal(data_key, person.to_json(), belongs_to=owner),
        phone_index=_index(keys, "phone", person.phone_digits),
        id_number_index=_index(keys, "id", compact(person.id_number)),
        address_index=_address_index(keys, person),
        sealed_at=now,
    )
    session.add(identity)
    return identity


def open_identity(
    session: Session,
    *,
    filing: Filing,
    actor: Account,
    reason: OpeningReason,
    words: str,
    now: dt.datetime,
    keys: Keyring,
) -> Person:
    """The filer of `filing`. Who opened it, when, and why in `words` is kept, and the ledger has the event.

    Raises `IdentityAbsent` for an anonymous filing and `Invalid` when no words are given. The caller has asked for the
    permission case:identify before.
    """
    words = opening_words(words)
    identity = filing.identity
    if identity is None:
        raise IdentityAbsent("这是匿名举报，没有身份信息。")
    opening = IdentityOpening(
        identity_id=identity.id, account_id=actor.id, reason=reason, words=words, opened_at=now
    )
    session.add(opening)
    session.flush()
    data = {"opening": opening.id, "reason": reason.value, "words": salted_digest(words)}
    record(session, act="open_identity", subject=filing, actor=actor, now=now, data=data)
    return _unsealed(identity, _owner(filing), keys)


def opening_words(words: str) -> str:
    """Why an envelope is to be opened, without blanks around it; Invalid when nothing is said or too much."""
    tidy = words.strip()
    if not tidy or len(tidy) > _LONGEST_WORDS:
        sentence = said("请写明查看身份信息的理由（%(most)s 字以内）。", most=_LONGEST_WORDS)
        raise Invalid(sentence, {"words": sentence})
    return tidy


def agreed_notices(filing: Filing) -> list[Notice]:
    """By which ways the filer agreed to be told of news, unless they have taken it back."""
    identity = filing.identity
    if identity is None or identity.notices_stopped_at is not None:
        return []
    return [way for way in Notice if way.value in filing.data.get("notify", [])]


def addresses_for_notice(
    session: Session, *, filing: Filing, actor: System, now: dt.datetime, keys: Keyring
) -> dict[Notice, str]:
    """Where the filer agreed to be told that there is news: the system's own way into the envelope, on record.

    Only what they agreed to comes out; officers open envelopes by `open_identity`.
    """
    identity, ways = filing.identity, agreed_notices(filing)
    if identity is None or not ways:
        return {}
    record(session, act="address_notice", subject=filing, actor=actor, now=now, data={"ways": ways})
    person = _unsealed(identity, _owner(filing), keys)
    known = {Notice.EMAIL: person.email, Notice.SMS: person.phone_digits}
    return {way: known[way] for way in ways if known[way]}


def stop_notices(session: Session, *, filing: Filing, actor: Acts, now: dt.datetime) -> None:
    """The filer takes back the consent to be told of news (个人信息保护法 Art 15). Saying so twice changes nothing."""
    if filing.identity is None or filing.identity.notices_stopped_at is not None:
        return
    filing.identity.notices_stopped_at = now
    record(session, act="stop_notices", subject=filing, actor=actor, now=now)


def rewrap(session: Session, *, keys: Keyring, limit: int) -> int:
    """Wraps the data keys of up to `limit` identities under the present vault key; returns how many there were.

    The identities stay as they are, apart from the blind indexes, which belong to a vault key too. Whoever stops in the
    middle goes on later: rows of both keys open meanwhile. Those of a key that is not at hand are left alone (`key_ids`).
    """
    known = [key_id_of(key) for key in keys.old_vault_keys]
    old = select(Identity).where(Identity.key_id.in_(known), Identity.key_id != keys.vault_key_id)
    batch = list(session.scalars(old.options(joinedload(Identity.filing)).order_by(Identity.id).limit(limit)))
    for identity in batch:
        owner = _owner(identity.filing)
        data_key = _data_key(identity, owner, keys)
        person = Person.from_json(sealing.unseal(data_key, identity.ciphertext, belongs_to=owner))
        identity.wrapped_key = sealing.seal(keys.derived(_WRAP), data_key, belongs_to=owner)
        identity.phone_index = _index(keys, "phone", person.phone_digits)
        identity.id_number_index = _index(keys, "id", compact(person.id_number))
        identity.address_index = _address_index(keys, person)
        identity.key_id = keys.vault_key_id
    session.flush()
    return len(batch)


def index_addresses(session: Session, *, keys: Keyring, limit: int, actor: Acts, now: dt.datetime) -> int:
    """Makes the address index of envelopes sealed before there was one; returns how many. A program opens, nobody reads.

    Those whose key is not at hand are left alone.
    """
    known = [key_id_of(key) for key in keys.vault_keys]
    wanted = select(Identity).where(Identity.address_index.is_(None), Identity.key_id.in_(known))
    batch = list(
        session.scalars(wanted.options(joinedload(Identity.filing)).order_by(Identity.id).limit(limit))
    )
    for identity in batch:
        master = keys.vault_key_named(identity.key_id)
        person = _unsealed(identity, _owner(identity.filing), keys)
        identity.address_index = _address_index(keys, person, master)
    session.flush()
    if batch:
        data = {"first": batch[0].id, "count": len(batch)}
        record(session, act="vault.index_addresses", subject=batch[-1], actor=actor, now=now, data=data)
    return len(batch)


def key_ids(session: Session) -> dict[str, int]:
    """How many identities each vault key wraps, by the key's name."""
    figures = select(Identity.key_id, func.count()).group_by(Identity.key_id).order_by(Identity.key_id)
    return {str(key_id): int(count) for key_id, count in session.execute(figures)}


def newest_identity(session: Session) -> Identity | None:
    """The envelope sealed last; the ledger's event about all of them hangs on it."""
    return session.scalar(select(Identity).order_by(Identity.id.desc()).limit(1))


def _unsealed(identity: Identity, owner: str, keys: Keyring) -> Person:
    data_key = _data_key(identity, owner, keys)
    return Person.from_json(sealing.unseal(data_key, identity.ciphertext, belongs_to=owner))


def _data_key(identity: Identity, owner: str, keys: Keyring) -> bytes:
    master = keys.vault_key_named(identity.key_id)
    if master is None:
        raise UnknownKey(f"identity {identity.id} is sealed with key {identity.key_id}")
    return sealing.unseal(keys.derived(_WRAP, master), identity.wrapped_key, belongs_to=owner)


def _index(keys: Keyring, kind: str, value: str) -> str | None:
    return keys.blind_index(kind, value) if value else None


def _address_index(keys: Keyring, person: Person, master: bytes | None = None) -> str:
    place = normalise_address(person.address)
    return keys.blind_index("address", place, master) if place else ""


def _owner(filing: Filing) -> str:
    return f"identity:{filing.reference}"
