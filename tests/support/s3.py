"""A bucket of the test's own, in a server on this machine."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer

from config import S3


@contextmanager
def bucket(name: str = "huhang") -> Iterator[S3]:
    """Starts the server and makes the bucket; gives the settings by which it is reached."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        make = urllib.request.Request(f"{endpoint}/{name}", method="PUT")  # noqa: S310 - our own server
        urllib.request.urlopen(make, timeout=30).close()  # noqa: S310
        yield S3(name, "evidence", endpoint, "us-east-1", "key", "secret")
    finally:
        server.stop()
