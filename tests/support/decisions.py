"""Invented decisions and spreadsheets for tests. No name or number in them is real."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from models.codes.uscc import uscc_check_character
from models.decisions.content import DecisionContent
from models.decisions.kinds import PartyKind, PenaltyKind
from models.kinds import RightType

DECIDED_ON = dt.date(2026, 2, 20)
AUTHORITY = "测试市市场监督管理局"

# The 2018 table: code, name, and what a good row holds.
COLUMNS_2018: Sequence[tuple[str, str, Any]] = (
    ("CF_XDR_MC", "行政相对人名称", "护航示例商贸有限公司"),
    ("CF_XDR_LB", "行政相对人类别", "法人及非法人组织"),
    ("CF_XDR_SHXYM", "行政相对人代码_1(统一社会信用代码)", None),
    ("CF_XDR_GSZC", "行政相对人代码_2(工商注册号)", None),
    ("CF_XDR_ZZJG", "行政相对人代码_3(组织机构代码)", None),
    ("CF_XDR_SWDJ", "行政相对人代码_4(税务登记号)", None),
    ("CF_XDR_SYDW", "行政相对人代码_5(事业单位证书号)", None),
    ("CF_XDR_SHZZ", "行政相对人代码_6(社会组织登记证号)", None),
    ("CF_FRDB", "法定代表人", "甲某某"),
    ("CF_FR_ZJLX", "法定代表人证件类型", None),
    ("CF_FR_ZJHM", "法定代表人证件号码", None),
    ("CF_XDR_ZJLX", "自然人证件类型", None),
    ("CF_XDR_ZJHM", "自然人证件号码", None),
    ("CF_WSH", "行政处罚决定书文号", "测市监处罚〔2026〕001号"),
    ("CF_WFXW", "违法行为类型", "假冒专利"),
    ("CF_SY", "违法事实", "当事人在其销售的水杯包装上标注已经失效的专利号。"),
    ("CF_YJ", "处罚依据", "《中华人民共和国专利法》第六十八条"),
    ("CF_CFLB", "处罚类别", "罚款；没收违法所得"),
    ("CF_NR", "处罚内容", "没收违法所得1500元；罚款2000元。"),
    ("CF_NR_FK", "罚款金额（万元）", 0.2),
    ("CF_NR_WFFF", "没收违法所得、没收非法财物的金额（万元）", "0.15"),
    ("CF_NR_ZKDX", "暂扣或吊销证照名称及编号", None),
    ("CF_JDRQ", "处罚决定日期", DECIDED_ON),
    ("CF_YXQ", "处罚有效期", "2099/12/31"),
    ("CF_GSJZQ", "公示截止期", None),
    ("CF_CFJG", "处罚机关", AUTHORITY),
    ("CF_CFJGDM", "处罚机关统一社会信用代码", None),
    ("CF_SJLY", "数据来源单位", AUTHORITY),
    ("CF_SJLYDM", "数据来源单位统一社会信用代码", None),
    ("BZ", "备注", None),
)


def invented_uscc(number: int, prefix: str = "91410400") -> str:
    """A code with a right check character that no register gave out."""
    first = f"{prefix}{'TEST':0<4}{number:05d}".replace("S", "5")
    return first + uscc_check_character(first)


def a_content(**changes: Any) -> DecisionContent:
    """A good decision of a company; `changes` say what the test is about."""
    plain = DecisionContent(
        document_number="测市监处罚〔2026〕001号",
        party_name="护航示例商贸有限公司",
        party_kind=PartyKind.ORGANISATION,
        uscc=invented_uscc(1),
        legal_representative="甲某某",
        decided_on=DECIDED_ON,
        authority_name=AUTHORITY,
        cause_name="假冒专利",
        cause_code="PT-01",
        right_type=RightType.PATENT_PASSING_OFF,
        facts="当事人在其销售的水杯包装上标注已经失效的专利号。",
        evidence_text="现场笔录、进货单据、涉案包装照片。",
        basis="《中华人民共和国专利法》第六十八条",
        penalty="没收违法所得1500元；罚款2000元。",
        penalty_kinds=(PenaltyKind.FINE, PenaltyKind.CONFISCATE_GAINS),
        fine_fen=200_000,
        confiscated_fen=150_000,
        remedy="不服本决定的，可以在六十日内申请行政复议。",
    )
    return dataclasses.replace(plain, **changes)


def a_row(**changes: Any) -> dict[str, Any]:
    """A good row by codes of the 2018 table."""
    row = {code: value for code, _, value in COLUMNS_2018}
    row["CF_XDR_SHXYM"] = invented_uscc(1)
    return {**row, **changes}


def names_of_2018() -> dict[str, str]:
    """Code to Chinese name."""
    return {code: name for code, name, _ in COLUMNS_2018}


def write_xlsx(
    path: Path, rows: Iterable[Mapping[str, Any]], *, header: Mapping[str, str] | None = None, above: int = 0
) -> Path:
    """An XLSX with a header of names (by code, see `names_of_2018`), `above` title rows over it, and the rows."""
    titles = header if header is not None else names_of_2018()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("行政处罚")
    for _ in range(above):
        sheet.append(["行政处罚信息公示表"])
    sheet.append(list(titles.values()))
    for row in rows:
        sheet.append([row.get(code) for code in titles])
    book.save(path)
    return path
