"""What clients send that no browser of today would: the server itself answers, not only the application."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Site


def ask(site: Site, request: bytes) -> bytes:
    """The raw answer to a raw request."""
    address = urlsplit(site.address)
    with socket.create_connection((str(address.hostname), address.port or 80), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def get(site: Site, target: bytes) -> bytes:
    return ask(site, b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_letters_in_an_address_need_no_encoding(site: Site, encoding: str) -> None:
    answer = get(site, "/decisions?q=商标".encode(encoding))
    assert answer.startswith(b"HTTP/1.1 200")
    assert 'value="商标"'.encode() in answer


@pytest.mark.parametrize("target", [b"/\x00", b"/a b", b"/\x7f", b"/a\tb"])
def test_what_could_split_a_request_is_refused(site: Site, target: bytes) -> None:
    assert get(site, target).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("target", "status"), [("/商标".encode(), b"404"), (b"/\xff", b"404"), (b"/decisions?q=\xff", b"200")]
)
def test_letters_that_mean_nothing_are_answered_by_a_page(site: Site, target: bytes, status: bytes) -> None:
    answer = get(site, target)
    assert answer.split(b" ")[1] == status
    assert b"<!doctype html>" in answer.lower()


def test_the_counts_of_all_web_processes_meet(site: Site) -> None:
    def counted() -> float:
        text = get(site, b"/metrics").partition(b"\r\n\r\n")[2].decode()
        line = next(
            (line for line in text.splitlines() if 'route="/about"' in line and "requests_total" in line), "0"
        )
        return float(line.rpartition(" ")[2])

    before = counted()
    for _ in range(12):
        get(site, b"/about")
    assert counted() == before + 12
