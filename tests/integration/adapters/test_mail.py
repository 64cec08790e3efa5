"""Mail: to a server as it should be, to the log in development, nowhere in production without a server."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
from structlog.testing import capture_logs

from adapters.mail import ConsoleMailer, MailNotSetUp, NoMailer, SMTPMailer, mailer_for
from config import Config, Mail
from models.ports import Message

MESSAGE = Message(to="zhang.san@example.org", subject="设置新密码", body="请打开链接：\nhttp://localhost/x\n")


class _Server(socketserver.ThreadingTCPServer):
    """A mail server that takes everything, as far as SMTP without extensions goes."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[bytes] = []


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            verb = line.strip().upper()[:4]
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.taken.append(b"".join(lines))
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def settings(tmp_path: object) -> Mail:
    return replace(
        Config.from_env({"HUHANG_DATA": str(tmp_path)}).mail, kind="smtp", sender="护航 <desk@example.org>"
    )


def _only(server: _Server) -> EmailMessage:
    [raw] = server.taken
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def test_a_mail_arrives_as_it_was_written(server: _Server, settings: Mail) -> None:
    SMTPMailer(replace(settings, host="127.0.0.1", port=server.server_address[1])).send(MESSAGE)
    mail = _only(server)
    assert (mail["To"], mail["Subject"]) == (MESSAGE.to, MESSAGE.subject)
    assert mail["From"] == "护航 <desk@example.org>"
    assert mail.get_content().replace("\r\n", "\n") == MESSAGE.body
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["Date"].datetime is not None


@pytest.mark.parametrize("field", ["to", "subject"])
def test_no_line_break_smuggles_a_header_in(server: _Server, settings: Mail, field: str) -> None:
    mailer = SMTPMailer(replace(settings, host="127.0.0.1", port=server.server_address[1]))
    with pytest.raises(ValueError, match="linefeed"):
        mailer.send(replace(MESSAGE, **{field: "a@example.org\r\nBcc: evil@example.org"}))
    assert server.taken == []


def test_a_server_that_is_not_there_raises_so_that_it_is_tried_again(settings: Mail) -> None:
    with pytest.raises(OSError, match="refused"):
        SMTPMailer(replace(settings, host="127.0.0.1", port=1)).send(MESSAGE)


def test_development_shows_the_mail_in_the_log(settings: Mail) -> None:
    mailer = mailer_for(replace(settings, kind="console"), may_print=True)
    assert isinstance(mailer, ConsoleMailer)
    with capture_logs() as events:
        mailer.send(MESSAGE)
    assert events[0]["body"] == MESSAGE.body


def test_production_without_a_server_prints_nothing_and_loses_nothing(settings: Mail) -> None:
    mailer = mailer_for(replace(settings, kind="console"), may_print=False)
    assert isinstance(mailer, NoMailer)
    with capture_logs() as events, pytest.raises(MailNotSetUp):
        mailer.send(MESSAGE)
    assert events == []


def test_a_server_that_is_set_is_used_everywhere(settings: Mail) -> None:
    for may_print in (True, False):
        assert isinstance(mailer_for(settings, may_print=may_print), SMTPMailer)
