"""Sending the mail that requests left in the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from background.work import Work
from models.ports import Message
from shared.services import services


def send(works: Sequence[Work]) -> None:
    """Hands each mail to the mail server. One that dies after sending may send again: better twice than never."""
    for work in works:
        services().mailer.send(Message(**work.payload))
