import csv
import datetime as dt
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.decisions.kinds import DecisionKind, PartyKind, PenaltyKind
from models.decisions.operations import approve
from models.decisions.sending import ADJUDICATIONS
from models.decisions.spreadsheet.importer import file_sha256, import_file
from models.decisions.spreadsheet.report import Report
from models.decisions.states import State
from models.decisions.tables import Decision
from models.kinds import RightType
from models.ledger.tables import LedgerEvent
from models.outbox import OutboxRow
from models.people.actors import COMMAND
from models.people.tables import Account, Unit
from tests.factories import NOW
from tests.support.decisions import AUTHORITY, a_row, invented_uscc, names_of_2018, write_xlsx

Import = Callable[..., Report]


@pytest.fixture
def take(session: Session, unit: Unit, tmp_path: Path) -> Import:
    """`take(rows)` writes rows to a spreadsheet and imports it; `take(path)` imports a file."""

    def run(source: Path | list[dict[str, Any]], reviewer: Account | None = None, **shape: Any) -> Report:
        path = source if isinstance(source, Path) else write_xlsx(tmp_path / "in.xlsx", source, **shape)
        return import_file(
            session, path, unit=unit, actor=COMMAND, now=NOW, commit=session.commit, reviewer=reviewer
        )

    return run


def numbered(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [a_row(CF_WSH=f"测市监处罚〔2026〕{number:03d}号", **changes) for number in range(1, count + 1)]


def test_a_good_row_becomes_a_draft_in_review_with_every_field(session: Session, take: Import) -> None:
    report = take([a_row()])
    assert report.as_data() == {
        "imported": 1,
        "unchanged": 0,
        "updated": 0,
        "errors": [],
        "warnings": [
            {"row": 1, "column": "K 法定代表人证件号码", "message": "自然人证件号码不得公开，这一列没有读取"},
            {"row": 1, "column": "M 自然人证件号码", "message": "自然人证件号码不得公开，这一列没有读取"},
        ],
    }
    decision = session.scalars(select(Decision)).one()
    assert decision.state is State.IN_REVIEW
    assert decision.document_number == "测市监处罚〔2026〕001号"
    assert (decision.fine_fen, decision.confiscated_fen) == (200_000, 150_000)
    assert decision.kinds == (PenaltyKind.FINE, PenaltyKind.CONFISCATE_GAINS)
    assert decision.party_kind is PartyKind.ORGANISATION
    assert decision.party_uscc == invented_uscc(1)
    assert decision.valid_until_on == dt.date(2099, 12, 31)
    assert decision.cause_code is not None
    assert decision.right_type is RightType.PATENT_PASSING_OFF
    assert decision.maker_id is None
    assert decision.source_sha256 is not None


def test_a_second_import_changes_nothing(session: Session, take: Import) -> None:
    rows = numbered(7)
    assert take(rows).imported == 7
    again = take(rows)
    assert (again.imported, again.unchanged, again.updated, again.errors) == (0, 7, 0, [])
    assert session.scalar(select(func.count()).select_from(Decision)) == 7


def test_a_changed_row_updates_what_is_not_public_yet(session: Session, take: Import) -> None:
    take([a_row()])
    assert take([a_row(CF_NR="罚款3000元。", CF_NR_FK="0.3")]).updated == 1
    decision = session.scalars(select(Decision)).one()
    assert (decision.fine_fen, decision.revision, decision.state) == (300_000, 2, State.IN_REVIEW)


def test_a_changed_row_never_changes_what_is_public(
    session: Session, take: Import, reviewer: Account
) -> None:
    take([a_row()], reviewer)
    report = take([a_row(CF_NR_FK="0.3")])
    assert (report.updated, [(error.row, error.column) for error in report.errors]) == (
        0,
        [(2, "N 行政处罚决定书文号")],
    )
    assert session.scalars(select(Decision)).one().fine_fen == 200_000


def test_with_a_reviewer_rows_are_public_at_once(session: Session, take: Import, reviewer: Account) -> None:
    assert take(numbered(2), reviewer).imported == 2
    for decision in session.scalars(select(Decision)):
        assert decision.state is State.PUBLISHED
        assert decision.reviewer_id == reviewer.id
    event = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "decision.import")).one()
    assert session.scalars(select(Decision)).first().source_sha256 in event.data  # type: ignore[union-attr]


