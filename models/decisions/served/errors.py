"""Why a served text can't be taken in."""

from models.errors import DomainError


class UnreadableDocument(DomainError):
    """The file is no document that can be read; the sentence says what to do."""
