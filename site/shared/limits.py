"""Rate limits by named policy. The figures are settings (config.RATE_POLICIES); this file says how they are counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_login import current_user

from config import Config

View = TypeVar("View", bound=Callable[..., Any])


def address() -> str:
    """Whose tries are counted together: the account when signed in, else the network address."""
    if current_user and current_user.is_authenticated:
        return f"account:{current_user.id}"
    return request.remote_addr or "unknown"


limiter = Limiter(
    address, default_limits=[lambda: _figure("read")], headers_enabled=False, swallow_errors=True
)


def init_app(app: Flask, config: Config) -> None:
    """Switches the limiter on; staff work and static files don't count as public reading."""
    app.extensions["huhang_rate_policies"] = config.rate_policies
    app.config["RATELIMIT_ENABLED"] = config.rate_limits
    app.config["RATELIMIT_STORAGE_URI"] = config.rate_limit_storage
    limiter.init_app(app)
    limiter.request_filter(lambda: request.endpoint in ("static", "bootstrap.static", "operations.healthz"))


def limited(
    policy: str, *, key: Callable[[], str] | None = None, unsafe_only: bool = True
) -> Callable[[View], View]:
    """Counts requests to the view under the named policy, besides others that it has."""
    methods = ["POST", "PUT", "PATCH", "DELETE"] if unsafe_only else None

    def mark(view: View) -> View:
        kept = getattr(view, "huhang_access", None)
        wrapped = limiter.limit(
            lambda: _figure(policy), key_func=key, methods=methods, override_defaults=False, scope=policy
        )(view)
        if kept is not None:
            wrapped.huhang_access = kept
        return cast(View, wrapped)

    return mark


def _figure(policy: str) -> str:
    return str(current_app.extensions["huhang_rate_policies"][policy])