def test_drafts_of_an_earlier_import_can_be_published_by_a_later_one(
    session: Session, take: Import, reviewer: Account
) -> None:
    take([a_row()])
    assert take([a_row()], reviewer).updated == 1
    assert session.scalars(select(Decision)).one().state is State.PUBLISHED
    assert take([a_row()], reviewer).unchanged == 1


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"CF_XDR_MC": None}, "A 行政相对人名称"),
        ({"CF_XDR_MC": "NULL"}, "A 行政相对人名称"),
        ({"CF_XDR_LB": "外星人"}, "B 行政相对人类别"),
        ({"CF_XDR_SHXYM": "914104000000000000"}, "C 行政相对人代码_1(统一社会信用代码)"),
        ({"CF_XDR_SHXYM": None}, "C 行政相对人代码_1(统一社会信用代码)"),
        ({"CF_WSH": " "}, "N 行政处罚决定书文号"),
        ({"CF_WFXW": None}, "O 违法行为类型"),
        ({"CF_SY": None}, "P 违法事实"),
        ({"CF_YJ": "#REF!"}, "Q 处罚依据"),
        ({"CF_CFLB": "责令改正"}, "R 处罚类别"),
        ({"CF_NR": None}, "S 处罚内容"),
        ({"CF_NR_FK": "两千元"}, "T 罚款金额（万元）"),
        ({"CF_NR_FK": None}, "T 罚款金额（万元）"),
        ({"CF_NR_FK": -1}, "T 罚款金额（万元）"),
        ({"CF_JDRQ": "2026-02-30"}, "W 处罚决定日期"),
        ({"CF_JDRQ": dt.date(2026, 3, 3)}, "W 处罚决定日期"),
        ({"CF_GSJZQ": "2026-01-01"}, "Y 公示截止期"),
        ({"CF_CFJG": None}, "Z 处罚机关"),
    ],
)
def test_a_bad_cell_is_told_by_row_and_column_and_the_others_go_in(
    take: Import, changes: dict[str, Any], column: str
) -> None:
    rows = numbered(3)
    rows[1] |= changes
    report = take(rows)
    assert report.imported == 2
    assert [(error.row, error.column) for error in report.errors] == [(3, column)]


def test_rows_are_counted_as_the_spreadsheet_shows_them(take: Import) -> None:
    report = take([a_row(), {}, a_row(CF_WSH=None)], above=2)
    assert (report.imported, [error.row for error in report.errors]) == (1, [6])


def test_all_of_ten_thousand_bad_rows_are_told(take: Import) -> None:
    report = take([a_row(CF_SY=None) for _ in range(10_000)])
    assert (report.imported, len(report.errors), report.errors[-1].row) == (0, 10_000, 10_001)


def test_the_same_number_twice_in_one_file(take: Import) -> None:
    report = take([a_row(), a_row(), a_row(CF_NR="罚款9元。")])
    assert (report.imported, report.unchanged) == (1, 1)
    assert [(error.row, "第 2 行" in error.message) for error in report.errors] == [(4, True)]


def test_an_unknown_cause_is_a_warning(take: Import) -> None:
    report = take([a_row(CF_WFXW="无照经营")])
    assert report.imported == 1
    assert any("无照经营" in warning.message for warning in report.warnings)


def test_optional_columns_may_be_missing(take: Import) -> None:
    kept = (
        "CF_XDR_MC",
        "CF_XDR_SHXYM",
        "CF_WSH",
        "CF_WFXW",
        "CF_SY",
        "CF_YJ",
        "CF_CFLB",
        "CF_NR",
        "CF_JDRQ",
        "CF_CFJG",
    )
    report = take([a_row()], header={code: name for code, name in names_of_2018().items() if code in kept})
    assert report.as_data() == {"imported": 1, "unchanged": 0, "updated": 0, "errors": [], "warnings": []}


