"""What redaction refuses."""

from models.errors import ActRefused


class StillOpen(ActRefused):
    """Something that blocks publication is not decided."""
