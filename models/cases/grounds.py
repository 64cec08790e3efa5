"""Legal grounds for not taking a filing up: the article, and what the filer can do next.

A complaint is refused on Order 121 Art 16 only. For a report the Order knows no refusal but three ways not to handle
it: no power (Art 34), a repeat (Art 35(2)), and matters outside the Order (Art 44). Filings received before
2026-04-15 fall under Order 20, so a ground also names its former article, if it had one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.kinds import Track

ORDER_121_FROM = dt.date(2026, 4, 15)


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground. `basis` is the article in force, `former_basis` that of Order 20 ("" where it had none)."""

    code: str
    tracks: tuple[Track, ...]
    label: str
    basis: str
    next_step: str
    former_basis: str = ""

    def basis_on(self, day: dt.date) -> str:
        """The article for a filing received on the Beijing day `day`; "" when the ground did not exist then."""
        if day >= ORDER_121_FROM or not self.basis.startswith("121号"):
            return self.basis
        return self.former_basis


_COMPLAINT = (Track.COMPLAINT,)
_REPORTS = (Track.REPORT, Track.CLUE)
_SUIT = "您仍可以与经营者协商和解、请求消费者协会调解、按约定申请仲裁，或者向人民法院起诉（消费者权益保护法 第39条）。"

GROUNDS: tuple[Ground, ...] = (
    Ground(
        "not_ours",
        _COMPLAINT,
        "投诉事项不属于本部门职责，或者本部门没有处理权限",
        "121号 第16条第1项",
        "请向有处理权限的部门投诉；可以拨打12345查询主管部门。" + _SUIT,
        "20号 第15条第1项",
    ),
    Ground(
        "handled_elsewhere",
        _COMPLAINT,
        "法院、仲裁机构、市场监管部门或者其他行政机关、消费者协会已经受理或者处理过同一消费者权益争议",
        "121号 第16条第2项",
        "请向已经受理的机构查询结果；对结果不服的，按该机构告知的途径救济。",
        "20号 第15条第2项",
    ),
    Ground(
        "not_consumption",
        _COMPLAINT,
        "不是为生活消费需要购买、使用商品或者接受服务，或者不能证明存在消费者权益争议",
        "121号 第16条第3项",
        "如果掌握违法线索，可以另行举报；作为权利人维权的，请选择“权利人线索”重新提交。" + _SUIT,
        "20号 第15条第3项",
    ),
    Ground(
        "too_late",
        _COMPLAINT,
        "自知道或者应当知道权益受到侵害之日起超过三年",
        "121号 第16条第4项",
        "法律对期限另有规定的，请说明后重新提交；违法线索仍可举报。" + _SUIT,
        "20号 第15条第4项",
    ),
    Ground(
        "material_missing",
        _COMPLAINT,
        "未提供或者虚假提供姓名、电话、地址、被投诉人、投诉请求、事实依据，或者代理材料",
        "121号 第16条第5项",
        "补齐材料后可以重新提交，受理期限自重新收到之日起计算。",
        "20号 第15条第5项",
    ),
    Ground(
        "identity",
        _COMPLAINT,
        "冒用他人名义，或者拒绝核验身份",
        "121号 第16条第6项",
        "以本人真实身份可以重新提交；不愿公开身份的，违法线索可以匿名举报。",
    ),
    Ground(
        "other_law",
        _COMPLAINT,
        "法律、法规、规章规定的其他不予受理情形",
        "121号 第16条第7项",
        "请在说明中写明依据的具体条款。" + _SUIT,
        "20号 第15条第6项",
    ),
    Ground(
        "report_no_power",
        _REPORTS,
        "本部门没有处理权限",
        "121号 第34条",
        "请直接向有处理权限的部门举报；属于市场监管职责的，可以向说明中所列的部门举报。",
        "20号 第29条",
    ),
    Ground(
        "report_repeated",
        _REPORTS,
        "同一举报人就同一事实、同一对象的重复举报",
        "121号 第35条第2款",
        "先前的举报仍在办理或者已有结果，请用原编号查询；有新的事实的，请另行写明新事实后提交。",
    ),
    Ground(
        "report_no_clue",
        _REPORTS,
        "没有提供涉嫌违法行为的具体线索",
        "121号 第28条",
        "写明谁、在哪里、做了什么，附上照片、链接或者购买凭证后可以重新举报。",
        "20号 第25条",
    ),
    Ground(
        "report_other_channel",
        _REPORTS,
        "属于咨询、政府信息公开、行政复议或者纪检监察检举控告，不适用举报程序",
        "121号 第44条",
        "请按说明中告知的渠道提出。",
        "20号 第39条",
    ),
    Ground(
        "adjudication_not_competent",
        (Track.ADJUDICATION,),
        "不属于本部门管辖的专利侵权纠纷",
        "专利法实施细则 第95、97条",
        "请向被请求人所在地或者侵权行为地有管辖权的管理专利工作的部门请求处理。",
    ),
    Ground(
        "adjudication_sued",
        (Track.ADJUDICATION,),
        "当事人已就同一专利侵权纠纷向人民法院起诉",
        "专利行政执法办法 第10条（现行接续条文待核）",
        "请等待人民法院裁判；撤诉后可以重新请求。",
    ),
    Ground(
        "adjudication_incomplete",
        (Track.ADJUDICATION,),
        "请求人不是专利权人或者利害关系人，或者没有明确的被请求人、请求事项和事实理由",
        "专利行政执法办法 第10条（现行接续条文待核）",
        "补齐专利证书、授权材料和请求书后可以重新请求；也可以向人民法院起诉（专利法 第65条）。",
    ),
    Ground(
        "aid_out_of_scope",
        (Track.AID,),
        "不属于知识产权维权援助范围",
        "知识产权维权援助工作指引（条号待核）",
        "可以申请法律援助，或者选择“咨询”了解其他途径。",
    ),
    Ground(
        "consultation_out_of_scope",
        (Track.CONSULTATION,),
        "咨询事项不属于知识产权保护",
        "121号 第44条",
        "可以拨打12345咨询其他事项。",
        "20号 第39条",
    ),
)

BY_CODE: dict[str, Ground] = {ground.code: ground for ground in GROUNDS}


def grounds_for(track: Track, received_on: dt.date) -> list[Ground]:
    """The grounds that a filing of `track`, received on that Beijing day, can be refused on."""
    return [ground for ground in GROUNDS if track in ground.tracks and ground.basis_on(received_on)]
