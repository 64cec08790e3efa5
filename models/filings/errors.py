"""What filing refuses, each with a sentence that tells the filer how to go on."""

from models.errors import ActRefused, Invalid, NotFound


class WrongReferenceOrCode(NotFound):
    """No filing has this reference and this code together; which of the two is wrong is never said."""

    def __init__(self) -> None:
        super().__init__("登记编号与查询码不相符，请对照回执核对后再试。")


class IdentityRequired(Invalid):
    """A complaint cannot be anonymous (Order 121 Art 10)."""


class FileRefused(Invalid):
    """An attachment was not taken. `file_name` is its name as given, so that it can be told apart from the others."""

    def __init__(self, file_name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.file_name = file_name


class NoCopy(ActRefused):
    """There is no sanitised copy of the file, not yet or not at all."""


class IdentityAbsent(ActRefused):
    """The filing is anonymous, so there is no envelope to open."""


class UnknownKey(Exception):
    """A sealed value names a master key that this installation was not given."""
