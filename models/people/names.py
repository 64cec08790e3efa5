"""The one form in which names of accounts and e-mail addresses are kept and looked for."""

from __future__ import annotations

import unicodedata

from models.errors import Invalid

NAME_REASONS = {
    "no_username": "请填写账号名。",
    "odd_username": "账号名只能用文字、数字、点、横线和下划线。",
    "no_email": "请填写完整的邮箱地址，例如 name@example.org。",
}


def one_form(name: str) -> str:
    """NFKC, lower case, no white space around: ＡＢＣ typed with a Chinese keyboard is abc."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).lower()).strip()


def checked_username(name: str) -> str:
    """The name of a new account in its one form; raises `Invalid` where it could be mistaken for something else."""
    username = one_form(name)
    if not username:
        raise Invalid("账号没有建立。", {"username": NAME_REASONS["no_username"]})
    if not all(sign.isalnum() or sign in "._-" for sign in username):
        # A name with @ could be somebody else's address; one with blanks or hidden signs looks like another.
        raise Invalid("账号没有建立。", {"username": NAME_REASONS["odd_username"]})
    return username


def checked_email(address: str | None) -> str | None:
    """The address of a new account in its one form, None when there is none; raises `Invalid` when it is none."""
    email = one_form(address or "")
    name, _at, domain = email.rpartition("@")
    if email and (not name or not domain or "@" in name or any(sign.isspace() for sign in email)):
        raise Invalid("账号没有建立。", {"email": NAME_REASONS["no_email"]})
    return email or None
