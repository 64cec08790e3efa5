"""Security headers on every answer, with a fresh nonce for the page's own scripts and styles."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request
from flask import session as cookie

PRIVATE_PATHS = (
    "/account",
    "/admin",
    "/casework",
    "/expert",
    "/file",
    "/outside",
    "/oversight",
    "/receipt",
    "/respond",
    "/sign-",
    "/track",
)


def init_app(app: Flask) -> None:
    """Adds the headers, and `csp_nonce()` for templates."""
    app.after_request(_add)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    """The nonce of this answer; the same each time it is asked during one request."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _add(response: Response) -> Response:
    headers = response.headers
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    policy = (
        f"default-src 'none'; script-src 'self'{nonce}; style-src 'self'{nonce}; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; object-src 'none'"
    )
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.path.startswith(PRIVATE_PATHS):
        headers["Cache-Control"] = "no-store"
    elif request.endpoint not in ("static", "styles"):
        # The frame of a page names whoever is signed in: nobody else's cache keeps it.
        headers.setdefault("Cache-Control", "private, no-cache" if "_user_id" in cookie else "no-cache")
    return response
