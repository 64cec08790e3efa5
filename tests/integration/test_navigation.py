"""Each entry of a menu leads somewhere, is shown to those who may follow it, and says where one is."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from shared import navigation

MENUS = {
    "public": navigation.PUBLIC_MENU,
    "staff": navigation.STAFF_MENU,
    "account": navigation.ACCOUNT_MENU,
    "footer": navigation.FOOTER_MENU,
}
ENTRIES = [
    pytest.param(entry.path, id=f"{name}:{entry.path}") for name, menu in MENUS.items() for entry in menu
]


@pytest.mark.parametrize("path", ENTRIES)
def test_every_entry_leads_to_a_page(app: Flask, path: str) -> None:
    try:
        app.url_map.bind("localhost").match(path, method="GET")
    except RequestRedirect as redirect:
        pytest.fail(f"{path} is redirected to {redirect.new_url}: name that address")
    except HTTPException as error:
        pytest.fail(f"{path}: {error}")


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/casework/", "/casework/"),
        ("/casework/cases/7", "/casework/"),
        ("/casework/decisions/7", "/casework/decisions"),
        ("/caseworker", None),
        ("/admin/work", "/admin/"),
    ],
)
def test_one_entry_lights_up(app: Flask, path: str, here: str | None) -> None:
    menu = navigation.STAFF_MENU
    with app.test_request_context(path):
        found = navigation.here(menu)
        assert (found.path if found else None) == here


def test_a_long_menu_folds_what_is_seldom_opened_but_not_where_one_is() -> None:
    long = navigation.STAFF_MENU
    own = next(one for one in long if one.path == "/casework/letters")
    folded = navigation.folded(long, own)
    assert own not in folded
    assert {one.path for one in folded} >= {"/casework/mechanisms", "/casework/rewards"}
    assert len(long) - len(folded) <= navigation.MOST_IN_LINE + 2, "what is left stands in one line"
    assert navigation.folded(long[: navigation.MOST_IN_LINE], None) == ()


def test_a_visitor_has_no_menu_of_their_own(app: Flask) -> None:
    with app.test_request_context("/"):
        assert navigation.own_menu() == ()
