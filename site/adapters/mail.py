"""Mail: by SMTP, or printed to the console in development."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

import structlog

from config import Mail
from models.ports import Mailer, Message

log = structlog.get_logger("huhang.mail")
_TIMEOUT_SECONDS = 20


class ConsoleMailer:
    """Shows the mail in the log, so that development and demos need no mail server."""

    def send(self, message: Message) -> None:
        log.info("mail", to=message.to, subject=message.subject, body=message.body)


class SMTPMailer:
    """Sends through a mail server; certificates are checked when TLS is on."""

    def __init__(self, settings: Mail) -> None:
        self._settings = settings

    def send(self, message: Message) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._settings.sender, message.to, message.subject
        mail.set_content(message.body)
        with smtplib.SMTP(self._settings.host, self._settings.port, timeout=_TIMEOUT_SECONDS) as server:
            if self._settings.use_tls:
                server.starttls(context=ssl.create_default_context())
            if self._settings.user:
                server.login(self._settings.user, self._settings.password)
            server.send_message(mail)


def mailer_for(settings: Mail) -> Mailer:
    """The mailer that the configuration names."""
    return SMTPMailer(settings) if settings.kind == "smtp" else ConsoleMailer()
