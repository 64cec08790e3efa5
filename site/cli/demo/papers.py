"""The text of a decision in the order of the official papers, from the sentences of `papers.toml`."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cli.demo.days import chinese_date
from cli.demo.dice import weighted
from cli.demo.goods import listing
from cli.demo.matters import Matter
from cli.demo.words import read_data, words
from models.decisions.kinds import PartyKind, PenaltyKind
from models.people.profiles import BureauProfile

_ORIGINS = {
    "inspection": 40,
    "holder": 20,
    "report": 18,
    "campaign": 10,
    "transfer": 6,
    "online": 5,
    "exhibition": 1,
}
_NOTICES = {"none": 88, "plea": 9, "hearing": 3}
_LICENCE_NAMES = {PartyKind.ORGANISATION: "营业执照", PartyKind.SOLE_TRADER: "个体工商户营业执照"}
# Acts that are put right rather than stopped: the law says 责令改正 or 限期改正.
_CORRECTED = {"passing_off", "abnormal", "agency", "unregistered", "well_known"}
_HEADS = {PartyKind.ORGANISATION: "法定代表人", PartyKind.SOLE_TRADER: "经营者"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision's text by zones, and in one piece with its head."""

    party: str
    facts: str
    evidence: str
    basis: str
    penalty: str
    remedy: str
    full: str


def write_paper(roll: random.Random, matter: Matter, number: str, profile: BureauProfile) -> Paper:
    """The paper of `matter` under the document number `number`."""
    texts = read_data("papers.toml")
    family = texts["families"][matter.family]
    values = _values(roll, matter, number, profile)
    values["suspicion"] = _say(roll, family["suspicion"], values)
    facts = _lines(
        _say(roll, texts["source"][weighted(roll, _ORIGINS)], values),
        _say(roll, texts["procedure"]["variants"], values | {"measure": _measure(roll, matter, texts)}),
        _say(roll, family["facts"], values),
    )
    evidence = _lines(
        "上述事实，主要有以下证据证明：",
        _evidence(roll, matter, texts, values),
        _say(roll, texts["notice"][weighted(roll, _NOTICES)], values),
    )
    basis = _lines(
        _say(roll, family["law"], values), _say(roll, texts["discretion"][matter.severity], values)
    )
    party, penalty = _party(matter), _penalty(matter)
    remedy = _lines(
        *(_say(roll, texts["closing"][part], values) for part in ("pay", "remedy", "publicity")),
        profile.authority.name,
        chinese_date(matter.days.decided),
        "（印章）",
        _say(roll, texts["closing"]["copies"], values),
    )
    head = _lines(profile.authority.name, "行政处罚决定书", number)
    full = _lines(head, party, facts, evidence, basis, penalty, remedy)
    return Paper(party, facts, evidence, basis, penalty, remedy, full)


def _values(roll: random.Random, matter: Matter, number: str, profile: BureauProfile) -> dict[str, str | int]:
    """What the braces in the sentences stand for."""
    days, rule = matter.days, matter.provision
    first = matter.goods[0].label.split("牌")[-1] if matter.goods else matter.party.category.products[0].name
    return {
        "address": matter.party.address,
        "begun": f"{days.begun.year}年{days.begun.month}月",
        "brand": matter.brand,
        "campaign": profile.plan.campaign.strip("“”"),
        "closed": chinese_date(days.closed),
        "filed": chinese_date(days.filed),
        "first": first,
        "found": chinese_date(days.found),
        "gains": matter.gains,
        "goods": listing(matter.goods) if matter.goods else "",
        "holder": matter.holder,
        "implementing": rule.implementing,
        "label": matter.party.category.label,
        "law": rule.law,
        "nice": matter.party.category.nice,
        "notice_number": number.replace("处罚〔", "罚告〔"),
        "noticed": chinese_date(days.noticed),
        "patent": matter.patent,
        "patent_event": matter.patent_event,
        "patent_kind": matter.patent_kind,
        "penalised": rule.penalised,
        "platform": roll.choice(words("platforms")),
        "reg_no": matter.registration,
        "review": f"{profile.bureau.region_name}人民政府",
        "supplier": matter.supplier,
        "turnover": matter.turnover,
        "violated": rule.violated,
    }


def _say(roll: random.Random, variants: list[str], values: Mapping[str, str | int]) -> str:
    return roll.choice(variants).format_map(values)


def _lines(*parts: str) -> str:
    return "\n".join(parts)


def _party(matter: Matter) -> str:
    party = matter.party
    if party.uscc is None:
        return _lines(f"当事人：{party.name}", f"经营场所：{party.address}（未办理营业执照）")
    return _lines(
        f"当事人：{party.name}",
        f"主体资格证照名称：{_LICENCE_NAMES[party.kind]}",
        f"统一社会信用代码：{party.uscc}",
        f"住所（经营场所）：{party.address}",
        f"{_HEADS[party.kind]}：{party.legal_representative}",
    )


def _measure(roll: random.Random, matter: Matter, texts: Mapping[str, Any]) -> str:
    variants: list[str] = texts["procedure"]["measures" if matter.goods else "no_goods"]
    return roll.choice(variants)


def _evidence(
    roll: random.Random, matter: Matter, texts: Mapping[str, Any], values: Mapping[str, str | int]
) -> str:
    pools = texts["evidence"]
    special = [item for name in texts["families"][matter.family]["evidence"] for item in pools[name]]
    subject = pools["licensed" if matter.party.uscc else "unlicensed"]
    chosen = (
        subject
        + roll.sample(pools["common"], 2)
        + roll.sample(special, min(len(special), roll.randint(2, 4)))
    )
    return _numbered(item.format_map(values) for item in chosen)


def _penalty(matter: Matter) -> str:
    rule = matter.provision
    order = "责令当事人改正违法行为" if matter.family in _CORRECTED else "责令当事人立即停止违法行为"
    head = f"依据《{rule.law}》{rule.penalised}的规定，本局{order}，并决定处罚如下："
    return _lines(head, _numbered(_penalty_words(matter, kind) for kind in matter.penalties))


def _penalty_words(matter: Matter, kind: PenaltyKind) -> str:
    if kind is PenaltyKind.FINE:
        return f"罚款{matter.fine}元"
    if kind is PenaltyKind.CONFISCATE_GAINS:
        return f"没收违法所得{matter.gains}元"
    if kind is PenaltyKind.CONFISCATE_GOODS:
        stock = "、".join(f"{line.label}{line.in_stock}{line.unit}" for line in matter.goods)
        return f"没收{stock}，货值金额共计{matter.stock}元"
    return str(kind.value)


def _numbered(items: Iterable[str]) -> str:
    return "；\n".join(f"{number}.{item}" for number, item in enumerate(items, 1)) + "。"
