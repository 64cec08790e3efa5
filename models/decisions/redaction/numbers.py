"""Numbers of persons by their form: identity numbers, passports, bank accounts, plates, whole or half masked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.decisions.identifiers import IdentifierKind, find_identifiers
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.width import alike, with_digits

_KINDS = {
    IdentifierKind.IDENTITY_NUMBER: (MarkKind.IDENTITY_NUMBER, Why.FORM_OF_NUMBER),
    IdentifierKind.MASKED_IDENTITY_NUMBER: (MarkKind.IDENTITY_NUMBER, Why.PARTLY_MASKED),
    IdentifierKind.MOBILE_PHONE: (MarkKind.MOBILE_PHONE, Why.FORM_OF_NUMBER),
    IdentifierKind.BANK_CARD: (MarkKind.BANK_ACCOUNT, Why.FORM_OF_NUMBER),
}
# What stands before the number of a badge: eleven digits there are no telephone.
_BADGE = re.compile(
    r"(?:执法证|工作证|检查证|资格证|执业证|许可证)(?:件)?(?:编号|号码|号)?\s*(?:为|是)?\s*[:]?\s*(?:[0-9A-Za-z]{6,16}[、,/]\s*){0,6}$"
)
# 注册号, as it stood in licences before 2015, has fifteen digits as an identity number once had.
_LICENCE = re.compile(
    r"(?:注册号|注册号码|执照号|执照编号|营业执照|登记证号|备案号|报关单号|订单号|运单号|流水号)\s*(?:为|是)?\s*[:]?\s*$"
)
# I38O951l234: what a scan makes of 1 and 0. Only as many signs as such a number has, and most of them digits.
_SLIPS = str.maketrans("OoIl|", "00111")
_SLIPPED = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9OoIl|Xx]{11,19}(?![0-9A-Za-z]))(?=[0-9Xx]*[OoIl|])(?:[OoIl|]{0,3}[0-9]){5}[0-9OoIl|Xx]+"
)
_HAN_RUN = re.compile(r"[零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖Xx]{11,19}")

_IS = r"(?:号码|证号|号|码)?(?:\([^()]{0,12}\))?\s*(?:为|是|系|即)?\s*[:;,]?\s*"
_IDENTITY = re.compile(rf"(?:公民身份|居民身份|身份证|证件){_IS}(?P<it>[0-9*][0-9*Xx \-]{{4,22}}[0-9*Xx])")
_PASSPORT = re.compile(
    rf"(?:护照|通行证|台胞证|回乡证|居留证|军官证|士兵证|驾驶证|残疾人证|海员证|签证|居住证|社保卡|社会保障卡|医保卡|学生证)\s*(?:No\.?|NO\.?|№|#)?\s*"
    rf"{_IS}(?P<it>[A-Z]{{0,3}}[ \-]?[0-9*][0-9A-Z* \-]{{4,20}}[0-9*A-Z])(?![0-9A-Za-z])"
)
_BARE_PASSPORT = re.compile(r"(?<![0-9A-Za-z./\-])(?:E[A-HJ-NP-Z]\d{7}|[EG]\d{8})(?![0-9A-Za-z./\-])")
_ACCOUNT = re.compile(
    r"(?:账户|帐户|账号|帐号|卡号|银行卡|借记卡|信用卡|存折)"
    rf"(?:尾号)?{_IS}\(?(?P<it>[0-9*][0-9* \-]{{2,28}}[0-9])(?![0-9A-Za-z%.])"
)
# 农行卡（6228…）, 示例银行6217…: the bank's name and the number, and no word for it between.
_AT_A_BANK = re.compile(
    r"(?:银行|[工农中建交招邮]行|信用社|农商行|邮储)(?:卡|账户|存款|储蓄)?[\u4e00-\u9fa5]{0,6}\s*[:(,]{0,2}\s*"
    r"(?P<it>[0-9OoIl][0-9OoIl* \-]{13,28}[0-9OoIl])(?![0-9A-Za-z%.])"
)
_CLAUSE = re.compile(r"[。;\n]")
_OF_THE_STATE = re.compile(r"财政|国库|罚没|罚款|非税|缴款|代收")
_NOT_AN_ACCOUNT = re.compile(
    r"(?:登录|用户|会员|平台|店铺|微信|支付宝|QQ|抖音|快手|公众|淘宝|游戏)[^\s,;。]{0,4}$"
)
_LENGTH_ONCE = 15
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_PLATE = re.compile(
    rf"[{_PROVINCES}]\s?[A-HJ-Z]\s{{0,2}}[·•.\-]?\s{{0,2}}(?P<rest>[0-9A-HJ-NP-Z*]{{5,6}}|[0-9A-HJ-NP-Z*]{{4}}[学警挂港澳])(?![0-9A-Za-z])"
)


def find_numbers(text: str) -> Iterator[Proposal]:
    """Numbers of persons in `text`."""
    half = alike(text)
    for source in (half, *_spelled_out(text)):
        for finding in find_identifiers(source):
            kind, why = _KINDS[finding.kind]
            before = half[max(0, finding.start - 60) : finding.start]
            if kind is MarkKind.MOBILE_PHONE and _BADGE.search(before):
                continue
            if finding.end - finding.start == _LENGTH_ONCE and _LICENCE.search(before):
                continue
            yield Proposal(finding.start, finding.end, kind, why)
    yield from _identities(half)
    yield from _passports(half)
    yield from _accounts(half)
    yield from _plates(half)


def _spelled_out(text: str) -> Iterator[str]:
    """The text with long runs of Han digits, and of digits that a scan took for letters, as digits; the rest is blank."""
    for run in _SLIPPED.finditer(alike(text)):
        yield "。" * run.start() + run[0].translate(_SLIPS)
    for run in _HAN_RUN.finditer(text):
        yield "。" * run.start() + with_digits(run[0])


def _identities(half: str) -> Iterator[Proposal]:
    """After “身份证号”: whatever is left of a number, if four digits are."""
    for match in _IDENTITY.finditer(half):
        written = match["it"].rstrip(" -")
        left = sum(sign.isdigit() for sign in written)
        if left >= 4 and len(written.replace(" ", "").replace("-", "")) >= 6:
            why = Why.PARTLY_MASKED if "*" in written else Why.LEAD_WORDS
            begin = match.start("it")
            yield Proposal(begin, begin + len(written), MarkKind.IDENTITY_NUMBER, why)


def _passports(half: str) -> Iterator[Proposal]:
    for match in _PASSPORT.finditer(half):
        written = match["it"].rstrip(" -")
        if sum(sign.isdigit() for sign in written) >= 4:
            begin = match.start("it")
            yield Proposal(begin, begin + len(written), MarkKind.PASSPORT, Why.LEAD_WORDS)
    for match in _BARE_PASSPORT.finditer(half):
        yield Proposal(*match.span(), MarkKind.PASSPORT, Why.FORM_OF_NUMBER, Risk.REVIEW)


def _accounts(half: str) -> Iterator[Proposal]:
    for match in (*_ACCOUNT.finditer(half), *_AT_A_BANK.finditer(half)):
        digits = sum(sign.isdigit() for sign in match["it"])
        whose = _CLAUSE.split(half[max(0, match.start() - 24) : match.start()])[-1]
        if digits < 4 or _NOT_AN_ACCOUNT.search(whose):
            continue
        begin, end = match.span("it")
        if _OF_THE_STATE.search(whose):
            yield Proposal(begin, end, MarkKind.BANK_ACCOUNT, Why.FINE_ACCOUNT, Risk.REVIEW)
        else:
            why = Why.PARTLY_MASKED if "*" in match["it"] else Why.LEAD_WORDS
            yield Proposal(begin, end, MarkKind.BANK_ACCOUNT, why)


def _plates(half: str) -> Iterator[Proposal]:
    for match in _PLATE.finditer(half):
        digits = sum(sign.isdigit() for sign in match["rest"])
        if digits >= 2:
            why = Why.PARTLY_MASKED if "*" in match["rest"] else Why.FORM_OF_NUMBER
            yield Proposal(*match.span(), MarkKind.PLATE, why)
