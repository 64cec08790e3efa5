"""The 30 fields as the exchange table has them, and what its receiver would refuse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models.decisions.challenges.kinds import Outcome
from models.decisions.challenges.sending import change_remarks, change_row
from models.decisions.challenges.tables import Challenge
from models.decisions.kinds import Fulfilment, PartyKind
from models.decisions.sending import DOUBLE_PUBLICITY, GSXT, remarks, row_of
from models.decisions.spreadsheet.columns import recognise
from models.decisions.tables import Decision
from tests.support.decisions import COLUMNS_2018, invented_uscc


def a_decision(**changes: Any) -> Decision:
    return Decision(
        **{
            "party_kind": PartyKind.ORGANISATION,
            "party_name": "护航示例商贸有限公司",
            "party_uscc": invented_uscc(1),
            "legal_representative": "甲某某",
            "document_number": "测市监处罚〔2026〕001号",
            "cause_name": "假冒专利",
            "facts": "标注失效的专利号。",
            "basis": "《中华人民共和国专利法》第六十八条",
            "penalty_kinds": ["罚款", "没收违法所得"],
            "penalty": "没收违法所得1500元；罚款2000元。",
            "fine_fen": 200_000,
            "confiscated_fen": 150_001,
            "decided_on": dt.date(2026, 2, 5),
            "authority_name": "测试市市场监督管理局",
            "authority_uscc": invented_uscc(2, "11410400"),
            "fulfilment": Fulfilment.UNKNOWN,
            **changes,
        }
    )


def test_the_table_has_the_thirty_fields_in_their_order() -> None:
    assert [column.code for column in DOUBLE_PUBLICITY] == [code for code, _, _ in COLUMNS_2018]


def test_the_import_knows_every_header_that_is_sent() -> None:
    header = recognise(1, [column.title for column in DOUBLE_PUBLICITY])
    assert header is not None
    assert (header.missing, header.unknown) == ([], ())


def test_amounts_are_exact_and_days_as_the_table_writes_them() -> None:
    row = row_of(DOUBLE_PUBLICITY, a_decision())
    assert (row["CF_NR_FK"], row["CF_NR_WFFF"]) == (Decimal("0.2"), Decimal("0.150001"))
    assert (row["CF_JDRQ"], row["CF_YXQ"], row["CF_CFLB"]) == (
        "2026/02/05",
        "2099/12/31",
        "罚款；没收违法所得",
    )
    assert row_of(GSXT, a_decision())["PENDECISSDATE"] == "2026/02/05"


def test_a_whole_row_has_nothing_to_remark() -> None:
    assert list(remarks(DOUBLE_PUBLICITY, [a_decision()])) == []
    assert list(remarks(GSXT, [a_decision()])) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fine_fen": None}, "CF_NR_FK"),
        ({"authority_uscc": None}, "CF_CFJGDM CF_SJLYDM"),
        ({"legal_representative": None}, "CF_FRDB"),
        ({"facts": "字" * 5001}, "CF_SY"),
        ({"penalty_kinds": ["吊销许可证件"]}, "CF_NR_ZKDX"),
        ({"party_kind": PartyKind.PERSON, "party_uscc": None}, "CF_XDR_ZJLX CF_XDR_ZJHM"),
        ({"party_name": "测试"}, "CF_XDR_MC"),
        ({"party_uscc": "91410400TEST000010"}, "CF_XDR_SHXYM"),
        ({"decided_on": dt.date(2200, 1, 5)}, "CF_JDRQ CF_YXQ"),
        ({"valid_until_on": dt.date(2026, 1, 5)}, "CF_YXQ"),
        ({"ends_on": dt.date(2026, 2, 4)}, "CF_GSJZQ"),
    ],
)
def test_what_is_missing_too_long_or_wrong_is_told_where_it_stands(
    changes: dict[str, Any], code: str
) -> None:
    found = list(remarks(DOUBLE_PUBLICITY, [a_decision(), a_decision(**changes)]))
    assert {one.row for one in found} == {3}
    assert " ".join(one.column.split()[0] for one in found) == code


def test_the_operator_of_a_sole_trader_is_not_sent() -> None:
    row = row_of(DOUBLE_PUBLICITY, a_decision(party_kind=PartyKind.SOLE_TRADER, party_uscc=None))
    assert (row["CF_FRDB"], row["CF_XDR_SHXYM"]) == ("", "00000000000000000X")


def test_the_codes_of_gsxt_stand_even_where_their_lists_are_not_known() -> None:
    row = row_of(GSXT, a_decision())
    assert (row["PRIPID"], row["REGNO"], row["PENTYPE"], row["REMARK"]) == ("", "", "", "")
    assert (row["PENTYPE_CN"], row["PENAUTH"]) == ("罚款；没收违法所得", invented_uscc(2, "11410400"))


def test_a_change_of_an_organisation_without_a_code_is_remarked() -> None:
    changed = Challenge(
        decision=a_decision(party_uscc=None),
        authority_name="测试市人民政府",
        outcome=Outcome.CHANGED,
        outcome_on=dt.date(2026, 5, 6),
    )
    assert [one.column.split()[0] for one in change_remarks([changed])] == ["UNISCID"]
    assert change_row(changed)["ALTDATE"] == "2026/05/06"
    with pytest.raises(ValueError, match="stands"):
        change_row(Challenge(decision=a_decision(), outcome=Outcome.UPHELD, outcome_on=dt.date(2026, 5, 6)))
