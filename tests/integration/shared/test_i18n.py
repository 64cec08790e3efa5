"""Whose language words are in: the reader's of a page, the addressee's of a mail, each to its end."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _

from shared.i18n import LOCALE_KEY, SOURCE, current_locale, in_language, in_script, label


def test_words_to_somebody_else_are_in_their_language(app: Flask) -> None:
    with app.test_request_context(environ_overrides={LOCALE_KEY: "en"}):
        for _time in range(2):
            with in_language(SOURCE.locale):
                assert (_("举报投诉"), label("举报投诉"), current_locale()) == (
                    "举报投诉",
                    "举报投诉",
                    SOURCE.locale,
                )
                with in_language("zh_Hant"):
                    assert in_script("市场监督管理局") == "市場監督管理局"
            assert (_("举报投诉"), current_locale()) == ("Report or complain", "en")
            assert label("举报投诉") == "Report or complain"
            assert in_script("市场监督管理局") == "市场监督管理局"


def test_without_a_request_one_language_does_not_stay_for_the_next(app: Flask) -> None:
    with app.app_context():
        for locale, word in (
            ("en", "Report or complain"),
            (SOURCE.locale, "举报投诉"),
            ("en", "Report or complain"),
        ):
            with in_language(locale):
                assert _("举报投诉") == word
        assert _("举报投诉") == "举报投诉"


def test_outside_an_application_words_stay_as_they_are_written() -> None:
    assert label("举报投诉") == "举报投诉"
