"""How a natural person who is a party is named in public: family name and 某, by the bureau's default policy.

Companies and trade names of sole traders stand as they are (公示规定 Art 2(3), 国发〔2014〕6号 2(3)).
"""

import re

from models.decisions.kinds import PartyKind

# Two-character family names still in use; of any other name the first character is the family name.
_COMPOUND = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙令狐宇文长孙慕容司徒夏侯轩辕端木百里东郭南宫呼延澹台公冶"
    "太史申屠仲孙鲜于闾丘司空亓官司寇子车赫连拓跋独孤万俟西门濮阳淳于单于公羊宗政左丘第五"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))
MASK = "某"
_WORD = 2
_DOT = re.compile(r"[·•・．.]")


_OPERATOR = re.compile(r"\s*[（(]\s*(?:经营者|业主|负责人)\s*[:：]?\s*[^（）()]{2,6}[)）]")


def public_party_name(served_name: str, kind: PartyKind, representative: str | None = None) -> str:
    """The party's name as it may be shown: unchanged, but for a natural person family name + 某.

    Of a sole trader the operator's name goes where it stands beside the trade name: 老谭五金店（谭永福）; one who trades
    under no other name than their own is named as a person is.
    """
    if kind is PartyKind.SOLE_TRADER:
        return _trade_name(served_name, representative or "")
    if kind is not PartyKind.PERSON or MASK in served_name or "*" in served_name or "＊" in served_name:
        return served_name
    return _family_name(served_name) + MASK


def private_names(served_name: str, kind: PartyKind, representative: str | None) -> list[tuple[str, str]]:
    """Names of natural persons that give way in public texts, each with what stands for it.

    The party's own, and that of the operator of a sole trader (个体工商户经营者), by the bureau's default policy.
    """
    name = {PartyKind.PERSON: served_name, PartyKind.SOLE_TRADER: representative or ""}.get(kind, "")
    public = public_party_name(name, PartyKind.PERSON) if len(name) >= 2 else name
    called = [name, *(part for part in _DOT.split(name)[1:] if len(part) > _WORD)]  # 胡西塔尔·赛力克, 赛力克
    return [(one, public) for one in called] if public != name else []


def without_private_names(text: str, served_name: str, kind: PartyKind, representative: str | None) -> str:
    """`text` with those names replaced, but for the trade name, which may have the operator's in it."""
    for name, public in private_names(served_name, kind, representative):
        if kind is PartyKind.PERSON or name == served_name:
            text = _give_way(text, name, public)
        else:
            trade, *short = trade_names(served_name, representative or "")
            stays = re.compile("|".join(map(re.escape, (trade, *short))))
            told = text.replace(served_name, trade)
            between, kept = stays.split(told), [*stays.findall(told), ""]
            text = "".join(
                _give_way(part, name, public) + stay for part, stay in zip(between, kept, strict=True)
            )
    return text


def trade_names(served_name: str, operator: str) -> tuple[str, ...]:
    """How a sole trader is called in public: the trade name, and what texts make of one that has the operator's name in it.

    >>> trade_names("柳巷区王守义烧饼铺", "王守义")
    ('柳巷区王守义烧饼铺', '王守义烧饼铺')
    """
    trade = public_party_name(served_name, PartyKind.SOLE_TRADER, operator)
    place, own, goods = trade.partition(operator) if operator else ("", "", "")
    return (trade, own + goods) if place and len(goods) >= _WORD else (trade,)


def _give_way(text: str, name: str, public: str) -> str:
    """`text` with the name replaced, also where blanks or the end of a line stand within it."""
    text = text.replace(name, public)
    if name not in "".join(text.split()):
        return text
    return re.sub(r"\s{0,3}".join(map(re.escape, name)), public, text)


def _trade_name(served_name: str, operator: str) -> str:
    bare = _OPERATOR.sub("", served_name)
    if len(operator) < 2:
        return bare or served_name
    own = re.escape(operator)
    bare = re.sub(rf"\s*[（(]\s*{own}\s*[)）]", "", bare)
    bare = re.sub(rf"^{own}\s*[（(](?P<trade>[^（）()]{{2,}})[)）]$", r"\g<trade>", bare)
    return public_party_name(operator, PartyKind.PERSON) if bare == operator else bare or served_name


def _family_name(name: str) -> str:
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[:1]
