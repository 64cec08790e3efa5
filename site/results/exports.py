"""The same question as a file: every decision that it finds, whole or not at all.

A file is written to the end before its first byte is sent, so an answer with status 200 is complete; how many rows
it has and its SHA-256 stand in the headers `X-Row-Count`, `X-Content-SHA256` and `Content-Digest` (RFC 9530).
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO, Any
from urllib.parse import quote

from flask import Response, request
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from sqlalchemy.orm import Session

from models.decisions.queries import ended_but_indexed, public_decisions
from models.decisions.tables import Decision
from results.asked import Asked
from results.engine import engine
from results.shapes import REUSE, item
from search.documents import Audience, Kind

ROWS_AT_ONCE = 500
IN_MEMORY = 1 << 20
COLUMNS = {
    "id": "编号",
    "url": "永久地址",
    "document_number": "文号",
    "party": "当事人",
    "uscc": "统一社会信用代码",
    "cause": "案由",
    "right_type": "权利类型",
    "facts": "违法事实",
    "basis": "依据",
    "penalty_kinds": "处罚种类",
    "penalty": "处罚或者决定内容",
    "fine_yuan": "罚款（元）",
    "decided_on": "决定日期",
    "published_on": "公示日期",
    "ends_on": "公示至",
    "authority": "决定机关",
    "kind": "决定类别",
    "confiscated_yuan": "没收金额（元）",
}
BOM = "\ufeff"
# The full-width signs too: where Chinese is typed, spreadsheets take them for the same.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Excel turns longer digits into a rounded number.
_EXACT_DIGITS = 11

Row = dict[str, Any]


@dataclass(frozen=True)
class Export:
    """A finished file, at its beginning, with what is told about it."""

    file: IO[bytes]
    rows: int
    size: int
    sha256: str
    etag: str = ""  # of the content alone, where the file also holds the moment at which it was made

    def headers(self) -> dict[str, str]:
        """What an answer with this file says of it."""
        return file_headers(rows=self.rows, size=self.size, sha256=self.sha256)


def file_headers(*, rows: int, size: int, sha256: str) -> dict[str, str]:
    """Length, number of rows, and the digest in the two forms that programs look for."""
    digest = base64.b64encode(bytes.fromhex(sha256)).decode()
    return {
        "Content-Length": str(size),
        "X-Row-Count": str(rows),
        "X-Content-SHA256": sha256,
        "Content-Digest": f"sha-256=:{digest}:",
    }


def rows(session: Session, asked: Asked, *, today: dt.date) -> Iterator[Row]:
    """Every decision that the question finds, in its order; the ids are of one moment of the index, taken at once.

    Raises:
        QueryError, IndexUnavailable: as `results.finding.find`.
    """
    ids = engine().every_id(
        asked.q,
        kind=Kind.DECISION,
        audience=Audience.PUBLIC,
        today=today,
        filters=asked.filters,
        sort=asked.sort,
        excluded=ended_but_indexed(session),
    )
    return _batches(session, ids, today)


def _batches(session: Session, ids: list[int], today: dt.date) -> Iterator[Row]:
    for start in range(0, len(ids), ROWS_AT_ONCE):
        batch = ids[start : start + ROWS_AT_ONCE]
        found = public_decisions(session, batch, today=today)
        yield from (row_of(found[number]) for number in batch if number in found)
        session.expunge_all()


def row_of(decision: Decision) -> Row:
    """A decision as tables have it."""
    shaped = item(decision)
    return {name: shaped[name] for name in COLUMNS}


def csv_export(found: Iterator[Row], *, bom: bool, columns: Mapping[str, str] = COLUMNS) -> Export:
    """UTF-8 with CRLF. With `bom` it is made for Excel, which then reads the letters and leaves long codes alone."""

    def write(file: IO[bytes]) -> int:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        text.write(BOM if bom else "")
        writer = csv.writer(text)
        writer.writerow(columns)
        count = 0
        for row in found:
            writer.writerow([_cell(value, for_excel=bom) for value in row.values()])
            count += 1
        text.flush()
        text.detach()
        return count

    return finished(write)


def _cell(value: Any, *, for_excel: bool) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe, a long row of digits a tab."""
    if isinstance(value, list):
        value = ";".join(value)
    if not isinstance(value, str):
        return value
    if value.startswith(_FORMULA):
        return "'" + value
    if for_excel and value.isdigit() and len(value) > _EXACT_DIGITS:
        return "\t" + value
    return value


def xlsx_export(
    found: Iterator[Row],
    *,
    note: list[tuple[str, str]],
    columns: Mapping[str, str] = COLUMNS,
    title: str = "决定书",
    reuse: str = REUSE,
) -> Export:
    """A workbook: the rows, and a sheet that says where they come from."""

    content = hashlib.sha256()

    def write(file: IO[bytes]) -> int:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append(list(columns.values()))
        count = 0
        with _let_go_of(sheet):
            for row in found:
                sheet.append([_value(sheet, value) for value in row.values()])
                content.update(json.dumps(row, default=str).encode())
                count += 1
        about = book.create_sheet("说明")
        pairs = [
            *note,
            ("行数", str(count)),
            *([("再利用", reuse)] if reuse else []),
            *((label, name) for name, label in columns.items()),
        ]
        for pair in pairs:
            about.append([_value(about, text) for text in pair])
        book.save(file)
        return count

    return replace(finished(write), etag=content.hexdigest())


@contextmanager
def _let_go_of(sheet: Any) -> Iterator[None]:
    """When a row cannot be made, the file in which the rows are gathered goes at once, not with the process."""
    try:
        yield
    except BaseException:
        sheet.close()
        sheet._writer.cleanup()
        raise


def _value(sheet: Any, value: Any) -> Any:
    """Text stays text, whatever it begins with."""
    if isinstance(value, list):
        value = "；".join(value)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell


def file_answer(
    export: Export, *, name: str, content_type: str, links: Mapping[str, str] | None = None
) -> Response:
    """The file as an answer; 304 for who has it already. `links` are addresses by relation, for the header `Link`."""
    response = Response(content_type=content_type)
    response.set_etag((export.etag or export.sha256)[:32])
    if links:
        response.headers["Link"] = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in links.items())
    response.make_conditional(request)
    if response.status_code == 304:
        export.file.close()
        return response
    response.headers.update(export.headers())
    if request.method == "HEAD":
        export.file.close()
    else:
        response.response = chunks(export)
        response.call_on_close(export.file.close)
    response.headers.set("Content-Disposition", "attachment", **_named(name))
    return response


def _named(name: str) -> dict[str, str]:
    """The name as RFC 6266 has it: in ASCII, and where that loses something as it is."""
    plain = re.sub(r"[-_]{2,}", "-", "".join(sign for sign in name if sign.isascii()))
    return {"filename": plain} | ({} if plain == name else {"filename*": f"UTF-8''{quote(name, safe='')}"})


def chunks(export: Export) -> Iterator[bytes]:
    """The file's bytes; it is gone when they have been read."""
    with export.file as file:
        while chunk := file.read(IN_MEMORY):
            yield chunk


def finished(write: Callable[[IO[bytes]], int]) -> Export:
    """What `write` writes, to the end; it returns the number of rows."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when it has been sent
    try:
        count = write(file)
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        digest = hashlib.sha256()
        while chunk := file.read(IN_MEMORY):
            digest.update(chunk)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return Export(file, count, size, digest.hexdigest())
