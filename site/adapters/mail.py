"""Mail: by SMTP, or printed to the console in development. In production nothing of a mail is ever printed."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import structlog

from config import Mail
from models.ports import Mailer, Message

log = structlog.get_logger("huhang.mail")
_TIMEOUT_SECONDS = 20


class ConsoleMailer:
    """Shows the mail in the log, so that development and demos need no mail server."""

    def send(self, message: Message) -> None:
        log.info("mail", to=message.to, subject=message.subject, body=message.body)


class NoMailer:
    """Stands in production where no mail server is set: it refuses, so that mail waits for one and is not lost."""

    def send(self, message: Message) -> None:
        raise MailNotSetUp


class MailNotSetUp(Exception):
    """HUHANG_MAIL is `console`, which in production would put addresses and links into the log."""


class SMTPMailer:
    """Sends through a mail server; certificates are checked when TLS is on."""

    def __init__(self, settings: Mail) -> None:
        self._settings = settings

    def send(self, message: Message) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._settings.sender, message.to, message.subject
        mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=_domain(self._settings.sender))
        mail["Auto-Submitted"] = "auto-generated"  # so that nobody's absence note answers it
        for name, value in message.headers.items():
            mail[name] = value
        mail.set_content(message.body)
        with smtplib.SMTP(self._settings.host, self._settings.port, timeout=_TIMEOUT_SECONDS) as server:
            if self._settings.use_tls:
                server.starttls(context=ssl.create_default_context())
            if self._settings.user:
                server.login(self._settings.user, self._settings.password)
            server.send_message(mail)


def mailer_for(settings: Mail, *, may_print: bool) -> Mailer:
    """The mailer that the configuration names; `may_print` only where the log is read by its own developer."""
    if settings.kind == "smtp":
        return SMTPMailer(settings)
    return ConsoleMailer() if may_print else NoMailer()


def _domain(sender: str) -> str:
    return sender.rpartition("@")[2].rstrip(">") or "localhost"
