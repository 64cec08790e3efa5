"""Rate limits by named policy. The figures are settings (config.RATE_POLICIES); this file says how they are counted."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_login import current_user
from limits import parse_many

from config import Config

View = TypeVar("View", bound=Callable[..., Any])
FREE = frozenset(
    {"static", "styles", "bootstrap.static", "operations.healthz", "operations.readyz", "operations.metrics"}
)


def address() -> str:
    """Whose tries are counted together: the account when signed in, else the network address."""
    if current_user and current_user.is_authenticated:
        return f"account:{current_user.id}"
    return network(request.remote_addr or "")


def network(remote: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one: a household has as many of those as it likes."""
    try:
        found = ipaddress.ip_address(remote)
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _default_policy() -> str:
    return _figure("work" if current_user and current_user.is_authenticated else "read")


# Counted in memory while the store of counts cannot be reached: fewer tries are found then, but some limit is left.
limiter = Limiter(
    address, default_limits=[_default_policy], headers_enabled=False, in_memory_fallback_enabled=True
)


@limiter.request_filter
def _is_free() -> bool:
    """Static files and the questions of balancers and monitors are not counted."""
    return request.endpoint in FREE


def init_app(app: Flask, config: Config) -> None:
    """Switches the limiter on, with the configured figures."""
    app.extensions["huhang_rate_policies"] = config.rate_policies
    app.extensions["huhang_office_networks"] = config.office_networks
    app.config["RATELIMIT_ENABLED"] = config.rate_limits
    app.config["RATELIMIT_STORAGE_URI"] = config.rate_limit_storage
    limiter.init_app(app)


def seconds_to_wait() -> int:
    """After how many seconds the limit that was just met lets the next try through."""
    met = limiter.current_limit
    return max(1, int(met.reset_at - time.time())) if met else 60


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
    """The policy's figure; more of it for an address that a whole office shares, so that nobody is locked out there."""
    figure, times = str(current_app.extensions["huhang_rate_policies"][policy]), _times()
    return figure if times == 1 else multiplied(figure, times)


@lru_cache(maxsize=256)
def multiplied(figure: str, times: int) -> str:
    """`20 per hour` ten times is `200 per 1 hour`; its form is that of the settings."""
    limits = parse_many(figure)
    return "; ".join(f"{one.amount * times} per {one.multiples} {one.GRANULARITY.name}" for one in limits)


def _times() -> int:
    networks = current_app.extensions["huhang_office_networks"]
    if not networks or (current_user and current_user.is_authenticated):
        return 1
    try:
        remote = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return 1
    remote = getattr(remote, "ipv4_mapped", None) or remote
    return max((times for network, times in networks if remote in network), default=1)
