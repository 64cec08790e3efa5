"""Sign-in for all accounts by Flask-Security: Argon2id, one-time passwords, recovery, session freshness.

Flask-Security reads and writes through the request's session; its own commit does nothing, for the edge commits.
"""

from __future__ import annotations

import datetime as dt

from flask import Flask
from flask_babel import lazy_gettext as _
from flask_security import Security
from flask_security.datastore import SQLAlchemySessionUserDatastore

from config import Config
from models.people.tables import Account
from shared.access import PUBLIC, Access
from shared.database import session

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
    "security.two_factor_token_validation": PUBLIC,  # reached between password and one-time password
    "security.two_factor_rescue": PUBLIC,
    "security.mf_recovery": PUBLIC,
    "security.mf_recovery_codes": Access(),
    "security.static": PUBLIC,
}


class _NoRole:
    """Stands where Flask-Security wants a role model; our roles are models.people.permissions."""


class Datastore(SQLAlchemySessionUserDatastore):
    """Flask-Security's way to the accounts."""

    def __init__(self) -> None:
        super().__init__(session, Account, _NoRole)

    def commit(self) -> None:
        """Nothing: the request commits once, at its edge."""


def settings(config: Config) -> dict[str, object]:
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
        "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/sign-in/recovery-codes",
        "SECURITY_MF_RECOVERY_URL": "/sign-in/recovery",
        "SECURITY_REGISTERABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_FRESHNESS": dt.timedelta(minutes=15),
        "SECURITY_FRESHNESS_GRACE_PERIOD": dt.timedelta(minutes=15),
        "SECURITY_POST_LOGIN_VIEW": "/after-sign-in",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_EMAIL_SENDER": config.mail.sender,
        "SECURITY_MSG_UNAUTHENTICATED": (_("请先登录。"), "info"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.public_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": dt.timedelta(hours=10),
        "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open overnight; the token dies with the session
    }


def init_app(app: Flask, config: Config) -> None:
    """Adds sign-in, sign-out, recovery and one-time passwords under /sign-in."""
    app.config.update(settings(config))
    Security(app, Datastore())


def _identity(name: str) -> str | None:
    """Any name of 1–255 characters can be looked for; whether it exists is not told."""
    name = name.strip()
    return name if 0 < len(name) <= 255 else None
