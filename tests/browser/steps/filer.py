"""A citizen who files a report and follows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.steps.visitor import Visitor

REPORT = "我发现有人侵权或造假，想举报"
PLACE = "平顶山市新华区"
STALL = "演示市场三排八号摊位"
FACTS = "摊位上摆着标有演示牌商标的水杯，价格只有正品的十分之一。"


@dataclass(frozen=True)
class Receipt:
    """The two numbers to keep."""

    reference: str
    code: str

    @property
    def grouped(self) -> str:
        return f"{self.reference[:4]}-{self.reference[4:]}"


class Filer(Visitor):
    """Files and follows."""

    def begin(self) -> None:
        """From the front page through the first door."""
        self.go("/", "front page")
        self.follow("我要举报投诉")
        self.arrive_at("您要办什么", "file: start")
        self.field(REPORT).check()
        self.press("继续")

    def choose_kind(self, kind: str = "冒用牌子、仿冒商标") -> None:
        """What it is about."""
        self.arrive_at("涉及什么", "file: kind")
        self.field(kind).check()
        self.press("继续")

    def tell(self, *, who: str = STALL, place: str = PLACE, facts: str = FACTS) -> None:
        """Who did what, and where."""
        self.arrive_at("事情经过", "file: facts")
        self.field("谁在侵权或造假").fill(who)
        if place:
            self.field("事情发生在哪里").select_option(label=place)
        self.field("发生了什么").fill(facts)
        self.press("继续")

    def attach(self, *files: Path) -> None:
        """Hands in files and stays on the page."""
        self.arrive_at("证据", "file: evidence")
        self.field("选择文件").set_input_files(list(files))
        self.press("上传，再选几个")

    def accepted_files(self) -> list[str]:
        """The names of the files taken so far."""
        return self.main.locator(".attached dt").all_inner_texts()

    def refused_files(self) -> list[str]:
        """The names of the files refused just now, each with the reason. With scripts they are sent one by one."""
        lines = self.main.locator(".band--warn li, .uploads__refused").all_inner_texts()
        return ["".join(line.split("\n")) for line in lines]

    def go_on_without_more_files(self) -> None:
        """Past the evidence."""
        self.arrive_at("证据", "file: evidence, with files")
        self.press("继续")

    def stay_anonymous(self) -> None:
        """No name."""
        self.arrive_at("您的联系方式", "file: contact")
        self.control("input[value=anonymous]").check()
        self.press("继续")

    def check_answers(self, *expected: str) -> None:
        """Everything once more."""
        self.arrive_at("核对并提交", "file: check")
        self.sees(*expected)

    def send(self) -> Receipt:
        """Sends it, and keeps the numbers of the receipt."""
        self.press("提交")
        self.arrive_at("已收到您的提交", "receipt")
        return Receipt(self._number("reference"), self._number("code"))

    def file_a_report(self, files: Iterable[Path] = (), **facts: str) -> Receipt:
        """The whole way."""
        self.begin()
        self.choose_kind()
        self.tell(**facts)
        if files:
            self.attach(*files)
        self.go_on_without_more_files()
        self.stay_anonymous()
        self.check_answers(facts.get("who", STALL))
        return self.send()

    def track(self, receipt: Receipt) -> None:
        """Opens the case with both numbers, from the front page."""
        self.go("/", "front page")
        self.follow("查询办理进度")
        self.arrive_at("查询办理进度", "track: start")
        self.enter_numbers(receipt.grouped.lower(), receipt.code)
        expect(self.main).to_contain_text(receipt.grouped)
        self.look("track: case")

    def enter_numbers(self, reference: str, code: str) -> None:
        """Types both numbers."""
        self.field("登记编号").fill(reference)
        self.field("查询码").fill(code)
        self.press("查询")

    def steps_done(self) -> list[str]:
        """What the timeline says was done, each with its time."""
        return [" ".join(text.split()) for text in self.main.locator(".timeline .is-done").all_inner_texts()]

    def deadlines(self) -> list[str]:
        """The time limits of the case, each with its legal basis."""
        return [" ".join(text.split()) for text in self.main.locator(".deadline").all_inner_texts()]

    def _number(self, name: str) -> str:
        return "".join(self.main.locator(f"#{name} span").all_inner_texts())
