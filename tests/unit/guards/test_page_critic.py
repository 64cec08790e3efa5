"""The critic of tests/pages.py finds what it is there to find: each fault planted in a page that is otherwise whole."""

from __future__ import annotations

import pytest
from flask import Response

from tests.pages import check

WHOLE = """<!DOCTYPE html><html lang="zh-CN"><head><title>办理进度 - 护航</title>
<link rel="stylesheet" href="/static/a.css"><script src="/static/a.js" nonce="n"></script></head>
<body><a href="#main">跳到正文</a><main id="main"><h1>办理进度</h1><h2>第一步</h2>
<form method="post"><input type="hidden" name="csrf_token" value="t"><label for="q">编号</label><input id="q" name="q">
<button>查</button></form></main></body></html>"""


def _page(html: str) -> Response:
    return Response(html, headers={"Content-Security-Policy": "script-src 'nonce-n'"})


def test_a_whole_page_passes() -> None:
    assert check(_page(WHOLE), "/track").h1.get_text() == "办理进度"


@pytest.mark.parametrize(
    ("place", "fault", "told"),
    [
        ("<title>办理进度 - ", "<title> - ", "no title"),
        ("<h1>办理进度</h1>", "", "h1 must be there once"),
        ('lang="zh-CN"', 'lang="en"', "html lang"),
        ('<main id="main">', "<main>", "no main#main"),
        ("<h2>第一步</h2>", "<h3>第一步</h3>", "h3 follows h1"),
        ("<h2>第一步</h2>", "<h2>&lt;span&gt;第一步</h2>", "reads: "),
        ("<h2>第一步</h2>", "<h2>None</h2>", "reads: None"),
        ("<h2>第一步</h2>", "<h2>第一步</h3>", "invalid HTML"),
        ("<h2>", '<h2 id="q">', "id 'q' stands 2 times"),
        ("<h2>", '<h2 aria-describedby="gone">', "aria-describedby names 'gone'"),
        ('href="#main"', 'href="#gone"', "link to #gone"),
        ('<label for="q">编号</label>', "", "no label"),
        ("<button>查</button>", "<button></button>", "nothing to read out"),
        ("<h2>", '<img src="/a.png"><h2>', "no alt"),
        ('value="t"', 'value=""', "no csrf_token"),
        ('nonce="n"', 'nonce="m"', "script without the nonce"),
        (' src="/static/a.js"', "", "inline script"),
        ("<h2>", '<h2 style="color:red">', "inline style"),
        ("<h2>", '<h2 onclick="x()">', "inline handler"),
        ("/static/a.css", "https://example.org/a.css", "fetched from elsewhere"),
        ("/static/a.js", "//example.org/a.js", "fetched from elsewhere"),
    ],
)
def test_a_planted_fault_is_told(place: str, fault: str, told: str) -> None:
    assert place in WHOLE
    with pytest.raises(AssertionError, match=told):
        check(_page(WHOLE.replace(place, fault, 1)), "/track")


def test_messages_left_over_are_told() -> None:
    with pytest.raises(AssertionError, match="not translated"):
        check(_page(WHOLE), "/track", ["办结"])
