"""Ways to reach a person: landlines, accounts of WeChat, Alipay and QQ, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.width import alike

_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_SUBSCRIBER = r"[2-8](?:\d{6,7}|\d{2,3}[ \-]\d{3,4})"
_EXTENSION = r"(?:\s?(?:转|-)\s?\d{1,5})?"
# With an area code, whatever stands around it; the dash may be missing, the brackets too.
_WITH_AREA = re.compile(
    rf"(?<![0-9A-Za-z./*\-〔])(?:\+?86[ \-]?)?\(?{_AREA}\)?[ \-]{{0,3}}{_SUBSCRIBER}{_EXTENSION}(?![0-9A-Za-z.*])"
)
_WITHOUT_AREA = re.compile(
    r"(?:电话|座机|固话|小灵通|传真|热线|[Tt][Ee][Ll])(?:号码|号)?(?:\([^()\d]{0,8}\))?\s*(?:为|是|系|打)?\s*[:;,.]?\s*(?:[\u4e00-\u9fa5]{2,3}\s+)?"
    rf"(?P<it>(?![48]00[ \-])(?:\(?{_AREA}\)?[ \-]?)?{_SUBSCRIBER}{_EXTENSION})(?![0-9A-Za-z.年元])"
)
_PARTLY_MASKED = re.compile(rf"(?<![0-9A-Za-z.\-]){_AREA}-?[2-8]\d{{0,5}}\*{{2,}}\d{{0,5}}(?![0-9A-Za-z])")
_OF_AN_OFFICE = re.compile(
    r"(?:本局|我局|本机关|机关|监督管理局|知识产权局|法院|公证处|咨询|监督|举报|投诉|服务)[^。;\n]{0,12}$"
)
_PLATFORMS = (
    "微信|支付宝|QQ|qq|抖音|快手|小红书|微博|视频号|哔哩哔哩|B站|知乎|闲鱼|旺旺|钉钉|飞书|财付通|云闪付|WeChat|wechat|Alipay|alipay|"
    "WhatsApp|Whatsapp|whatsapp|Telegram|telegram|Line|LINE|Facebook|facebook|Instagram|TikTok|Skype|PayPal|Signal|KakaoTalk|Kakao|Zalo|Viber|Twitter|Discord"
)
_ONLINE = re.compile(
    rf"(?:{_PLATFORMS})(?:收款|群)?[(]?\s?"
    r"(?:账号|账户|帐号|帐户|号码|号|ID|id)?(?:\([^()]{0,8}\))?\s*(?:为|是|系)?\s*[:;]?\s*[“\"]?"
    r"(?P<it>[A-Za-z0-9][A-Za-z0-9_.@\-*]{4,39}|\d{3}(?: \d{3,4}){1,2}(?!\d))"
)
# What somebody goes by is looked up as easily as the account. Between signs of quotation, so that it is known where it ends.
_NICKNAME = re.compile(
    rf"(?:{_PLATFORMS})(?:账号|号|ID|id)?(?:的)?(?:昵称|名称|名|用户名|备注名)?"
    r"\s*(?:为|是|叫)?\s*[:]?\s*[“\"‘「](?P<it>[^”\"’」\n]{1,24})[”\"’」]"
    r"|昵称\s*(?:为|是|叫)?\s*[:]?\s*[“\"‘「](?P<own>[^”\"’」\n]{1,24})[”\"’」]"
)
# “昵称“阿炳”，号码abing_yw668”: the account comes after what it is called; 微博@湘云: it comes after a sign.
_AFTER_NICKNAME = re.compile(
    rf"(?:{_PLATFORMS})[^。;\n]{{0,30}}?[”\"’」],?\s*(?:账号|帐号|号码|微信号|号|ID|id)\s*(?:为|是)?\s*[:]?\s*(?P<it>[A-Za-z0-9][A-Za-z0-9_.@\-*]{{4,39}})"
)
# 会员登录名:qingduo_yw0913, 主播“阿琼带你长高”: of a platform that is named elsewhere.
_MEMBER = re.compile(
    r"(?:会员|登录|买家|卖家|主播)(?:登录)?(?:账号|帐号|账户|名|ID|id|号)?\s*(?:为|是)?\s*[:]?\s*"
    r"(?:(?P<it>(?=[A-Za-z_\-]*\d)[A-Za-z0-9][A-Za-z0-9_\-]{5,39})|[“\"](?P<own>[^”\"\n]{2,24})[”\"])"
)
_HANDLE = re.compile(
    rf"(?:{_PLATFORMS})(?:账号|帐号|号|ID|用户)?\s*[:]?\s*@(?P<it>[A-Za-z0-9_\-\u4e00-\u9fa5]{{2,30}})"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.+\-*])[A-Za-z0-9_.+\-*]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,3}"
)


def find_contacts(text: str) -> Iterator[Proposal]:
    """Telephones and accounts in `text`. Those of offices are for review: they may be meant to be public."""
    half = alike(text)
    for pattern in (_WITH_AREA, _WITHOUT_AREA):
        for match in pattern.finditer(half):
            begin, end = match.span("it" if pattern is _WITHOUT_AREA else 0)
            if _OF_AN_OFFICE.search(half[max(0, match.start() - 20) : begin]):
                yield Proposal(begin, end, MarkKind.LANDLINE, Why.OFFICE_NUMBER, Risk.REVIEW)
            else:
                yield Proposal(begin, end, MarkKind.LANDLINE, Why.FORM_OF_NUMBER)
    for match in _PARTLY_MASKED.finditer(half):
        yield Proposal(*match.span(), MarkKind.LANDLINE, Why.PARTLY_MASKED)
    yield from _accounts(half)
    for match in _EMAIL.finditer(half):
        yield Proposal(*match.span(), MarkKind.EMAIL, Why.FORM_OF_NUMBER)


def _accounts(half: str) -> Iterator[Proposal]:
    """Accounts of platforms, and what somebody goes by there."""
    for match in _ONLINE.finditer(half):
        if sum(sign != "*" for sign in match["it"]) >= 4:
            yield Proposal(*match.span("it"), MarkKind.ONLINE_ACCOUNT, Why.LEAD_WORDS)
    for match in _NICKNAME.finditer(half):
        if not _ONLINE.match(half, match.start()):
            yield Proposal(*match.span(match.lastgroup or 0), MarkKind.ONLINE_ACCOUNT, Why.LEAD_WORDS)
    for pattern in (_AFTER_NICKNAME, _HANDLE):
        for match in pattern.finditer(half):
            yield Proposal(*match.span("it"), MarkKind.ONLINE_ACCOUNT, Why.LEAD_WORDS)
    for match in _MEMBER.finditer(half):
        begin, end = match.span(match.lastgroup or 0)
        yield Proposal(begin, end, MarkKind.ONLINE_ACCOUNT, Why.LEAD_WORDS, Risk.REVIEW)
