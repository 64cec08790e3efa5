"""A decision becomes a document: everything public once, each part in its zone, nothing across what doesn't touch."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from models.decisions.kinds import DecisionKind, PartyKind
from search.decisions import decision_document
from search.documents import BORDER, Amount, Audience, Facet, SearchDocument, Zone
from tests.unit.search.making import engine_of, found

PARTS = {
    "party_text": "当事人：护航虚构商贸有限公司。",
    "facts": "经查，当事人销售假冒专利产品。",
    "evidence_text": "证据有现场笔录。",
    "basis": "依据《专利法》第六十八条。",
    "penalty": "罚款五万元。",
    "remedy": "可以申请行政复议。",
}


def mapped(**changes: Any) -> SearchDocument:
    record: dict[str, Any] = {
        "id": 7,
        "row_version": 3,
        "kind": DecisionKind.PENALTY,
        "document_number": "豫知罚〔2025〕7号",
        "party_name": "护航虚构商贸有限公司",
        "party_kind": PartyKind.ORGANISATION,
        "party_uscc": "91410100MA3X5ABC2X",
        "legal_representative": "虚某",
        "cause_name": "假冒专利",
        "right_type": "patent",
        "penalty_kinds": ["罚款", "没收违法所得", "罚款"],
        "licence": None,
        "performance": "",
        "authority_name": "某市知识产权局",
        "fine_fen": 5_000_000,
        "confiscated_fen": None,
        "decided_on": dt.date(2025, 6, 1),
        "ends_on": None,
        "industry": "C2614",
        "full_text": "",
        **PARTS,
    }
    return decision_document(
        SimpleNamespace(**record | changes), audience=Audience.PUBLIC, published_on=dt.date(2025, 6, 9)
    )


def test_columns_and_parts_stand_apart_from_each_other() -> None:
    document = mapped()
    assert all(text.endswith(BORDER) for _, text in document.zones)
    assert (Zone.FACTS, PARTS["facts"] + BORDER) in document.zones
    assert (Zone.NUMBER, "豫知罚〔2025〕7号" + BORDER) in document.zones


def test_parts_become_ranges_of_the_whole_text() -> None:
    whole = "豫知罚〔2025〕7号\n" + "".join(PARTS.values()) + "\n某市知识产权局"
    document = mapped(full_text=whole)
    assert document.text.startswith(whole + BORDER)
    assert (Zone.PENALTY, PARTS["penalty"]) in document.zones
    assert document.text.count("经查") == 1, "nothing is indexed twice"


def test_a_part_that_the_whole_text_does_not_contain_follows_it() -> None:
    document = mapped(full_text="决定书全文。" + PARTS["facts"])
    assert (Zone.REMEDY, PARTS["remedy"] + BORDER) in document.zones
    assert (Zone.FACTS, PARTS["facts"]) in document.zones


def test_every_part_of_the_whole_text_is_found_over_its_zones_borders(tmp_path: Path) -> None:
    whole = "".join(PARTS.values())
    engine = engine_of(tmp_path, [mapped(full_text=whole)])
    assert all(found(engine, whole[start : start + 9]) == {7} for start in range(len(whole) - 9))
    assert found(engine, "91410100ma3x5abc2x") == {7}


def test_the_operator_of_a_sole_trader_is_not_indexed(tmp_path: Path) -> None:
    assert "虚某" in mapped().text
    assert "虚某" not in mapped(party_kind=PartyKind.SOLE_TRADER).text


def test_facets_and_amounts_come_from_the_columns() -> None:
    document = mapped()
    assert document.facets[Facet.PENALTY_KIND] == ("罚款", "没收违法所得")
    assert document.facets[Facet.YEAR] == ("2025",)
    assert document.amounts == {
        Amount.DECIDED_ON: dt.date(2025, 6, 1).toordinal(),
        Amount.PUBLISHED_ON: dt.date(2025, 6, 9).toordinal(),
        Amount.FINE: 5_000_000,
        Amount.TOTAL: 5_000_000,
        Amount.CHANGED_ON: dt.date(2025, 6, 9).toordinal(),
    }
    assert Amount.TOTAL not in mapped(fine_fen=None).amounts
    assert mapped(right_type=None).facets[Facet.RIGHT_TYPE] == ()


def test_an_adjudication_is_found_and_counted_by_what_it_is() -> None:
    document = mapped(kind=DecisionKind.ADJUDICATION, penalty_kinds=[], fine_fen=None)
    assert document.facets[Facet.PENALTY_KIND] == ("行政裁决",)
    assert (Zone.PENALTY, "行政裁决" + BORDER) in document.zones


def test_how_to_perform_it_is_found_once_whether_or_not_the_penalty_says_it_too() -> None:
    words = "自收到之日起十五日内缴纳。"
    apart = mapped(performance=words)
    assert (Zone.PENALTY, words + BORDER) in apart.zones
    both = mapped(performance=words, penalty=PARTS["penalty"] + words)
    assert sum(words in text for _, text in both.zones) == 1
