"""What every page may use: the bureau, the menus, static files, formats, and whether large print is on."""

from __future__ import annotations

from flask import Flask, request
from flask_babel import gettext as _

from models.people.profiles import Bureau
from shared import assets, formats, navigation
from shared.i18n import current_locale, in_script
from shared.services import services

LARGE_PRINT_COOKIE = "large_print"


def init_app(app: Flask) -> None:
    """Gives the templates their globals; needs the services and languages of the app."""
    with app.app_context():
        profile = services().bureau
    formats.init_app(app)
    assets.init_app(app)
    app.jinja_env.globals.update(
        profile=profile,
        site_name=lambda: site_name(profile.bureau),
        bureau=profile.bureau,
        public_menu=navigation.PUBLIC_MENU,
        footer_menu=navigation.FOOTER_MENU,
        own_menu=navigation.own_menu,
        menu_entry=navigation.here,
        menu_folded=navigation.folded,
        is_large_print=is_large_print,
    )


def site_name(bureau: Bureau) -> str:
    """The site's name in the language of the page; profiles have it in Chinese only."""
    if current_locale() == "en":
        return _("知识产权举报投诉服务平台")
    return in_script(bureau.site_name)


def is_large_print() -> bool:
    """Whether the reader has chosen large print 长者模式."""
    return request.cookies.get(LARGE_PRINT_COOKIE) == "on"