def test_a_header_of_codes_and_a_second_header_row(session: Session, take: Import, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(names_of_2018().values()))
    sheet.append(list(names_of_2018()))
    sheet.append(list(a_row().values()))
    book.save(tmp_path / "two.xlsx")
    assert take(tmp_path / "two.xlsx").imported == 1


def test_the_table_of_2015(session: Session, take: Import) -> None:
    header = {
        "CF_WSH": "行政处罚决定书文号", "CF_WFXW": "处罚名称", "CF_CFLB": "处罚类别1", "CF_CFLB2": "处罚类别2",
        "CF_SY": "处罚事由", "CF_YJ": "处罚依据", "CF_XDR_MC": "行政相对人名称",
        "CF_XDR_SHXYM": "行政相对人代码_1(统一社会信用代码)", "CF_XDR_SFZ": "行政相对人代码_5(居民身份证号)",
        "CF_FRDB": "法定代表人姓名", "CF_NR": "处罚结果", "CF_JDRQ": "处罚决定日期", "CF_CFJG": "处罚机关",
        "CF_ZT": "当前状态",
    }  # fmt: skip
    old = a_row(CF_CFLB="罚款", CF_CFLB2="没收违法所得", CF_ZT=0)
    withdrawn = a_row(CF_WSH="测市监处罚〔2026〕002号", CF_ZT="1")
    person = a_row(
        CF_WSH="测市监处罚〔2026〕003号",
        CF_XDR_MC="张测试",
        CF_XDR_SHXYM=None,
        CF_XDR_SFZ="11010519491231002X",
        CF_ZT=0,
    )
    report = take([old, withdrawn, person], header=header)
    assert (report.imported, [error.row for error in report.errors]) == (2, [3])
    kinds = session.scalars(select(Decision.party_kind).order_by(Decision.number_key)).all()
    assert kinds == [PartyKind.ORGANISATION, PartyKind.PERSON]


def test_the_table_of_adjudications_that_goes_out_comes_in_again(session: Session, take: Import) -> None:
    header = {column.code: column.title for column in ADJUDICATIONS}
    row = {
        "CJ_XDR_MC": "护航示例机电有限公司", "CJ_XDR_LB": "法人及非法人组织", "CJ_XDR_SHXYM": invented_uscc(1),
        "CJ_WSH": "测知裁〔2026〕3号", "CJ_AY": "专利侵权纠纷", "CJ_SS": "被请求人制造的水泵落入专利权的保护范围。",
        "CJ_YJ": "《中华人民共和国专利法》第六十五条", "CJ_NR": "责令被请求人立即停止侵权。",
        "CJ_LX": "十五日内履行。", "CJ_JDRQ": "2026/02/20", "CJ_JG": AUTHORITY, "CJ_GSRQ": "2026/02/25",
    }  # fmt: skip
    report = take([row], header=header)
    assert (report.imported, report.errors) == (1, [])
    by_codes = take([row | {"CJ_WSH": "测知裁〔2026〕4号"}], header={code: code for code in header})
    assert (by_codes.imported, by_codes.errors) == (1, [])
    for found in session.scalars(select(Decision)):
        assert (found.kind, found.penalty_kinds, found.fine_fen) == (DecisionKind.ADJUDICATION, [], None)
        assert (found.cause_code, found.performance) == ("PT-31", "十五日内履行。")


@pytest.mark.parametrize(
    ("changes", "kind", "fault"),
    [
        ({"kind": "行政裁决", "CF_CFLB": None, "CF_NR_FK": None}, DecisionKind.ADJUDICATION, None),
        ({"kind": "责令改正", "CF_CFLB": None, "CF_NR_FK": None}, DecisionKind.OTHER, None),
        ({"CF_WFXW": "专利标识标注不规范", "CF_CFLB": None, "CF_NR_FK": None}, DecisionKind.OTHER, None),
        ({"kind": "行政裁决", "CF_NR_FK": None}, None, "不填处罚类别"),
        ({"kind": "行政裁决", "CF_CFLB": None}, None, "没有罚款"),
        ({"kind": "裁定", "CF_CFLB": None}, None, "不是决定类别"),
    ],
)
def test_a_row_says_what_its_decision_is(
    session: Session, take: Import, changes: dict[str, Any], kind: DecisionKind | None, fault: str | None
) -> None:
    report = take([a_row(**changes)], header={**names_of_2018(), "kind": "决定类别"})
    assert session.scalar(select(Decision.kind)) == kind
    assert (fault is None) == (not report.errors)
    assert fault is None or any(fault in error.message for error in report.errors)


