"""Who may reach which view. Each view says so by one decorator; a view that says nothing is refused.

The decorators leave an `Access` on the view, so that one guard enforces it before every request and one test can walk
the URL map. Permissions that depend on the object are asked in the view: `authorise(Permission.CASE_ACCEPT, case)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security.utils import check_and_update_authn_fresh
from werkzeug.exceptions import Unauthorized

from models.errors import NotAllowed, NotFound
from models.people.permissions import Concerned, Permission, can
from models.people.roles import AccountKind
from models.people.tables import Account
from shared.requests import wants_data

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True)
class Access:
    """What a view asks of the visitor: nothing, an account of a kind, one of some permissions; a fresh sign-in."""

    is_public: bool = False
    kind: AccountKind | None = None
    any_of: frozenset[Permission] = field(default_factory=frozenset)
    is_fresh: bool = False


PUBLIC = Access(is_public=True)
FRESH_FOR = dt.timedelta(minutes=15)
_ATTRIBUTE = "huhang_access"


def public(view: View) -> View:
    """Anyone may reach this view."""
    setattr(view, _ATTRIBUTE, PUBLIC)
    return view


def requires(*permissions: Permission, fresh: bool = False) -> Callable[[View], View]:
    """Staff who hold at least one of `permissions` somewhere may reach this view.

    With `fresh` the password must have been given within the last quarter of an hour; else it is asked again.
    """

    def mark(view: View) -> View:
        access = Access(kind=AccountKind.STAFF, any_of=frozenset(permissions), is_fresh=fresh)
        setattr(view, _ATTRIBUTE, access)
        return view

    return mark


def signed_in(kind: AccountKind | None = None) -> Callable[[View], View]:
    """Anyone with an account (of `kind`, if given) may reach this view."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, Access(kind=kind))
        return view

    return mark


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
    if permission.value.endswith(":view"):
        raise NotFound("没有找到您要的内容。")
    raise NotAllowed("您没有办理这一事项的权限。")


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:  # no such address: the router's own 404 follows
        return None
    access = access_of(current_app, request.endpoint)
    if access is None:
        raise NotAllowed("这个页面没有声明谁可以访问，因此不开放。")
    if access.is_public:
        return None
    if not current_user.is_authenticated:
        return _ask("security.login")
    _check(access, account())
    if access.is_fresh and not check_and_update_authn_fresh(FRESH_FOR, FRESH_FOR):
        return _ask("security.verify")
    return None


def _ask(endpoint: str) -> ResponseReturnValue:
    """Sends a person to the page that asks who they are, and back afterwards; a program gets a 401."""
    if wants_data():
        raise Unauthorized
    back = request.full_path.rstrip("?") if request.method == "GET" else request.referrer
    return redirect(url_for(endpoint, next=back), code=303)


def _check(access: Access, visitor: Account) -> None:
    if access.kind is not None and visitor.kind is not access.kind:
        raise NotAllowed("您的账号不能使用这个页面。")
    if access.any_of and not any(can(visitor, permission) for permission in access.any_of):
        raise NotAllowed("您没有办理这一事项的权限。")
