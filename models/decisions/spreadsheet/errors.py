"""What a file that is no table raises."""

from models.errors import DomainError


class UnreadableSpreadsheet(DomainError):
    """The file is no table that can be read; the sentence says what to do."""
