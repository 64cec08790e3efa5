"""Workbooks: read as openpyxl reads them, in little room, and safe from whoever made them."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import numbers

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.xlsx.book import read_book

ROOMY = 64 * 1024**2
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40).filter(
    lambda text: not ILLEGAL_CHARACTERS_RE.search(text) and "_x" not in text and "\r" not in text
)
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 6)),
    st.booleans(),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 12, 31)).map(lambda day: dt.datetime.combine(day, dt.time())),
)  # fmt: skip


def saved(path: Path, rows: list[list[object]], *, write_only: bool = False) -> Path:
    book = Workbook(write_only=write_only)
    sheet = book.create_sheet("决定", 0)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def by_hand(path: Path, sheet: str, extra: Mapping[str, str] | None = None) -> Path:
    """A workbook written part by part, as other programs write it."""
    extra = extra or {}
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="/book/wb.xml"/></Relationships>',
        "book/wb.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:d="{RELATIONS}"><x:sheets>'
        '<x:sheet name="图" sheetId="1" d:id="c"/><x:sheet name="一" sheetId="2" d:id="s"/></x:sheets></x:workbook>',
        "book/_rels/wb.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="c" Type="{RELATIONS}/chartsheet" Target="chart.xml"/>'
        f'<Relationship Id="s" Type="{RELATIONS}/worksheet" Target="one.xml"/>'
        f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="t.xml"/>'
        f'<Relationship Id="y" Type="{RELATIONS}/styles" Target="y.xml"/></Relationships>',
        "book/one.xml": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{sheet}</x:sheetData></x:worksheet>',
        **extra,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def rows_of(path: Path, *, unpacked_bytes: int = ROOMY) -> list[tuple[int, tuple[object, ...]]]:
    return list(read_book(path, unpacked_bytes=unpacked_bytes))


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8), write_only=st.booleans()
)
def test_what_is_read_is_what_openpyxl_reads(
    rows: list[list[object]], write_only: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = saved(tmp_path_factory.mktemp("x") / "t.xlsx", rows, write_only=write_only)
    theirs = load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True)
    ours = dict(rows_of(path))
    for number, cells in enumerate(theirs, 1):
        mine = ours.get(number, ())
        assert [*mine, *[None] * (len(cells) - len(mine))] == [cell if cell != "" else None for cell in cells]


def test_dates_in_formats_of_the_workbook_and_of_chinese_excel_are_days(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for place, shown in enumerate(["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', numbers.FORMAT_NUMBER], 1):
        sheet.cell(1, place, 46086).number_format = shown
    book.save(tmp_path / "t.xlsx")
    built_in = '<x:styleSheet xmlns:x="x"><x:cellXfs><x:xf/><x:xf numFmtId="31"/></x:cellXfs></x:styleSheet>'
    chinese = by_hand(
        tmp_path / "c.xlsx", '<x:row><x:c s="1"><x:v>46086</x:v></x:c></x:row>', {"book/y.xml": built_in}
    )
    day = dt.datetime.combine(dt.date(2026, 3, 5), dt.time())
    assert rows_of(tmp_path / "t.xlsx") == [(1, (day, day, 46086))]
    assert rows_of(chinese) == [(1, (day,))]


def test_prefixes_rich_text_readings_and_gaps_are_read_as_meant(tmp_path: Path) -> None:
    strings = (
        '<x:sst xmlns:x="x"><x:si><x:r><x:t>平顶</x:t></x:r><x:r><x:t>山_x000D_</x:t></x:r>'
        "<x:rPh><x:t>ピン</x:t></x:rPh></x:si></x:sst>"
    )
    sheet = (
        '<x:row r="3"><x:c r="B3" t="s"><x:v>0</x:v></x:c><x:c r="D3" t="e"><x:v>#REF!</x:v></x:c></x:row>'
        '<x:row><x:c t="b"><x:v>1</x:v></x:c><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c>'
        '<x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row>'
    )
    path = by_hand(tmp_path / "t.xlsx", sheet, {"book/t.xml": strings})
    assert rows_of(path) == [(3, (None, "平顶山\r", None, "#REF!")), (4, (True, 2, "甲"))]


@pytest.mark.parametrize("part", ["book/one.xml", "book/t.xml", "book/wb.xml", "_rels/.rels"])
def test_document_types_and_their_entities_are_refused(tmp_path: Path, part: str) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x:sst xmlns:x="x">&b;</x:sst>'
    path = by_hand(tmp_path / "t.xlsx", "<x:row/>", {"book/t.xml": "<sst/>", part: evil})
    with pytest.raises(UnreadableSpreadsheet, match="文档类型声明"):
        rows_of(path)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "t.xlsx", "<x:row/>" * 200_000)
    with pytest.raises(UnreadableSpreadsheet, match="解压后太大"):
        rows_of(path, unpacked_bytes=1_000_000)


@pytest.mark.parametrize(
    "cell",
    [
        '<x:c t="inlineStr"><x:is><x:t>' + "长" * 400_001 + "</x:t></x:is></x:c>",
        '<x:c t="s"><x:v>7</x:v></x:c>',
        '<x:c t="s"><x:v>-1</x:v></x:c>',
        f"<x:c><x:v>{'9' * 500}</x:v></x:c>",
        "<x:c><x:v>12a</x:v></x:c>",
        "<x:c>",
    ],
)
def test_cells_that_cannot_be_are_refused_with_a_sentence(tmp_path: Path, cell: str) -> None:
    with pytest.raises(UnreadableSpreadsheet):
        rows_of(by_hand(tmp_path / "t.xlsx", f"<x:row>{cell}</x:row>"))


def test_a_cut_or_empty_archive_is_refused_with_a_sentence(tmp_path: Path) -> None:
    whole = saved(tmp_path / "t.xlsx", [["甲"] * 20] * 50).read_bytes()
    with zipfile.ZipFile(empty := tmp_path / "e.xlsx", "w"):
        pass
    for number, content in enumerate([whole[: len(whole) // 2], whole[:200], empty.read_bytes()]):
        (tmp_path / f"{number}.xlsx").write_bytes(content)
        with pytest.raises(UnreadableSpreadsheet):
            rows_of(tmp_path / f"{number}.xlsx")


def test_a_day_that_there_is_not_stays_a_number(tmp_path: Path) -> None:
    styles = '<x:styleSheet xmlns:x="x"><x:cellXfs><x:xf numFmtId="14"/></x:cellXfs></x:styleSheet>'
    sheet = '<x:row><x:c s="0"><x:v>99999999999</x:v></x:c></x:row>'
    assert rows_of(by_hand(tmp_path / "t.xlsx", sheet, {"book/y.xml": styles})) == [(1, (99999999999,))]


def test_a_large_table_of_strings_takes_little_memory(tmp_path: Path) -> None:
    strings = io.StringIO()
    strings.write('<x:sst xmlns:x="x">')
    strings.writelines(f"<x:si><x:t>{number}{'违法事实' * 250}</x:t></x:si>" for number in range(20_000))
    strings.write("</x:sst>")  # 20 million characters, 40 MB as Python holds them
    sheet = "".join(f'<x:row><x:c t="s"><x:v>{number}</x:v></x:c></x:row>' for number in range(20_000))
    path = by_hand(tmp_path / "t.xlsx", sheet, {"book/t.xml": strings.getvalue()})
    del strings
    tracemalloc.start()
    try:
        read = sum(
            str(cells[0]).startswith(str(number - 1))
            for number, cells in read_book(path, unpacked_bytes=ROOMY)
        )
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read == 20_000
    assert most < 6 * 1024**2
