"""Who may reach which view. Each view says so by one decorator; a view that says nothing is refused.

The decorators leave an `Access` on the view, so that one guard enforces it before every request and one test can walk
the URL map. Permissions that depend on the object are asked in the view: `authorise(Permission.CASE_ACCEPT, case)`.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import NotFound as NoSuchAddress
from werkzeug.exceptions import Unauthorized

from models.errors import NotAllowed, NotFound
from models.people.permissions import Concerned, Permission, can
from models.people.roles import AccountKind
from models.people.tables import Account
from models.people.tokens import Scope, token_by_secret
from models.types import now_utc
from shared import denials, second_factor
from shared.database import SAFE_METHODS, database
from shared.kept import words_kept
from shared.requests import wants_data

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True)
class Access:
    """What a view asks of the visitor: nothing, an account of a kind, one of some permissions; a fresh sign-in.

    With a `scope` it asks a program for a token that has it, and nobody's sign-in counts.
    """

    is_public: bool = False
    kind: AccountKind | None = None
    any_of: frozenset[Permission] = field(default_factory=frozenset)
    is_fresh: bool = False
    is_closed: bool = False
    scope: Scope | None = None

    def asks_password(self, method: str) -> bool:
        """Whether the password must have been given lately: where the view says so, and for all that is managed."""
        manages = any(permission.value.endswith(":manage") for permission in self.any_of)
        return self.is_fresh or (manages and method not in SAFE_METHODS)


PUBLIC = Access(is_public=True)
CLOSED = Access(is_closed=True)  # comes with a library and is not used: nobody may reach it
FRESH_FOR = dt.timedelta(minutes=15)
_ATTRIBUTE = "huhang_access"


def public(view: View) -> View:
    """Anyone may reach this view."""
    setattr(view, _ATTRIBUTE, PUBLIC)
    return view


def requires(*permissions: Permission, fresh: bool = False) -> Callable[[View], View]:
    """Staff who hold at least one of `permissions` somewhere may reach this view.

    With `fresh`, and for every act of an administrator, the password must have been given within the last quarter of
    an hour; else it is asked again. A form that was opened in time may be sent for a quarter of an hour longer, so that
    nothing typed is lost.
    """

    def mark(view: View) -> View:
        access = Access(kind=AccountKind.STAFF, any_of=frozenset(permissions), is_fresh=fresh)
        setattr(view, _ATTRIBUTE, access)
        return view

    return mark


def signed_in(kind: AccountKind | None = None, *, fresh: bool = False) -> Callable[[View], View]:
    """Anyone with an account (of `kind`, if given) may reach this view; with `fresh` as `requires` has it."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, Access(kind=kind, is_fresh=fresh))
        return view

    return mark


def needs_token(scope: Scope) -> Callable[[View], View]:
    """Programs with a token of this scope may reach this view; `token_id()` then says which token it was."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, Access(scope=scope))
        return view

    return mark


def token_id() -> int:
    """The number of the token that this request came with; only for views that need one."""
    return int(g.huhang_token)


def token_account_id() -> int | None:
    """Whose token this request came with; None for another office's, which is nobody's account."""
    number: int | None = g.huhang_token_account
    return number


def token_scopes() -> frozenset[str]:
    """What the token of this request may do."""
    return frozenset(g.huhang_scopes)


def init_app(app: Flask, foreign: dict[str, Access]) -> None:
    """Installs the guard. `foreign` declares the endpoints of libraries, whose views we can't decorate."""
    app.extensions["huhang_foreign_access"] = foreign
    app.before_request(_guard)


def access_of(app: Flask, endpoint: str) -> Access | None:
    """What `endpoint` declares, or None when it declares nothing."""
    foreign: dict[str, Access] = app.extensions["huhang_foreign_access"]
    declared = getattr(app.view_functions[endpoint], _ATTRIBUTE, None)
    return cast(Access | None, declared or foreign.get(endpoint))


def account() -> Account:
    """The account that is signed in; only for views that require one."""
    if not current_user.is_authenticated:
        raise Unauthorized
    return cast(Account, current_user._get_current_object())


def authorise(permission: Permission, thing: Concerned) -> None:
    """Refuses unless the visitor may use `permission` on `thing`; an object out of sight is as good as absent."""
    if can(account(), permission, thing):
        return
    denials.remember(account(), permission, thing)
    if permission.value.endswith(":view"):
        raise NotFound(_("没有找到您要的内容。"))
    raise NotAllowed(_("您没有办理这一事项的权限。"))


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:  # no such address: the router's own 404 follows
        return None
    access = access_of(current_app, request.endpoint)
    if access is None:
        raise NotAllowed(_("这个页面没有声明谁可以访问，因此不开放。"))
    if access.is_public:
        return None
    if access.is_closed:
        raise NoSuchAddress
    if access.scope is not None:
        g.huhang_token = _token_for(access.scope)
        return None
    if not current_user.is_authenticated:
        return _ask("security.login")
    _check(access, account())
    if request.blueprint != "security" and second_factor.is_missing(account()):
        return _ask("security.two_factor_setup", why=second_factor.why(), step=second_factor.step())
    if access.asks_password(request.method) and not _gave_password_lately():
        return _ask("security.verify")
    return None


def _token_for(scope: Scope) -> int:
    """Asked in a transaction of its own, before the body of the request is read: a stranger cannot make us keep one."""
    name, _space, secret = request.headers.get("Authorization", "").partition(" ")
    with database().reading() as session:
        token = token_by_secret(session, secret.strip(), now=now_utc()) if name.lower() == "bearer" else None
        if token is None:
            raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
        if scope.value not in token.scopes:
            raise NotAllowed(_("这个令牌没有办理这一事项的权限。"))
        g.huhang_scopes, g.huhang_token_account = tuple(token.scopes), token.account_id
        return token.id


def _gave_password_lately() -> bool:
    allowed = FRESH_FOR.total_seconds()
    methods = request.url_rule.methods if request.url_rule else None
    if request.method == "POST" and "GET" in (methods or ()):
        allowed *= 2  # the form stands at this same address, and was fresh when it was opened
    given_at = cookie.get("fs_paa")  # Flask-Security notes it at sign-in and when the password is asked again
    return isinstance(given_at, int | float) and 0 <= time.time() - given_at < allowed


def _ask(endpoint: str, *, why: str = "", step: str = "") -> ResponseReturnValue:
    """Sends a person to the page that asks who they are, and back afterwards; a program gets a 401."""
    if wants_data():
        raise Unauthorized
    where = url_for(endpoint, next=_way_back())
    words = why or _("登录已经过期，内容没有提交，但还在这个页面里。")
    return words_kept(401, words, where, step=step) or redirect(where, code=303)


def _way_back() -> str | None:
    """Where to go on afterwards, language prefix included: this page, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.script_root + request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return None
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def _check(access: Access, visitor: Account) -> None:
    if access.kind is not None and visitor.kind is not access.kind:
        raise NotAllowed(_("您的账号不能使用这个页面。"))
    if access.any_of and not any(can(visitor, permission) for permission in access.any_of):
        denials.remember(visitor, min(access.any_of))
        raise NotAllowed(_("您没有办理这一事项的权限。"))
