"""A citizen files a report without a name, and follows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.filer import FACTS, STALL, Filer
from tests.support.filings import HTML, JPEG

pytestmark = pytest.mark.browser

BEIJING_TIME = re.compile(r"20\d\d.+\d\d?[:：]\d\d")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "摊位照片.jpg"
    path.write_bytes(JPEG)
    return path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_anonymous_report_on_a_phone_is_filed_and_followed(
    visit: Visit, critic: Critic, photo: Path, scripts: bool
) -> None:
    filer = Filer(visit(phone=True, scripts=scripts), critic, scripts=scripts)
    receipt = filer.file_a_report([photo])
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", receipt.reference)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{16}", receipt.code)

    another_day = Filer(visit(phone=True, scripts=scripts), critic, scripts=scripts)
    another_day.track(receipt)
    another_day.sees(STALL, FACTS, photo.name)
    (filed,) = another_day.steps_done()
    assert BEIJING_TIME.search(filed), "the step has its date"
    assert any("程序规定 第18条" in limit for limit in another_day.deadlines()), (
        "and a deadline with its basis"
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_mistakes_are_named_and_nothing_typed_is_lost(
    visit: Visit, critic: Critic, photo: Path, tmp_path: Path, scripts: bool
) -> None:
    filer = Filer(visit(phone=True, scripts=scripts), critic, scripts=scripts)
    filer.begin()
    filer.choose_kind()
    filer.tell(place="", facts="")
    assert len(filer.problems("file: facts, with mistakes")) == 2
    assert filer.field("谁在侵权或造假").input_value() == STALL, "what was right is still there"
    filer.tell(facts="字" * 5001)
    assert "请删去 1 个字" in filer.problems("file: facts, too long")[0]
    assert len(filer.field("发生了什么").input_value()) == 5001
    filer.tell()

    page, huge = tmp_path / "网页.jpg", tmp_path / "录像.mp4"
    page.write_bytes(HTML)
    huge.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(1_100_000))
    filer.attach(photo, page, huge)
    if scripts:  # the files come in one by one, and the page returns with those that were taken
        expect(filer.main.locator(".attached dt")).to_have_count(1)
        expect(filer.main.locator(".uploads__refused")).to_have_count(2)
        filer.arrive_at("证据", "file: evidence, some refused on their way")
    else:
        filer.problems("file: evidence, some refused")
    assert filer.accepted_files() == [photo.name], "the good file of the same request is kept"
    refused = filer.refused_files()
    assert [line.split("：")[0] for line in refused] == [page.name, huge.name]
    assert all(len(line.split("：", 1)[1]) > 5 for line in refused), "each with its reason"

    filer.go_on_without_more_files()
    filer.arrive_at("您的联系方式", "file: contact")
    filer.press("继续")
    filer.problems("file: contact, with mistakes")
    filer.stay_anonymous()
    filer.check_answers(STALL, FACTS, photo.name)
    filer.does_not_see(page.name)
    assert filer.send().reference


def test_sent_twice_from_two_tabs_it_is_one_filing(visit: Visit, critic: Critic) -> None:
    filer = Filer(visit(), critic)
    filer.begin()
    filer.choose_kind()
    filer.tell()
    filer.go_on_without_more_files()
    filer.stay_anonymous()
    filer.check_answers(STALL)
    second = Filer(filer.page.context.new_page(), critic)
    second.go("/file/check", "file: check")
    receipt = filer.send()
    assert second.send() == receipt


def test_wrong_numbers_get_one_answer(visit: Visit, critic: Critic) -> None:
    receipt = Filer(visit(), critic).file_a_report()
    stranger = Filer(visit(), critic)
    told = []
    for reference in (receipt.reference, "23456789"):
        stranger.go("/track", "track: start")
        stranger.enter_numbers(reference, "A" * 16)
        told.append(stranger.problems("track: wrong numbers"))
        stranger.does_not_see(STALL)
    assert told[0] == told[1]
