"""`vault rotate`: everything opens before, in the middle and after; nothing opens that was tampered with."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from config import Config
from journey.keys import keyring
from models.cases.intake import receive
from models.errors import DomainError
from models.filings import vault
from models.filings.drafts import answers_of, new_token, save_answers
from models.filings.errors import UnknownKey
from models.filings.kinds import OpeningReason
from models.filings.sealing import Keyring
from models.filings.tables import Filing, Identity
from models.kinds import Track
from models.people.actors import FILER
from models.people.tables import Account
from tests.factories import NOW
from tests.support.cases import OPENED, Office, an_office
from tests.support.databases import SharedDatabase
from tests.support.filings import PERSON, a_submission

TAMPERED = (DomainError, InvalidTag, UnknownKey)


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def filings(app: Flask, session: Session, office: Office) -> list[Filing]:
    with app.app_context():
        made = [
            receive(
                session,
                submission=a_submission(Track.COMPLAINT, person=PERSON),
                actor=FILER,
                now=OPENED,
                keys=keyring(),
            ).filing
            for _number in range(3)
        ]
    session.commit()
    return made


def _keys(app: Flask) -> Keyring:
    with app.app_context():
        return keyring()


def _rotate(app: Flask, code: int = 0) -> Any:
    result = app.test_cli_runner().invoke(args=["vault", "rotate", "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def _restarted(config: Config, database: SharedDatabase) -> Flask:
    env = {"HUHANG_ENV": "testing", "HUHANG_DATA": str(config.data_dir), "HUHANG_RATE_LIMITS": "off"}
    return create_app(Config.from_env(env), database)


def _open(session: Session, filing: Filing, actor: Account, keys: Keyring) -> Any:
    return vault.open_identity(
        session, filing=filing, actor=actor, reason=OpeningReason.VERIFY, words="核对", now=NOW, keys=keys
    )


def test_a_new_key_opens_what_the_old_one_sealed(
    app: Flask,
    session: Session,
    office: Office,
    filings: list[Filing],
    config: Config,
    database: SharedDatabase,
) -> None:
    before = _keys(app)
    token = new_token()
    save_answers(session, token=token, answers={"facts": {"x": "y"}}, now=NOW, keys=before)
    session.commit()
    done = _rotate(app)
    assert (done["rewrapped"], done["drafts"], done["left"]) == (3, 1, {})
    assert done["in_use"] != before.vault_key_id
    session.expire_all()
    after = _keys(_restarted(config, database))
    assert after.vault_key_id == done["in_use"]
    only_new = Keyring(after.code_key, after.vault_key, after.signing_key)
    for filing in filings:
        assert _open(session, filing, office.intake, only_new) == PERSON
    assert answers_of(session, token, now=NOW, keys=only_new) == {"facts": {"x": "y"}}
    index = only_new.blind_index("phone", PERSON.phone_digits)
    assert len(session.scalars(select(Identity).where(Identity.phone_index == index)).all()) == 3
    with pytest.raises(UnknownKey):
        _open(session, filings[0], office.intake, before)


def test_in_the_middle_both_keys_open_and_it_goes_on_where_it_stopped(
    session: Session, app: Flask, office: Office, filings: list[Filing]
) -> None:
    old = _keys(app)
    both = Keyring(old.code_key, bytes(32), old.signing_key, (old.vault_key,))
    assert vault.rewrap(session, keys=both, limit=2) == 2
    assert sorted(vault.key_ids(session).values()) == [1, 2]
    for filing in filings:
        assert _open(session, filing, office.intake, both) == PERSON
    found = Identity.phone_index.in_(both.blind_indexes("phone", PERSON.phone_digits))
    assert len(session.scalars(select(Identity).where(found)).all()) == 3, "found under both keys"
    assert vault.rewrap(session, keys=both, limit=2) == 1
    assert vault.rewrap(session, keys=both, limit=2) == 0


def test_what_a_lost_key_wraps_is_left_alone_and_told(
    session: Session, app: Flask, filings: list[Filing], config: Config, database: SharedDatabase
) -> None:
    filings[0].identity.key_id = "0" * 16  # type: ignore[union-attr]
    session.commit()
    done = _rotate(app, code=1)
    assert (done["rewrapped"], done["left"]) == (2, {"0" * 16: 1})
    shown = _restarted(config, database).test_cli_runner().invoke(args=["vault", "status", "--json"])
    assert shown.exit_code == 1
    states = {row["key_id"]: row["state"] for row in json.loads(shown.stdout)["keys"]}
    assert states == {"0" * 16: "unknown", done["in_use"]: "present"}


def test_in_production_the_old_key_has_to_be_named(app: Flask, config: Config, filings: list[Filing]) -> None:
    (config.data_dir / "keys" / "vault_key").unlink()
    refused = app.test_cli_runner().invoke(args=["vault", "rotate"])
    assert refused.exit_code == 2
    assert "HUHANG_OLD_VAULT_KEYS" in refused.output


@pytest.mark.parametrize("column", ["ciphertext", "wrapped_key"])
@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_bit_opens_nothing(
    session: Session, app: Flask, office: Office, filings: list[Filing], column: str, place: int
) -> None:
    identity = filings[0].identity
    changed = bytearray(getattr(identity, column))
    changed[place] ^= 1
    setattr(identity, column, bytes(changed))
    with pytest.raises(TAMPERED):
        _open(session, filings[0], office.intake, _keys(app))


def test_an_envelope_in_another_place_opens_nothing(
    session: Session, app: Flask, office: Office, filings: list[Filing]
) -> None:
    first, second = filings[0].identity, filings[1].identity
    assert first is not None
    assert second is not None
    first.wrapped_key, first.ciphertext = second.wrapped_key, second.ciphertext
    with pytest.raises(TAMPERED):
        _open(session, filings[0], office.intake, _keys(app))
    first.key_id = "f" * 16
    with pytest.raises(UnknownKey):
        _open(session, filings[0], office.intake, _keys(app))
