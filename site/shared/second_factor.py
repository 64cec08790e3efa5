"""Who has to set a one-time password up before anything else: whoever holds a role that the bureau named for it.

The profile says which (`[sign_in] second_factor`); nobody is locked out by it: the page to set one up is where they land.
"""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _

from models.people.tables import Account
from shared.services import services


def init_app(app: Flask) -> None:
    """Lets templates ask."""
    app.jinja_env.globals.update(
        wants_second_factor=is_wanted, lacks_second_factor=is_missing, why_second_factor=why
    )


def is_wanted(visitor: Account) -> bool:
    """Whether one of the account's roles asks for it."""
    wanted = services().bureau.sign_in.second_factor
    return bool(wanted) and any(one.role in wanted for one in visitor.assignments)


def is_missing(visitor: Account) -> bool:
    """Whether it is wanted and has not been set up yet."""
    return visitor.tf_primary_method is None and is_wanted(visitor)


def why() -> str:
    """What a person is told who is sent to set it up."""
    return str(_("按本局规定，您的岗位登录时还要填动态口令。请先设置，设好后继续。"))


def step() -> str:
    """What they do there."""
    return str(_("在新页面里设置动态口令"))
