"""Three languages at three addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client, EnvironBuilder

from shared.i18n import LOCALE_KEY, LanguagePrefix, to_traditional


def _echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    seen = (environ["SCRIPT_NAME"], environ["PATH_INFO"], environ.get(LOCALE_KEY, "-"))
    return ["|".join(seen).encode()]


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/decisions", "|/decisions|-"),
        ("/en/decisions", "/en|/decisions|en"),
        ("/zh-hant/", "/zh-hant|/|zh_Hant"),
        ("/english/x", "|/english/x|-"),
        ("/en/en/x", "/en|/en/x|en"),
        ("/EN/decisions", "|/EN/decisions|-"),
    ],
)
def test_the_prefix_moves_to_the_script_name(path: str, seen: str) -> None:
    assert Client(LanguagePrefix(_echo)).get(path).text == seen


def test_the_bare_prefix_is_sent_on_with_its_query() -> None:
    answer = Client(LanguagePrefix(_echo)).get("/en?q=1")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/en/?q=1")


def test_a_mount_point_of_the_server_stays_in_front() -> None:
    environ = EnvironBuilder("/en/track", base_url="http://localhost/huhang/").get_environ()
    assert b"".join(LanguagePrefix(_echo)(environ, lambda *_: lambda _: None)) == b"/huhang/en|/track|en"


def test_legal_terms_of_the_mainland_are_kept_in_traditional_characters() -> None:
    assert to_traditional("知识产权举报投诉") == "知識產權舉報投訴"
    assert to_traditional("网络") == "網絡"
