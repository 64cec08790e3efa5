"""Sign-in for all accounts by Flask-Security: Argon2id, one-time passwords, recovery, session freshness.

Flask-Security reads and writes through the request's session; its own commit does nothing, for the edge commits. Its mail
goes to the outbox in the same transaction. Its views are given our forms, our words and our limits.
"""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_out
from flask_security import Security, hash_password
from flask_security.signals import password_changed, password_reset, user_authenticated
from werkzeug.exceptions import NotFound, UnsupportedMediaType

from config import Config
from models.errors import Invalid
from models.people.names import one_form
from models.people.operations import end_sessions
from models.people.sessions import end_session, is_ended
from models.people.tables import Account
from models.types import now_utc
from shared import sign_in_forms, sign_in_words
from shared.access import CLOSED, FRESH_FOR, PUBLIC, Access
from shared.account_store import Datastore, OneTimePasswords, OutboxMail, note
from shared.limits import address, limited
from shared.services import services

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
    "security.two_factor_setup": Access(is_fresh=True),
    "security.two_factor_setup_validate": Access(),
    "security.two_factor_token_validation": PUBLIC,  # reached between the password and the one-time password
    "security.two_factor_rescue": CLOSED,
    "security.tf_select": CLOSED,
    "security.mf_recovery": PUBLIC,
    "security.mf_recovery_codes": Access(is_fresh=True),
    "security.static": CLOSED,
}

TRIES_A_SECRET = (
    "security.login",
    "security.verify",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.change_password",
    "security.two_factor_setup_validate",
)
SIGN = "session_sign"  # in the cookie: which of the account's sessions this is
View = Callable[..., ResponseReturnValue]


def init_app(app: Flask, config: Config) -> None:
    """Adds sign-in, sign-out, recovery and one-time passwords under /sign-in."""
    app.config.update(_settings(config))
    app.config.update(sign_in_words.messages())
    Security(app, Datastore(), mail_util_cls=OutboxMail, totp_cls=OneTimePasswords, **sign_in_forms.FORMS)
    _leave_principal_out(app)
    for endpoint in TRIES_A_SECRET:
        app.view_functions[endpoint] = _slowed(app.view_functions[endpoint])
    recover = app.view_functions["security.forgot_password"]
    app.view_functions["security.forgot_password"] = _seldom(recover)
    app.before_request(_refuse_json)
    app.before_request(_refuse_second_code)
    app.jinja_env.filters["at_public_address"] = at_public_address
    _watch_sessions(app)
    user_authenticated.connect(_begin_session, app)
    user_logged_out.connect(_end_session, app)
    password_changed.connect(_note_password, app)
    password_reset.connect(_note_password, app)


def at_public_address(link: str) -> str:
    """A link for a mail: always to the configured address, whatever host the request claimed to be for."""
    parts = urlsplit(link)
    return services().config.public_url + parts.path + (f"?{parts.query}" if parts.query else "")


def hashed(password: str, *, field: str = "password") -> str:
    """The Argon2id hash of a new password; raises `Invalid` at `field` with a sentence when it is too weak."""
    problems, normal = current_app.extensions["security"].password_util.validate(password, False)
    if problems:
        raise Invalid(problems[0], {field: problems[0]})
    return str(hash_password(normal))


def _leave_principal_out(app: Flask) -> None:
    """Flask-Principal would ask the database who is signed in before every request, even /healthz, for nothing of ours."""
    before = app.before_request_funcs[None]
    before[:] = [function for function in before if function.__module__ != "flask_principal"]


def _refuse_json() -> None:
    """Flask-Security would also sign programs in; ours do so by tokens, and forms are what we check and count."""
    if request.blueprint == "security" and request.is_json:
        raise UnsupportedMediaType


def _refuse_second_code() -> None:
    """Flask-Security signs out whoever comes here signed in; a link from elsewhere should not be able to do that."""
    if request.endpoint == "security.two_factor_token_validation" and current_user.is_authenticated:
        raise NotFound


@cache
def _slowed(view: View) -> View:
    """The view with both limits on tries; made once, for limits belong to the function and not to the app."""
    return limited("sign_in")(limited("sign_in_account", key=_account_tried)(view))


@cache
def _seldom(view: View) -> View:
    return limited("recover")(view)


def _account_tried() -> str:
    """Whose secret is being tried, so that many addresses cannot share the guessing of one account."""
    if current_user and current_user.is_authenticated:
        return f"account:{current_user.id}"
    if "tf_user_id" in cookie:  # the password was right, now the second factor is tried
        return f"second factor:{cookie['tf_user_id']}"
    name = one_form(request.form.get("email", ""))
    return f"name:{name[:255]}" if name else address()


def _begin_session(_app: Flask, **_details: object) -> None:
    """A form token that somebody planted in the browser before sign-in is worth nothing after it."""
    for kept in (cookie, g):
        kept.pop("csrf_token", None)
    cookie[SIGN] = secrets.token_urlsafe(16)


def _end_session(_app: Flask, *, user: Any, **_details: object) -> None:
    """Whoever has a copy of the cookie is signed out too."""
    sign = cookie.pop(SIGN, None)
    if not isinstance(user, Account):
        return
    if sign is None:  # begun before sessions had signs: which one it is cannot be told
        end_sessions(user)
    else:
        end_session(user, sign=str(sign), now=now_utc())


def _watch_sessions(app: Flask) -> None:
    """Flask-Security knows whose session a cookie is; here it is asked whether that session is over."""
    manager = app.extensions["security"].login_manager
    known: Callable[[str], Account | None] = manager._user_callback

    def of_open_session(user_id: str) -> Account | None:
        found = known(user_id)
        if found is None or not is_ended(found, str(cookie.get(SIGN, ""))):
            return found
        cookie.pop("_user_id", None)  # so that it is not signed anew and outlives what is remembered of it
        return None

    manager.user_loader(of_open_session)


def _note_password(_app: Flask, *, user: Any, **_details: object) -> None:
    note(user, "account.password")


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
            {"email": {"mapper": one_form}}
        ],  # sign_in_forms looks names up
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
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 60,  # seconds by which a phone's clock may be wrong
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
        "SECURITY_RETURN_GENERIC_RESPONSES": False,  # our forms see to it, and keep what was typed
        "SECURITY_RESET_PASSWORD_WITHIN": dt.timedelta(hours=2),
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_FRESHNESS": FRESH_FOR,
        "SECURITY_FRESHNESS_GRACE_PERIOD": dt.timedelta(0),
        # Names of views and no paths, so that the language's prefix is kept.
        "SECURITY_POST_LOGIN_VIEW": "desk.after_sign_in",
        "SECURITY_POST_LOGOUT_VIEW": "home.home",
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
