"""The front page and the pages of text, in three languages."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import time_machine
from flask.testing import FlaskClient

from models.types import beijing_midnight
from tests.pages import Pages

MONDAY = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PREFIXES = ["", "/en", "/zh-hant"]
PATHS = ["/", "/guides", "/hotline", "/about", "/privacy", "/accessibility"]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("path", PATHS)
def test_every_page_keeps_the_house_style(client: FlaskClient, prefix: str, path: str) -> None:
    soup = Pages(client).get(prefix + path)
    inner = [str(link["href"]) for link in soup.select("header a[href], main a[href], footer a[href]")]
    strays = [
        href
        for href in inner
        if href.startswith("/")
        and not href.startswith(prefix + "/")
        and not href.startswith(tuple(PREFIXES[1:]))
    ]
    own_language = [str(link["href"]) for link in soup.select("a[hreflang=zh-CN]")]
    assert set(strays) <= set(own_language), "links keep the language of the page"


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_page_links_to_itself_in_the_other_languages(client: FlaskClient, prefix: str) -> None:
    soup = Pages(client).get(f"{prefix}/guides?x=1")
    links = {str(link["hreflang"]): link["href"] for link in soup.select("link[rel=alternate][hreflang]")}
    here = "http://localhost"  # search engines take no relative address here
    pages = {"zh-CN": "/guides?x=1", "en": "/en/guides?x=1", "zh-Hant": "/zh-hant/guides?x=1"}
    assert links == {language: here + path for language, path in pages.items()}


def test_the_front_page_opens_both_doors_and_the_search(client: FlaskClient) -> None:
    soup = Pages(client).get("/")
    assert [door["href"] for door in soup.select("a.door")] == ["/file", "/track"]
    search = soup.select_one("form[role=search]")
    assert search is not None
    assert search["action"] == "/decisions"
    assert len(soup.select(".examples a[href^='/decisions?q=']")) == 3


def test_promises_come_with_the_law_that_binds_today(client: FlaskClient) -> None:
    with time_machine.travel(MONDAY, tick=False):
        old = Pages(client).get("/").get_text()
    with time_machine.travel(MONDAY + dt.timedelta(days=60), tick=False):
        new = Pages(client).get("/").get_text()
    assert "20号 第14条" in old
    assert "121号 第15条" in new
    assert "7 个工作日内决定是否受理" in new


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 3, 2), "今天（星期一）办公"),
        (dt.date(2026, 3, 1), "今天（星期日）窗口休息；下一个工作日是2026年3月2日"),
        (dt.date(2026, 10, 1), "今天（星期四）窗口休息；下一个工作日是2026年10月8日"),
        (dt.date(2026, 9, 20), "今天（星期日）办公"),  # a make-up workday
    ],
)
def test_opening_hours_follow_the_calendar(client: FlaskClient, day: dt.date, words: str) -> None:
    with time_machine.travel(beijing_midnight(day) + dt.timedelta(hours=1), tick=False):
        text = " ".join(Pages(client).get("/").get_text().split())
    assert words in text


def test_the_front_page_asks_the_database_little(
    client: FlaskClient, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    client.get("/")
    with count_queries() as statements:
        client.get("/")
    assert len(statements) <= 6, statements


def test_large_print_is_switched_by_links_and_comes_back_to_the_page(client: FlaskClient) -> None:
    pages = Pages(client)
    link = pages.get("/en/guides?x=1").select_one("header a[href*='/large-print/']")
    assert link is not None
    answer = client.get(str(link["href"]))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/guides?x=1")
    large = pages.get("/en/guides")
    assert large.html is not None
    assert large.html["class"] == ["elder"]
    client.get("/large-print/off")
    usual = pages.get("/en/guides")
    assert usual.html is not None
    assert not usual.html.get("class")


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nX: y"]
)
def test_large_print_never_leads_elsewhere(client: FlaskClient, back: str) -> None:
    answer = client.get("/large-print/on", query_string={"back": back})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_unknown_address_says_what_to_do(client: FlaskClient, prefix: str) -> None:
    soup = Pages(client).get(f"{prefix}/no-such-page", status=404)
    assert soup.select_one(f"main a[href='{prefix}/']")


def test_static_files_have_one_address_and_may_be_kept(client: FlaskClient) -> None:
    chinese, english = (Pages(client).get(path) for path in ("/", "/en/"))
    sheets = [
        [str(link["href"]) for link in soup.select("link[rel=stylesheet]")] for soup in (chinese, english)
    ]
    assert sheets[0] == sheets[1]
    for sheet in sheets[0]:
        with client.get(sheet) as answer:
            assert (answer.status_code, "immutable" in answer.headers["Cache-Control"]) == (200, True)


def test_the_style_sheet_is_one_and_compressed_for_who_can_read_it(client: FlaskClient) -> None:
    (link,) = Pages(client).get("/").select("link[rel=stylesheet]")
    plain, small = (
        client.get(str(link["href"]), headers={"Accept-Encoding": how}) for how in ("", "br, gzip")
    )
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 4
    assert "Accept-Encoding" in small.headers["Vary"]
    assert plain.headers["ETag"] != small.headers["ETag"]
    again = client.get(str(link["href"]), headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
