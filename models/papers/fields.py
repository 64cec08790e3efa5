"""What stands in a paper, by name: what the case gives, what the envelope gives, what a person writes.

The names are Chinese because they are what somebody types into a template in Word: `{{ 登记编号 }}`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from models.aid.terms import DISPUTE_KIND_LABELS, application_in
from models.cases.grounds import GROUND_LABELS, basis_of
from models.cases.tables import Case
from models.cases.terms import OUTCOME_LABELS
from models.filings.submissions import Person
from models.kinds import RIGHT_TYPE_LABELS, TRACK_LABELS
from models.overseas.countries import COUNTRIES
from models.papers.citing import cited
from models.types import beijing_date

# What it means, for the page where templates are kept.
CASE_FIELD_LABELS: dict[str, str] = {
    "文号": "签发时自动编号",
    "签发日期": "签发的日期",
    "机关名称": "以谁的名义发出",
    "主送": "发给哪个单位",
    "登记编号": "办件的登记编号",
    "办理方式": "举报、投诉或者其他办理方式",
    "收到日期": "收到的日期",
    "受理日期": "受理的日期；没有受理的为空",
    "被举报投诉方": "被举报（投诉）方的名称",
    "被举报投诉方地址": "被举报（投诉）方的地址",
    "统一社会信用代码": "被举报（投诉）方的代码",
    "链接": "网页或者店铺的地址",
    "权利类型": "涉及哪种权利",
    "权利号码": "注册号或者专利号",
    "事实": "举报投诉写的事实",
    "请求": "举报投诉写的请求",
    "证据清单": "所附文件的名称和 SHA-256",
    "法定理由": "不予受理、终止调解或者不予立案的法定理由",
    "理由的依据": "法定理由的条文",
    "理由": "作出决定的具体理由",
    "办理结果": "办结的结果",
    "海外国家或者地区": "海外纠纷发生在哪个国家或者地区；不是海外纠纷的为空",
    "海外纠纷的类型": "海外发生了什么；不是海外纠纷的为空",
    "承办机构": "办理的机构",
    "承办人": "承办人的姓名",
}

FILER_FIELD_LABELS: dict[str, str] = {
    "姓名": "举报投诉人的姓名或者名称",
    "电话": "举报投诉人的电话",
    "住址": "举报投诉人的地址",
    "证件号码": "举报投诉人的证件号码",
}
ANONYMOUS = "（匿名）"


def case_values(case: Case) -> dict[str, str]:
    """What the case gives. Number, day, authority and receiver are added when the paper is issued."""
    filing, filed_on = case.filing, beijing_date(case.filing.submitted_at)
    decided = next((one for one in reversed(case.acts) if one.ground), None)
    ground = decided.ground if decided else None
    told = application_in(filing.data)
    abroad = told.abroad if told else None
    files = [f"{file.file_name}（SHA-256 {file.sha256}）" for file in filing.evidence]
    return {
        "登记编号": case.shown_reference,
        "办理方式": TRACK_LABELS[case.track],
        "收到日期": in_words(filed_on),
        "受理日期": in_words(beijing_date(case.accepted_at)) if case.accepted_at else "",
        "被举报投诉方": filing.respondent_name,
        "被举报投诉方地址": filing.respondent_address or "",
        "统一社会信用代码": filing.respondent_uscc or "",
        "链接": filing.platform_link or "",
        "权利类型": RIGHT_TYPE_LABELS[case.right_type],
        "权利号码": filing.right_number or "",
        "事实": filing.facts,
        "请求": filing.request or "",
        "证据清单": "\n".join(files) or "无",
        "法定理由": GROUND_LABELS[ground] if ground else "",
        "理由的依据": cited(basis_of(ground, filed_on)) if ground else "",
        "理由": (decided.public_note if decided else None) or case.reasons or "",
        "办理结果": OUTCOME_LABELS[case.outcome] if case.outcome else "",
        "海外国家或者地区": COUNTRIES.get(abroad.country, abroad.country) if abroad else "",
        "海外纠纷的类型": DISPUTE_KIND_LABELS[abroad.kind] if abroad else "",
        "承办机构": case.acting_unit.name,
        "承办人": case.handler.display_name if case.handler else "",
    }


def filer_values(person: Person | None, names: tuple[str, ...]) -> dict[str, str]:
    """Those of `names` that the opened envelope gives; an anonymous filer is said to be one."""
    if person is None:
        return {name: ANONYMOUS if name == "姓名" else "" for name in names}
    known = {
        "姓名": person.organisation or person.name,
        "电话": person.phone,
        "住址": person.address,
        "证件号码": person.uscc or person.id_number,
    }
    return {name: known[name] for name in names}


def in_words(day: dt.date) -> str:
    """2026年11月22日, as official papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def example_values(names: Mapping[str, str]) -> dict[str, str]:
    """Something to try a template with: every field says its own name."""
    return {name: f"（{name}）" for name in names}
