"""The vault: a filer's identity in an envelope of its own, sealed apart from the case, opened only with a reason.

Each filing has a data key; the master key only wraps data keys, so a new master key rewraps them without touching
the identities. A blind index of the phone and the identity number finds the same person again without showing who.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.codes.text import compact
from models.errors import Invalid
from models.filings import sealing
from models.filings.errors import IdentityAbsent, UnknownKey
from models.filings.kinds import OpeningReason
from models.filings.sealing import Keyring
from models.filings.submissions import Person
from models.filings.tables import Filing, Identity, IdentityOpening
from models.ledger import record
from models.ledger.operations import salted_digest
from models.people.tables import Account

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
        phone_index=keys.blind_index("phone", person.phone_digits) if person.phone_digits else None,
        id_number_index=keys.blind_index("id", compact(person.id_number)) if person.id_number else None,
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
    words = words.strip()
    if not words or len(words) > _LONGEST_WORDS:
        sentence = f"请写明查看身份信息的理由（{_LONGEST_WORDS} 字以内）。"
        raise Invalid(sentence, {"words": sentence})
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


def _unsealed(identity: Identity, owner: str, keys: Keyring) -> Person:
    if identity.key_id != keys.vault_key_id:
        raise UnknownKey(f"identity {identity.id} is sealed with key {identity.key_id}")
    data_key = sealing.unseal(keys.derived(_WRAP), identity.wrapped_key, belongs_to=owner)
    return Person.from_json(sealing.unseal(data_key, identity.ciphertext, belongs_to=owner))


def _owner(filing: Filing) -> str:
    return f"identity:{filing.reference}"
