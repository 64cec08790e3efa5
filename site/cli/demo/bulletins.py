"""Typical cases, notices and warnings of the demo, the first written about decisions of the demo through the real verbs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from models.bulletins.kinds import BulletinKind, BulletinText
from models.bulletins.operations import draft, publish, submit
from models.decisions.queries import is_public
from models.decisions.tables import Decision
from models.kinds import RightType
from models.people.roles import Role
from models.types import beijing_date

_NOTHING = BulletinText("", "", "")
_MEANING = {
    RightType.TRADEMARK: (
        "当事人对进货渠道没有尽到查验义务，不能以“不知道是假货”免除责任。"
        "本案提醒经营者保存进货凭证，价格明显低于市场的，应当先向权利人或者市场监管部门核实。"
    ),
    RightType.PATENT_PASSING_OFF: (
        "专利权终止后继续标注专利标识，同样构成假冒专利。"
        "生产和销售企业应当建立专利标识台账，权利到期即更换包装。"
    ),
    RightType.GEOGRAPHICAL_INDICATION: (
        "地理标志保护的是产地与品质的联系。未经许可使用专用标志，既误导消费者，也损害产区全部经营者的利益。"
    ),
}
_NOTICES = (
    (
        "知识产权执法专项行动安排（演示）",
        "本月起对重点市场和网店开展专项检查，欢迎提供线索。",
        "检查范围：专业市场、商超、网络销售。\n举报方式：本站“举报投诉”，或者拨打服务电话。\n提供线索可以匿名。",
        "Campaign of inspections (demo)",
        "Inspections of markets and online shops begin this month; information is welcome.",
        "Markets, supermarkets and online sales are inspected.\nReport on this site or by telephone, anonymously if "
        "you like.",
    ),
    (
        "窗口服务时间调整（演示）",
        "法定节假日窗口休息，网上照常提交；时限按工作日计算。",
        "调休上班日窗口照常开放。网上提交不受影响，登记时间以回执为准。",
        "Opening hours of the desk (demo)",
        "The desk is closed on public holidays; the site is always open, and limits count working days.",
        "On make-up working days the desk is open. Filing online goes on; the time on the receipt counts.",
    ),
)

# By country of models.overseas.
_WARNINGS = (
    (
        "US",
        "美国：337 调查应诉期限提示（演示）",
        "收到美国国际贸易委员会的起诉书和立案通知的，答辩期限很短，请当天着手准备。",
        "答辩一般应在文书送达之日起二十日内提交；不应诉的，可能被认定缺席，产品被禁止进口。\n"
        "可以在本站申请海外纠纷援助，请熟悉当地法律的专家先看材料。",
        "United States: time to answer in section 337 cases (demo)",
        "Whoever is served with a complaint and a notice of investigation has little time to answer: begin at once.",
        "The answer is due within twenty days of service as a rule; whoever stays away may be found in default and "
        "shut out of the market.\nAsk for help with a dispute abroad on this site: an expert reads the papers first.",
    ),
    (
        "EU",
        "欧盟：商标抢注与异议期限提示（演示）",
        "近期有企业的商标在欧盟被他人抢先申请，请出口企业检索自己的商标。",
        "对欧盟商标申请的异议，自申请公布之日起三个月内提出。\n建议先检索，再决定异议、无效或者协商。",
        "European Union: squatted trademarks and time for oppositions (demo)",
        "Marks of local firms were applied for by others in the EU: exporters should search for their own marks.",
        "An opposition is filed within three months of the publication of the application.\nSearch first, then choose "
        "between opposition, invalidity and negotiation.",
    ),
)


def announce(session: Session, cast: Cast, *, now: dt.datetime) -> None:
    """Publishes them: one person writes, another publishes."""
    for days, (right, meaning) in enumerate(_MEANING.items(), 1):
        wanted = select(Decision).where(is_public(beijing_date(now)), Decision.right_type == right)
        chosen = session.scalars(wanted.order_by(Decision.decided_on.desc(), Decision.id).limit(1)).first()
        if chosen:
            about = _case(chosen, meaning)
            at = now - dt.timedelta(days)
            _tell(session, cast, BulletinKind.TYPICAL_CASE, *about, at, numbers=[chosen.document_number])
    for days, words in enumerate(_NOTICES, 1):
        chinese, english = BulletinText(*words[:3]), BulletinText(*words[3:])
        _tell(session, cast, BulletinKind.NOTICE, chinese, english, now - dt.timedelta(days))
    for days, (country, *words) in enumerate(_WARNINGS, 1):
        chinese, english = BulletinText(*words[:3]), BulletinText(*words[3:])
        at = now - dt.timedelta(days)
        _tell(session, cast, BulletinKind.WARNING, chinese, english, at, country=country)


def _case(decision: Decision, meaning: str) -> tuple[BulletinText, BulletinText]:
    title = f"{decision.party_name}{decision.cause_name}案"[:80]
    summary = f"{decision.authority_name}依法作出行政处罚：{'、'.join(decision.penalty_kinds)}。"
    return BulletinText(title, summary, f"{decision.facts}\n\n{decision.penalty}", meaning), _NOTHING


def _tell(
    session: Session,
    cast: Cast,
    kind: BulletinKind,
    chinese: BulletinText,
    english: BulletinText,
    at: dt.datetime,
    *,
    numbers: Sequence[str] = (),
    country: str = "",
) -> None:
    writer, reviewer = cast.with_role(Role.PUBLISHER), cast.with_role(Role.REVIEWER)
    bulletin = draft(
        session,
        kind=kind,
        chinese=chinese,
        english=english,
        decision_numbers=numbers,
        unit=writer.assignments[0].unit,
        actor=writer,
        now=at,
        country=country,
    )
    submit(session, bulletin, actor=writer, now=at)
    publish(session, bulletin, actor=reviewer, now=at)
