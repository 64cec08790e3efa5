"""Text messages: through a gateway over HTTPS, or into the log in development. In production nothing is ever printed."""

from __future__ import annotations

import json
import urllib.request

import structlog

from models.ports import Text, Texter

log = structlog.get_logger("huhang.sms")
_TIMEOUT_SECONDS = 20


class ConsoleTexter:
    """Shows the message in the log, so that development and demos need no gateway."""

    def send(self, text: Text) -> None:
        log.info("sms", to=text.to, body=text.body)


class GatewayTexter:
    """Hands messages to a gateway as JSON; anything but a 2xx answer raises, and the outbox tries again."""

    def __init__(self, address: str, token: str) -> None:
        self._address, self._token = address, token

    def send(self, text: Text) -> None:
        body = json.dumps({"to": text.to, "text": text.body}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(  # noqa: S310 - the configuration allows http and https only
            self._address, data=body, headers=headers, method="POST"
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):  # noqa: S310 - the same
            return


def texter_for(address: str, token: str, *, may_print: bool) -> Texter | None:
    """The texter that the configuration names; None where there is no gateway and nothing may be printed."""
    if address:
        return GatewayTexter(address, token)
    return ConsoleTexter() if may_print else None
