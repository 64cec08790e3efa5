"""Sign-in for all accounts by Flask-Security: Argon2id, one-time passwords, recovery, session freshness.

Flask-Security reads and writes through the request's session; its own commit does nothing, for the edge commits. Its mail
goes to the outbox in the same transaction. Its views are given our forms, our words and our limits.
"""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from typing import Any

from flask import Flask, current_app, request
from flask_security import MailUtil, Security, hash_password
from flask_security.datastore import SQLAlchemySessionUserDatastore

from config import Config
from models import outbox
from models.errors import Invalid
from models.people.operations import normalise_username
from models.people.tables import Account
from models.types import now_utc
from shared import sign_in_forms, sign_in_words
from shared.access import FRESH_FOR, PUBLIC, Access
from shared.database import session
from shared.limits import limited

# The endpoints that Flask-Security brings; the guard asks this table about views that we can't decorate.
FOREIGN_ACCESS: dict[str, Access] = {
    "static": PUBLIC,
    "bootstrap.static": PUBLIC,
    "security.login": PUBLIC,
    "security.logout": PUBLIC,
    "security.verify": Access(),
    "security.change_password": Access(),
    "security.forgot_password": PUBLIC,
    "security.reset_password": PUBLIC,
    "security.two_factor_setup": Access(),
    "security.two_factor_setup_validate": Access(),
    "security.two_factor_token_validation": PUBLIC,  # reached between the password and the one-time password
    "security.two_factor_rescue": PUBLIC,
    "security.mf_recovery": PUBLIC,
    "security.mf_recovery_codes": Access(),
    "security.static": PUBLIC,
}

TRIES_A_SECRET = (
    "security.login",
    "security.verify",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.change_password",
)


class _NoRole:
    """Stands where Flask-Security wants a role model; our roles are models.people.permissions."""


class Datastore(SQLAlchemySessionUserDatastore):  # type: ignore[misc]
    """Flask-Security's way to the accounts."""

    def __init__(self) -> None:
        super().__init__(session, Account, _NoRole)

    def commit(self) -> None:
        """Nothing: the request commits once, at its edge."""


class OutboxMail(MailUtil):  # type: ignore[misc]
    """Leaves Flask-Security's mail in the outbox, so that it goes out only if the request is committed."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str,
        sender: str,
        body: str,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        payload = {"to": str(recipient), "subject": str(subject), "body": body}
        outbox.put(session, kind="mail", key=f"mail:{secrets.token_hex(16)}", payload=payload, now=now_utc())


def init_app(app: Flask, config: Config) -> None:
    """Adds sign-in, sign-out, recovery and one-time passwords under /sign-in."""
    app.config.update(_settings(config))
    app.config.update(sign_in_words.messages())
    Security(app, Datastore(), mail_util_cls=OutboxMail, **sign_in_forms.FORMS)
    for endpoint in TRIES_A_SECRET:
        view = limited("sign_in_account", key=_account_tried)(app.view_functions[endpoint])
        app.view_functions[endpoint] = limited("sign_in")(view)
    recover = app.view_functions["security.forgot_password"]
    app.view_functions["security.forgot_password"] = limited("recover")(recover)


def hashed(password: str, *, field: str = "password") -> str:
    """The Argon2id hash of a new password; raises `Invalid` at `field` with a sentence when it is too weak."""
    problems, normal = current_app.extensions["security"].password_util.validate(password, False)
    if problems:
        raise Invalid(problems[0], {field: problems[0]})
    return str(hash_password(normal))


def _account_tried() -> str:
    """Whose secret is being tried, so that many addresses cannot share the guessing of one account."""
    return f"name:{normalise_username(request.form.get('email', ''))[:100]}"


def _settings(config: Config) -> dict[str, object]:
    """Flask-Security's settings, as far as they differ from its own."""
    return {
        "SECRET_KEY": config.keys.secret_key,
        "SECURITY_PASSWORD_SALT": config.keys.password_salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["plaintext"],
        "SECURITY_PASSWORD_LENGTH_MIN": 10,
        "SECURITY_PASSWORD_CHECK_BREACHED": None,
        "SECURITY_TOTP_SECRETS": {"1": config.keys.totp_key},
        "SECURITY_TOTP_ISSUER": "Huhang",
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [
            {"username": {"mapper": _identity, "case_insensitive": True}},
            {"email": {"mapper": _identity, "case_insensitive": True}},
        ],
        "SECURITY_URL_PREFIX": None,
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_VERIFY_URL": "/sign-in/verify",
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_URL": "/sign-in/change-password",
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_URL": "/sign-in/recover",
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": False,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_SETUP_URL": "/sign-in/one-time-password",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [_fernet_key(config.keys.totp_key)],
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/sign-in/recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
        "SECURITY_REGISTERABLE": False,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_CLI_USERS_NAME": None,  # `flask user …` is ours
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_FRESHNESS": FRESH_FOR,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH_FOR,
        "SECURITY_POST_LOGIN_VIEW": "/after-sign-in",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_EMAIL_SENDER": config.mail.sender,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.public_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": dt.timedelta(hours=10),
        "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open overnight; the token dies with the session
    }


def _fernet_key(key: str) -> bytes:
    """A key of ours in the form that Fernet wants; it encrypts recovery codes in the database."""
    return base64.urlsafe_b64encode(bytes.fromhex(key))


def _identity(name: str) -> str | None:
    """Any name of 1–255 characters can be looked for; whether it exists is not told."""
    name = name.strip()
    return name if 0 < len(name) <= 255 else None
