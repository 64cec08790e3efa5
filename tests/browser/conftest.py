"""The fixtures of the browser suite: one server and one Chromium for all of it, a fresh profile for every visitor."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from app import create_app
from config import Config
from tests.browser.critic import PHONE, Critic, complaints_of
from tests.browser.steps.behind import Behind
from tests.support.addresses import Address, addresses
from tests.support.running import environment, free_port, prepare, processes

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # whatever a page fetches from elsewhere fails
)
WORKER_SECONDS = 30
PATIENCE_MS = 20_000  # for a machine that does other things as well


@dataclass(frozen=True)
class Site:
    """The running site."""

    address: str
    env: dict[str, str]
    log: Path

    def mail_to(self, address: str) -> str:
        """The words of the last mail to that address, which the worker prints in development."""
        end = time.monotonic() + WORKER_SECONDS
        while time.monotonic() < end:
            lines = [line for line in self.log.read_text().splitlines() if address in line]
            mails = [one for one in map(json.loads, lines) if one["event"] == "mail"]
            if mails:
                return str(mails[-1]["body"])
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (Debian package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with its worker, as `flask serve` starts them. It comes after the browser: without one it isn't needed."""
    folder = tmp_path_factory.mktemp("site")
    env = environment(folder / "data", free_port())
    prepare(env)
    log = folder / "log"
    with processes(["flask", "--app", "wsgi", "serve"], env, log):
        yield Site(f"http://127.0.0.1:{env['HUHANG_PORT']}", env, log)


@pytest.fixture(scope="package")
def same_site(site: Site) -> Flask:
    """The same installation in this process: for its addresses, and for what needs no browser."""
    return create_app(Config.from_env(site.env))


@pytest.fixture
def behind(same_site: Flask) -> Behind:
    """What happens at the site while nobody looks."""
    return Behind(same_site)


@pytest.fixture(scope="package")
def plain_addresses(same_site: Flask) -> list[Address]:
    """Every address that asks for nothing, walked and not listed: a page of tomorrow is looked at as well."""
    return [
        address
        for address in addresses(same_site)
        if address.method == "GET" and address.is_plain and "." not in address.path
    ]


@pytest.fixture(scope="package")
def critic() -> Critic:
    """Remembers what it has looked at."""
    return Critic()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """`visit()` opens a browser of its own: `phone=True` is 360 px wide, `scripts=False` runs none, `dark=True` is dark."""
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_browser(*, phone: bool = False, scripts: bool = True, dark: bool = False) -> Page:
            context = browser.new_context(
                base_url=site.address,
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                viewport={"width": PHONE, "height": 740} if phone else {"width": 1280, "height": 900},
                java_script_enabled=scripts,
                color_scheme="dark" if dark else "light",
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            stack.callback(complaints.extend, complaints_of(page))
            return page

        yield open_browser
    assert not complaints, "\n".join(complaints)
