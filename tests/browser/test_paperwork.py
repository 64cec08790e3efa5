"""Papers from the draft to the proof of delivery, a bureau's own template, and a case that goes to the police and comes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.filer import Filer
from tests.browser.steps.paperwork import Clerk
from tests.support.papers import a_template
from tests.support.sources import ROOT

pytestmark = pytest.mark.browser

RESULT = "已对当事人罚款三千元。"
CRIME = "销售假冒注册商标的商品罪"
FACTS = "当事人在摊位上销售假冒注册商标的水杯1200只，货值36万元。"


def _filed_case(visit: Visit, critic: Critic) -> tuple[Clerk, Clerk, str]:
    """The desk and the head, both before a report that was accepted and filed."""
    reference = Filer(visit(phone=True), critic).file_a_report().grouped
    desk, head = Clerk(visit(), critic), Clerk(visit(), critic)
    desk.sign_in("intake")
    head.sign_in("head")
    desk.open_case(reference)
    desk.accept()
    head.find_case(reference)
    head.file_case("现场检查有初步证据，符合立案条件。")
    desk.find_case(reference)
    return desk, head, reference


def test_a_paper_is_drafted_approved_issued_and_delivered(visit: Visit, critic: Critic) -> None:
    desk, head, reference = _filed_case(visit, critic)
    desk.draft_result(RESULT)
    desk.press("送审批")
    desk.sees("等待另一位负责人批准")
    head.go("/casework/papers", "papers: to approve")
    head.follow("举报处理结果告知书")
    head.press("批准")
    desk.page.reload()
    desk.press("签发")
    assert "举告字" in desk.issued_number()
    desk.deliver("邮件单号 EX123456789")
    desk.find_case(reference)


def test_a_bureau_replaces_a_template_and_a_broken_one_is_refused_by_name(
    visit: Visit, critic: Critic, tmp_path: Path
) -> None:
    admin = Clerk(visit(), critic)
    admin.sign_in("everything")
    admin.go("/admin/papers/feedback_letter", "admin: paper template")
    broken, good = tmp_path / "broken.docx", tmp_path / "good.docx"
    broken.write_bytes(a_template("{{ 文号 }}", "{{ 案件编号 }}"))
    good.write_bytes(a_template("{{ 文号 }}", "{{ 主送 }}", "{{ 反馈内容 }}"))
    admin.main.locator("input[type=file]").set_input_files(str(broken))
    admin.press("检查并启用")
    assert any("案件编号" in one for one in admin.problems("admin: paper template, broken"))
    admin.main.locator("input[type=file]").set_input_files(str(good))
    admin.press("检查并启用")
    admin.sees("正在使用", "good.docx")
    admin.press("改回默认模板")
    admin.does_not_see("正在使用")


def test_a_referral_is_refused_reconsidered_and_filed(visit: Visit, critic: Critic, tmp_path: Path) -> None:
    desk, head, reference = _filed_case(visit, critic)
    desk.propose_referral(CRIME, FACTS)
    head.find_case(reference)
    head.open_referral()
    head.follow("批准移送")
    head.arrive_at("批准移送", "referral: approve")
    head.press("批准移送")
    head.sees("已批准，待移送")
    desk.page.reload()
    desk.press("签发公文并制作案卷包")
    desk.wait_for_pack()
    pack = desk.take("下载案卷包", tmp_path)
    script = ROOT / "docs" / "verify_pack.py"
    checked = subprocess.run([sys.executable, "-I", str(script), str(pack)], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout.decode() + checked.stderr.decode()
    desk.step("移送公安机关", "平市监罪移字〔2026〕1号", "当面移送，对方签收", "已移送，待公安机关签收")
    desk.step("公安机关在回执上签字", "平公回字1号", "材料齐全", "公安机关审查中")
    desk.step("公安机关决定不予立案", "平公不立字1号", "认为情节轻微", "公安机关不予立案")
    desk.step("提请公安机关复议", "平市监复议字〔2026〕1号", "数额已经达到", "公安机关复议中")
    desk.step("公安机关决定立案", "平公立字1号", "复议后立案", "公安机关已立案")
    desk.step("移交涉案物品和材料", "交接单1号", "水杯1200只", "物品和材料已移交")

    desk.find_case(reference)
    desk.answer("公安机关已经立案侦查。")
    desk.close("已移送其他机关处理", "已移送公安机关并立案。")
    head.go("/casework/referral-watches", "referral: links of procuratorates")
    head.choose("检察机关", "检察院")
    head.press("做链接")
    address = head.main.locator("#link").inner_text()
    prosecutor = Clerk(visit(phone=True), critic)
    prosecutor.go("/oversight/" + address.rsplit("/", 1)[1], "referral: a procuratorate's view")
    prosecutor.sees(CRIME, "提请公安机关复议", "物品和材料已移交")
    prosecutor.does_not_see("当面移送", "认为情节轻微")
