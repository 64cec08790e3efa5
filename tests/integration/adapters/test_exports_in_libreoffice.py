"""What is exported, opened by LibreOffice and saved again: codes are still text, amounts numbers, and nothing was computed."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from adapters.sanitising.runner import find_soffice
from models.decisions.sending import DOUBLE_PUBLICITY, GSXT
from results.exports import COLUMNS, Export, chunks, csv_export, xlsx_export

CODE, LONG_NUMBER, AMOUNT = "110000000000000001", "0012345678901234567", Decimal("0.200000")
HOSTILE = [
    "=1+1",
    '=cmd|"/c calc"!A1',
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "\t=1+1",
    '=HYPERLINK("http://example.com")',
]
HEADS = {
    "decisions": list(COLUMNS),
    "double-publicity": [one.code for one in DOUBLE_PUBLICITY],
    "gsxt": [one.code for one in GSXT],
}


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[dict[str, Export]], dict[str, Workbook]]:
    """Workbooks that LibreOffice has made of the files: it has read, recalculated and written them."""
    soffice = find_soffice("soffice")
    if not soffice:
        pytest.skip("LibreOffice is not installed")

    def run(files: dict[str, Export]) -> dict[str, Workbook]:
        for name, export in files.items():
            (tmp_path / name).write_bytes(b"".join(chunks(export)))
        command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "out"]
        subprocess.run(
            [*command, *convert, *(tmp_path / name for name in files)], check=True, capture_output=True
        )
        made = {name: tmp_path / "out" / f"{Path(name).stem}.xlsx" for name in files}
        return {name: load_workbook(io.BytesIO(path.read_bytes())) for name, path in made.items()}

    return run


def rows(head: list[str]) -> Iterator[dict[str, object]]:
    """Each hostile text in every second column; in the others a code, a longer number and an amount by turns."""
    harmless = (CODE, LONG_NUMBER, AMOUNT)
    for words in HOSTILE:
        yield {name: harmless[place // 2 % 3] if place % 2 else words for place, name in enumerate(head)}


def test_types_survive_and_nothing_runs(opened: Callable[[dict[str, Export]], dict[str, Workbook]]) -> None:
    files = {}
    for name, head in HEADS.items():
        columns = {one: one for one in head}
        files[f"{name}.xlsx"] = xlsx_export(rows(head), note=[("检索", "=1+1")], columns=columns)
        files[f"{name}-csv.csv"] = csv_export(rows(head), bom=True, columns=columns)
    for name, book in opened(files).items():
        cells = [
            cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None
        ]
        assert [cell.coordinate for cell in cells if cell.data_type in ("f", "e")] == [], name
        values = [(cell.data_type, str(cell.value).strip("\t'")) for cell in cells]
        assert ("s", CODE) in values, name
        assert ("s", LONG_NUMBER) in values, name
        assert ("n", "0.2") in values, name
        assert not {("n", "2"), ("n", "0")} & set(values), f"{name}: something was computed"
        assert {words.strip("\t'") for words in HOSTILE} <= {text for kind, text in values if kind == "s"}, (
            name
        )
