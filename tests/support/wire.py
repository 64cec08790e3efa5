"""A visitor on the wire, without a browser: cookies, form tokens and files over HTTP to a real server."""

from __future__ import annotations

import http.client
import re
import secrets
import urllib.request
from collections.abc import Mapping
from email.message import Message
from http.cookiejar import CookieJar
from typing import IO
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other."""

    def redirect_request(self, *_: object) -> None:
        return None

    def http_error_303(
        self, request: urllib.request.Request, answer: IO[bytes], code: int, message: str, headers: Message
    ) -> IO[bytes]:
        return answer

    http_error_302 = http_error_303


class Wire:
    """One visitor. What goes wrong on the way is an OSError or an HTTPException, as the server's death leaves it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), _StayHere())
        self.token = ""

    def get(self, path: str) -> str:
        """The page; its form token is kept for the next posts."""
        with self._opener.open(self.address + path, timeout=60) as answer:
            page = str(answer.read().decode())
        found = TOKEN.search(page)
        self.token = found[1] if found else self.token
        return page

    def post(self, path: str, **fields: str) -> str:
        """Sends a form; gives where the answer leads, "" when it leads nowhere."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self._send(path, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> str:
        """Sends a form with a file in the field `files`."""
        edge = secrets.token_hex(16)
        parts = [_part(edge, f'name="{field}"', value) for field, value in self._with_token(fields).items()]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = b"".join(parts) + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._send(path, body, f"multipart/form-data; boundary={edge}")

    def _with_token(self, fields: Mapping[str, str]) -> dict[str, str]:
        return {"csrf_token": self.token, **fields}

    def _send(self, path: str, body: bytes, kind: str) -> str:
        request = urllib.request.Request(  # noqa: S310 our own server
            self.address + path, data=body, headers={"Content-Type": kind, "Referer": self.address}
        )
        with self._opener.open(request, timeout=60) as answer:
            location = answer.headers.get("Location", "")
            answer.read()
        return str(location).removeprefix(self.address)


def _part(edge: str, name: str, value: str) -> bytes:
    return f"--{edge}\r\nContent-Disposition: form-data; {name}\r\n\r\n{value}\r\n".encode()


LOST = (OSError, http.client.HTTPException)
