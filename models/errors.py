"""Domain errors. Each carries a sentence that a person can act on; the web edge maps the kinds to statuses once."""

ENTRY_HAS_CHANGED = "这里的内容刚刚又有了变化，您的修改没有保存。请看过最新情况再修改。"
"""Of a row that was written between reading and writing: by a colleague, or by a second click of the same person."""


class DomainError(Exception):
    """Something that the rules do not allow. `sentence` is shown to the person, so it is written for them."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(DomainError):
    """There is no such thing, or the person may not know that there is."""


class NotAllowed(DomainError):
    """The person may not do this."""


class ActRefused(DomainError):
    """The act is not possible in the present state, or lacks something that the rules require."""


class Conflict(DomainError):
    """The same thing was changed in the meantime: by somebody else, or by the same person's second click."""


class Invalid(DomainError):
    """The data given is wrong. `errors` maps field names to sentences."""

    def __init__(self, sentence: str, errors: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.errors = errors or {}


class Gone(DomainError):
    """The thing was public once and has ended."""
