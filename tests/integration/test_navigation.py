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


def test_a_visitor_has_no_menu_of_their_own(app: Flask) -> None:
    with app.test_request_context("/"):
        assert navigation.own_menu() == ()
