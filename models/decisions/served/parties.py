"""Who is punished: the parties named in the head of a served text, with their codes and representatives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.codes.text import compact
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.decisions.kinds import PartyKind
from models.decisions.redaction.width import alike

_LABEL = re.compile(
    r"(?:^|(?<=[\s。]))(?:当\s{0,2}事\s{0,2}[人任]|被处罚人|被处罚单位|被处罚对象|行政相对人|被请求人)(?:名称|姓名)?"
    r"(?:[一二三四五六七八九\d]{1,2})?(?:\((?:姓名|名称|单位|个人|公民|法人)[^)]{0,20}\))?\s*[: ]\s*"
    r"(?:(?:名称|姓名|字号)(?:或者?姓名)?\s*[: ]\s*)?(?P<name>[^,，。;；\n]{2,60})",
    re.MULTILINE,
)
# What kind of business it is, beside the name: a trader’s is never part of it; （普通合伙） of a partnership is.
_FORM = re.compile(r"\s*[（(](?:个体工商户|个体户|个体|自然人)[)）]$")
# 上海代表处(Hornberg GmbH …: the name in its own letters; a bracket that the end of the line has left open.
_ASIDE = re.compile(r"\s*\((?:[A-Za-z][^()\u4e00-\u9fa5]*\)|[^()]*)$")
# 冼 健 棠, as names of two and three characters are spaced to one width.
_SPACED_OUT = re.compile(r"[\u4e00-\u9fa5](?:\s{1,3}[\u4e00-\u9fa5]){1,3}")
_COMPANY_ENDS = "公司|厂|店|部|行|中心|合作社|商行|超市|馆|坊|社|院|所|铺|场|站"
_SOLE = re.compile(
    r"(?:^|(?<=[\s。]))当事人\s*(?!的|于|在|对|未|如|应|为|上述|有|系|提供|自)"
    rf"(?P<name>[^,，。;；:：\n\s]{{2,40}}(?:{_COMPANY_ENDS}))"
)
_NARRATED = re.compile(r"^\s*(?:被处罚人|当事人)(?P<name>[\u4e00-\u9fa5]{2,4})(?=,[男女])", re.MULTILINE)
_NEXT_LABEL = re.compile(
    r"\s*(?:主体资格|统一社会|社会信用|营业执照|注册号|身份证|证件|住所|住址|地址|经营场所|法定代表人|负责人|经营者|性别|联系|类型|企业类型)"
)
_CODE = re.compile(
    r"(?:统一社会信用代码|社会信用代码|信用代码)[^:\n\dA-Z]{0,16}[: ]*\s*([0-9A-Za-z][0-9A-Za-z \-]{16,24})"
)
_BARE_CODE = re.compile(
    r"(?<![0-9A-Za-z])([0-9A-HJ-NPQRTUWXYa-z]{2}\d{6}[0-9A-HJ-NPQRTUWXYa-z]{10})(?![0-9A-Za-z])"
)
_HEAD_PERSON = re.compile(
    r"(?:法定代表人|主要负责人|负责人|首席代表|经营者|投资人|执行事务合伙人|业主)(?:\([^)]{0,20}\))?(?:姓名)?"
    r"\s*[:： ]?\s*(?P<name>[\u4e00-\u9fa5·]{2,15})"
)
_NOT_NAMES = ("住所", "身份", "姓名", "职务", "性别", "地址", "为", "系", "是", "的", "委托")
_TRADER = re.compile(r"个体工商户|字号|(?:^|[\s,，。;；])经营者(?:姓名)?\s*[:： ]", re.MULTILINE)
_HAN_NAME = re.compile(r"[\u4e00-\u9fa5·]{2,6}|[\u4e00-\u9fa5]某{1,2}|[\u4e00-\u9fa5][*＊×xX]{1,3}")


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the text names it. A code that fits no check character is kept as written."""

    name: str
    kind: PartyKind
    uscc: str | None
    representative: str | None


def parties(head: str) -> list[Party]:
    """The parties in the text before the facts, in order, each once."""
    half = alike(head)
    places = list(_LABEL.finditer(half)) or [*_NARRATED.finditer(half), *_SOLE.finditer(half)][:1]
    found: dict[str, Party] = {}
    for place, after in zip(places, [*[one.start() for one in places[1:]], len(half)], strict=False):
        name = _name(head[place.start("name") : place.end("name")])
        if len(name) >= 2 and name not in found:
            found[name] = _party(name, head[place.start() : after])
    return list(found.values())


def _name(written: str) -> str:
    label = _NEXT_LABEL.search(alike(written))
    name = (written[: label.start()] if label else written).strip(" \t　。，,")
    aside = _ASIDE.search(alike(name))
    name = _FORM.sub("", name[: aside.start()] if aside and aside.start() > 1 else name)
    return re.sub(r"\s", "", name) if _SPACED_OUT.fullmatch(name) else name


def _party(name: str, written: str) -> Party:
    block = alike(written)
    uscc = _code(block)
    persons = [one for one in _HEAD_PERSON.finditer(block) if not one["name"].startswith(_NOT_NAMES)]
    person = written[slice(*persons[0].span("name"))] if persons else None
    return Party(name, _kind(name, block, uscc), uscc, _cut_label(person))


def _code(block: str) -> str | None:
    labelled = _CODE.search(block)
    if labelled:
        return compact(labelled[1])[:18]
    bare = (normalise_uscc(match[1]) for match in _BARE_CODE.finditer(block))
    return next((code for code in bare if is_valid_uscc(code)), None)


def _cut_label(name: str | None) -> str | None:
    """A name that ran into the next label: 张三身份证号码."""
    label = _NEXT_LABEL.search(alike(name)) if name else None
    cut = name[: label.start()] if name and label else name
    return cut if cut and len(cut) >= 2 else None


def _kind(name: str, block: str, uscc: str | None) -> PartyKind:
    is_trader = uscc.startswith("92") if uscc else _TRADER.search(block) is not None
    if is_trader:
        return PartyKind.SOLE_TRADER
    if uscc is None and _HAN_NAME.fullmatch(name) and not name.endswith(("公司", "厂", "店", "部", "行")):
        return PartyKind.PERSON
    return PartyKind.ORGANISATION
