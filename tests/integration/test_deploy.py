"""What `deploy/` holds is what a bureau copies: settings that exist, commands that exist, units and a proxy that work."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import KEY_NAMES, Config
from tests.support.running import free_port
from tests.support.sources import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
GUIDE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"(?:flask --app wsgi|^huhang|&& huhang) ((?:[a-z]+ ?)+)", re.MULTILINE)


def _settings() -> dict[str, str]:
    lines = (DEPLOY / "huhang.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_settings_are_those_of_a_site_in_production(tmp_path: Path) -> None:
    given = _settings()
    assert {name for name, value in given.items() if not value} == {
        *(f"HUHANG_{name}" for name in KEY_NAMES),
        "HUHANG_SMTP_PASSWORD",
    }
    keys = {f"HUHANG_{name}": f"{number:064x}" for number, name in enumerate(KEY_NAMES, 1)}
    config = Config.from_env({**given, **keys, "HUHANG_DATA": str(tmp_path)})
    assert config.is_production
    assert config.trusted_proxies == 1


def test_the_settings_exist() -> None:
    text = (DEPLOY / "huhang.env").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?(HUHANG_[A-Z0-9_]+)=", text, re.MULTILINE))
    documented = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert named
    assert not {name for name in named if f"| `{name}`" not in documented}


@pytest.mark.parametrize("text", [*(unit.read_text(encoding="utf-8") for unit in UNITS), GUIDE])
def test_the_commands_exist(app: Flask, text: str) -> None:
    for found in COMMAND.findall(text):
        command: Any = app.cli
        for word in found.split():
            command = command.commands[word] if hasattr(command, "commands") else command
        assert not hasattr(command, "commands"), f"“{found}” is a group of commands"


def test_the_guide_names_every_file() -> None:
    for path in (*UNITS, DEPLOY / "nginx.conf", DEPLOY / "huhang.env", DEPLOY / "huhang"):
        name = path.relative_to(ROOT).as_posix()
        assert name in GUIDE or f"{name.rsplit('.', 1)[0]}.*" in GUIDE, name


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/huhang/.venv", sys.prefix)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [analyze, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


class _Behind(BaseHTTPRequestHandler):
    """Answers with the headers that came to it."""

    def do_GET(self) -> None:
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode() * 20
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing."""


def _moved_into(folder: Path, behind: int, plain: int, tls: int) -> str:
    """Our file with ports and paths of a test."""
    ours = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/certs/huhang.pem": str(folder / "own.pem"),
        "/etc/ssl/private/huhang.key": str(folder / "own.key"),
        "/var/log/nginx/huhang.error.log": str(folder / "error.log"),
    }.items():
        assert old in ours
        ours = ours.replace(old, new)
    return ours


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int, Path]]:
    """nginx with our file before a server that tells what came to it: the ports of http and https, and the folder of its logs."""
    nginx, openssl = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin"), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    plain, tls = free_port(), free_port()
    behind = ThreadingHTTPServer(("127.0.0.1", 0), _Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    key, certificate = folder / "own.key", folder / "own.pem"
    subprocess.run(
        [
            *(
                openssl,
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    ours = _moved_into(folder, behind.server_port, plain, tls)
    temporary = "".join(
        f"{what}_temp_path {folder / what};\n"
        for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "main.conf"
    main.write_text(
        f"daemon off;\npid {folder / 'pid'};\nerror_log {folder / 'main.log'} crit;\nevents {{}}\n"
        f"http {{\naccess_log {folder / 'access.log'};\n{temporary}{ours}\n}}\n",
        encoding="utf-8",
    )
    running = subprocess.Popen([nginx, "-p", str(folder), "-c", str(main)])
    try:
        assert any(_answers(plain) or time.sleep(0.1) for _ in range(200))
        yield plain, tls, folder
    finally:
        running.terminate()
        running.wait(20)
        behind.shutdown()
        behind.server_close()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False


def _ask(
    port: int, path: str, *, source: str = "127.0.0.1", tls: bool = True, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    opened: HTTPConnection
    if tls:
        opened = HTTPSConnection("127.0.0.1", port, timeout=20, context=context, source_address=(source, 0))
    else:
        opened = HTTPConnection("127.0.0.1", port, timeout=20)
    with closing(opened) as connection:
        connection.request("GET", path, headers={"Host": "huhang.example.gov.cn", **headers})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def test_plain_http_leads_to_tls(proxy: tuple[int, int, Path]) -> None:
    status, headers, _body = _ask(proxy[0], "/track?next=1", tls=False)
    assert (status, headers["location"]) == (301, "https://huhang.example.gov.cn/track?next=1")


def test_what_a_visitor_claims_about_addresses_does_not_come_through(proxy: tuple[int, int, Path]) -> None:
    claims = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "gopher", "X-Forwarded-Host": "evil.example"}
    status, headers, body = _ask(proxy[1], "/", **claims, **{"Accept-Encoding": "gzip"})
    came = json.JSONDecoder().raw_decode(body.decode())[0]
    assert status == 200
    assert came["x-forwarded-for"] == "127.0.0.1"
    assert came["x-forwarded-proto"] == "https"
    assert came["x-forwarded-host"] == came["host"] == "huhang.example.gov.cn"
    assert "content-encoding" not in headers, "the length of a compressed page tells its secrets"


@pytest.mark.parametrize("path", ["/readyz", "/metrics", "/en/metrics", "/zh-hant//readyz", "/readyz?a=1"])
def test_what_machines_watch_is_not_for_everybody(proxy: tuple[int, int, Path], path: str) -> None:
    assert _ask(proxy[1], path)[0] == 200
    assert _ask(proxy[1], path, source="127.0.0.2")[0] == 403
    assert _ask(proxy[1], "/healthz", source="127.0.0.2")[0] == 200


def test_nobody_who_came_is_in_a_log(proxy: tuple[int, int, Path]) -> None:
    _plain, tls, folder = proxy
    _ask(tls, "/outside/a-secret-link")
    assert _ask(tls, "/too-long", **{"Content-Length": str(2**31)})[0] == 413
    for log in ("access.log", "error.log", "main.log"):
        path = folder / log
        assert not path.exists() or path.read_text(encoding="utf-8") == "", log