def test_a_sum_under_the_table_is_told_once(take: Import) -> None:
    total = dict.fromkeys(names_of_2018()) | {"CF_XDR_MC": "合计", "CF_NR_FK": 8}
    report = take([a_row(), total])
    assert (report.imported, [(error.row, error.column) for error in report.errors]) == (1, [(3, "")])


def test_no_identity_number_of_a_person_is_kept(session: Session, take: Import) -> None:
    take([a_row(CF_XDR_LB="自然人", CF_XDR_MC="张测试", CF_XDR_SHXYM=None, CF_XDR_ZJHM="11010519491231002X")])
    stored = session.execute(select(Decision.__table__)).one()
    assert not any("11010519491231002X" in str(value) for value in stored)


def test_a_number_in_the_text_keeps_a_row_from_being_published_at_once(
    take: Import, reviewer: Account
) -> None:
    report = take([a_row(CF_SY="当事人（电话13800138000）销售假冒商品。")], reviewer)
    assert (report.imported, [error.row for error in report.errors]) == (0, [2])
    assert "手机号码" in report.errors[0].message


def test_a_term_that_is_over_is_filed_and_said(session: Session, take: Import, reviewer: Account) -> None:
    report = take([a_row(CF_JDRQ="2024-01-05")], reviewer)
    assert (report.imported, session.scalars(select(Decision)).one().state) == (1, State.ENDED)
    assert "届满" in report.warnings[-1].message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_csv_in_the_encodings_that_are_about(take: Import, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "in.csv"
    with path.open("w", encoding=encoding, newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(names_of_2018().values())
        writer.writerow(["" if value is None else value for value in a_row().values()])
    assert take(path).imported == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just a letter",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"a,b,c\n1,2,3\n",
        b"\x00\x01\x02,",
    ],
)
def test_what_is_no_table_gets_a_report(take: Import, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    report = take(path)
    assert (report.imported, len(report.errors)) == (0, 1)
    assert report.errors[0].message.endswith("。")


def test_a_missing_column_is_named(take: Import) -> None:
    report = take([a_row()], header={code: name for code, name in names_of_2018().items() if code != "CF_SY"})
    assert "违法事实" in report.errors[0].message


def test_a_file_that_unpacks_to_too_much_is_refused(
    take: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.decisions.spreadsheet.reader.MAX_UNPACKED_BYTES", 10_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000)
    assert "太大" in take(path).errors[0].message


def test_an_import_does_not_touch_what_was_approved(
    session: Session, take: Import, reviewer: Account
) -> None:
    take([a_row()])
    decision = session.scalars(select(Decision)).one()
    approve(session, decision, revision=1, actor=reviewer, now=NOW)
    assert len(take([a_row(CF_NR="罚款1元。")]).errors) == 1
    assert take([a_row()]).unchanged == 1


def test_the_file_is_known_by_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    assert file_sha256(path).startswith("ba7816bf")


def test_authorities_are_the_same_however_spaced(take: Import) -> None:
    take([a_row()])
    assert take([a_row(CF_CFJG=f" {AUTHORITY} ")]).unchanged == 1


def test_a_row_needs_no_statements_but_its_own(
    session: Session,
    take: Import,
    reviewer: Account,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    spent = []
    for first, many in ((100, 10), (200, 60)):
        rows = [a_row(CF_WSH=f"测市监处罚〔2026〕{first + at}号") for at in range(many)]
        with count_queries() as statements:
            assert take(rows, reviewer=reviewer).imported == many
        spent.append(len(statements))
    assert spent[1] - spent[0] < 2.5 * 50, (
        "a row is entered and published, and nothing is asked about it alone"
    )
    queued = session.scalars(select(OutboxRow.key).where(OutboxRow.kind == "search-index"))
    assert len(set(queued)) == 70
