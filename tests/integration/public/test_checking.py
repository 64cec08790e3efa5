"""/check with lists as people have them: titles, numbers in front, old names, slips, mangled codes, blanks, thousands of rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence

import pytest
import time_machine
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published

FIRM, OLD_NAME, SHOP = "平岭市护航示例商贸有限公司", "平岭市启航示例商贸有限公司", "青川县样品百货店"
CODE, SHOP_CODE = invented_uscc(1), invented_uscc(2)


@pytest.fixture(autouse=True)
def _public(session: Session) -> Iterator[None]:
    """Two companies, one of them under two names; there is no index, and none is needed."""
    with time_machine.travel(NOW, tick=False):
        reviewer: Account = StaffFactory(role=Role.REVIEWER)
        unit = reviewer.assignments[0].unit
        parties = [
            (OLD_NAME, CODE, "2026-01-05"),
            (FIRM, CODE, "2026-02-05"),
            (SHOP, SHOP_CODE, "2026-02-06"),
        ]
        for number, (name, code, decided) in enumerate(parties, 1):
            published(
                session,
                unit,
                reviewer,
                document_number=f"测市监处罚〔2026〕{number:03}号",
                party_name=name,
                uscc=code,
                decided_on=dt.date.fromisoformat(decided),
            )
        yield


def rows_of(
    client: FlaskClient, *, text: str = "", file: bytes = b"", name: str = "list.csv"
) -> list[dict[str, str]]:
    sent = {"companies": text, "format": "csv", "file": (io.BytesIO(file), name)}
    answer = client.post("/check", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def book_of(rows: Sequence[Sequence[object]], *merged: str) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(file)
    return file.getvalue()


MESSY = [
    ["2025年度项目申报企业名单", None, None, None],
    [None, None, None, None],
    ["序号", "申报日期", "企业名称", "统一社会信用代码"],
    [1, dt.date(2025, 3, 1), FIRM, None],
    [2, dt.date(2025, 3, 2), "", CODE],
    [None, None, None, None],
    [3, "2025/3/3", " 青川县 樣品百貨店 ", None],
    [3, "2025/3/3", " 青川县 樣品百貨店 ", None],
    [4, "2025/3/4", OLD_NAME.replace("商贸", "商貿"), ""],
]


def test_a_workbook_with_a_title_numbers_days_blanks_and_repeats(client: FlaskClient) -> None:
    rows = rows_of(client, file=book_of(MESSY, "A1:D1", "B4:B5"), name="list.xlsx")
    assert [row["typed"] for row in rows] == [
        FIRM,
        CODE,
        "青川县 樣品百貨店",
        OLD_NAME.replace("商贸", "商貿"),
    ]
    assert [row["uscc"] for row in rows] == [CODE, CODE, SHOP_CODE, CODE]
    assert [row["answer"] for row in rows] == ["cannot_tell", "not_listed", "cannot_tell", "cannot_tell"]
    assert "公示中的决定书 2 份" in rows[0]["why"]
    assert "用过的名称" in rows[3]["why"]
    assert rows[3]["name"] == FIRM


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_in_every_encoding_with_or_without_heads(
    client: FlaskClient, encoding: str, delimiter: str
) -> None:
    for head in ("序号,名称,信用代码\r\n", ""):
        table = f'{head}1,"{FIRM}",{CODE}\r\n2,"{SHOP}",\r\n'.replace(",", delimiter)
        rows = rows_of(client, file=table.encode(encoding))
        assert [row["typed"] for row in rows] == [CODE, SHOP]


def test_an_open_quotation_mark_swallows_nothing(client: FlaskClient) -> None:
    rows = rows_of(client, file=f'"{FIRM}\n{SHOP}\n甲\n乙\n丙\n{CODE}\n'.encode())
    assert {SHOP, CODE} <= {row["typed"] for row in rows}


def test_firms_in_one_line(client: FlaskClient) -> None:
    assert [row["typed"] for row in rows_of(client, text=f"{FIRM}、{SHOP}；{CODE}")] == [FIRM, SHOP, CODE]


def slip(code: str, at: int) -> str:
    return code[:at] + ("1" if code[at] != "1" else "2") + code[at + 1 :]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (slip(CODE, 10), FIRM),
        (CODE[:9] + CODE[10] + CODE[9] + CODE[11:], FIRM),
        (CODE[:-2], "16 位"),
        (CODE[:5] + CODE[6:], FIRM),
        (CODE + "0", FIRM),
        ("9.1410400MA".replace("MA", "") + "E+17", "科学记数"),
        ("410400000012345", "注册号"),
        (CODE[8:17], "组织机构代码"),
        ("12", "既没有名称"),
        ("2026-01-02 00:00:00", "既没有名称"),
    ],
)
def test_what_is_no_code_is_told_as_what_it_is(client: FlaskClient, typed: str, told: str) -> None:
    (row,) = rows_of(client, text=typed)
    assert row["answer"] == "cannot_tell"
    assert told in row["why"], row


@pytest.mark.parametrize(
    "typed", [CODE.lower(), " ".join(CODE), "".join(chr(ord(one) + 0xFEE0) for one in CODE)]
)
def test_a_code_in_any_width(client: FlaskClient, typed: str) -> None:
    (row,) = rows_of(client, text=typed)
    assert (row["answer"], row["uscc"], row["published_decisions"]) == ("not_listed", CODE, "2")


def test_a_likeness_is_proposed_and_a_stranger_is_not(client: FlaskClient) -> None:
    like, stranger = rows_of(client, text="平岭市护航示例商贸公司\n毫不相干的字号有限公司")
    assert CODE in like["why"]
    assert "没有相近的名称" in stranger["why"]


def test_five_thousand_names_are_answered_at_once(client: FlaskClient) -> None:
    many = [f"江岸市样{chr(0x4E00 + number)}品{number}商贸有限公司" for number in range(4_998)]
    rows = rows_of(client, file=book_of([[name] for name in [*many, FIRM, SHOP]]), name="list.xlsx")
    assert len(rows) == 5_000
    assert [row["uscc"] for row in rows[-2:]] == [CODE, SHOP_CODE]
    assert all("相近" in row["why"] for row in rows[:-2])


def test_what_is_too_long_is_refused_not_cut(client: FlaskClient) -> None:
    for rows in ([[f"甲{number}店"] for number in range(5_001)], [["甲店"]] * 20_001):
        sent = {"companies": "", "format": "csv", "file": (io.BytesIO(book_of(rows)), "list.xlsx")}
        assert client.post("/check", data=sent, content_type="multipart/form-data").status_code == 422


def test_the_file_can_be_had_after_an_upload(client: FlaskClient) -> None:
    file = (io.BytesIO(book_of(MESSY)), "list.xlsx")
    page = Pages(client).post("/check", {"companies": "", "file": file}, status=200)
    kept = page.select_one("textarea")
    assert kept is not None
    answer = client.post("/check", data={"companies": kept.get_text(), "format": "xlsx"})
    book = load_workbook(io.BytesIO(answer.data))
    found = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in found] == [CODE, CODE, SHOP_CODE, CODE]
    assert answer.headers["X-Row-Count"] == "4"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_becomes_a_formula(client: FlaskClient, sign: str) -> None:
    (row,) = rows_of(client, text=f'{sign}HYPERLINK("http://example.org")商店')
    assert row["typed"].startswith(f"'{sign}")
