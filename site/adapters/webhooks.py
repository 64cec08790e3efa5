"""Calling somebody else's server: never one of our own network's, never further than asked, never for long.

The name is resolved here, every address that it has is looked at, and the connection goes to the very address that was
looked at, so that a name cannot change its mind in between. Redirects are not followed: they are a failure.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from urllib.parse import urlsplit

SECONDS = 8.0


class CallRefused(Exception):
    """The address leads where nothing is called; the words say why."""


def call(
    address: str, body: bytes, headers: Mapping[str, str], *, is_strict: bool, seconds: float = SECONDS
) -> int:
    """Posts `body`; returns the status. Raises `CallRefused`, `OSError` (also for time that ran out) and HTTPException.

    `is_strict`: https, and public addresses only. Nothing of the answer but its status is read.
    """
    parts = urlsplit(address)
    if is_strict and parts.scheme != "https":
        raise CallRefused("https")
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    raw = _open(host, port, is_strict=is_strict, seconds=seconds)
    connection.sock = raw
    stop = threading.Timer(seconds, _cut, [raw])  # a server that answers drop by drop keeps within no timeout
    stop.start()
    try:
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body=body, headers=dict(headers))
        return connection.getresponse().status
    finally:
        stop.cancel()
        connection.close()
        raw.close()


def public_addresses(host: str, port: int) -> list[str]:
    """The addresses of a name, all of them public; `CallRefused` if one is not: private, loopback, link-local, reserved."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for one in found:
        if not is_public(one):
            raise CallRefused("not public")
    return found


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet; what wraps an IPv4 address is judged by that one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


def _open(host: str, port: int, *, is_strict: bool, seconds: float) -> socket.socket:
    if not is_strict:
        return socket.create_connection((host, port), timeout=seconds)
    last: OSError = OSError("no address")
    for address in public_addresses(host, port):
        try:
            return socket.create_connection((address, port), timeout=seconds)
        except OSError as error:
            last = error
    raise last


def _cut(raw: socket.socket) -> None:
    with contextlib.suppress(OSError):
        raw.shutdown(socket.SHUT_RDWR)
