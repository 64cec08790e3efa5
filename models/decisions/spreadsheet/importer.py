"""A whole file: good rows imported, bad rows reported, nothing twice.

Rows are written in batches, each committed by the caller, so that a long import neither shuts others out nor is lost
when it is stopped: what is in stays in, and the same file again goes on where it stopped.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from models import ledger
from models.decisions.checks import blocking_numbers
from models.decisions.content import DecisionContent
from models.decisions.kinds import PenaltyKind
from models.decisions.noting import indexed_together
from models.decisions.operations import amend, enter_many, submit_for_review
from models.decisions.publication import publish_standing
from models.decisions.spreadsheet.columns import NEVER_READ, Field, Header
from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.report import Remark, Report
from models.decisions.spreadsheet.rows import RowChecker
from models.decisions.spreadsheet.table import open_table
from models.decisions.states import STATE_LABELS, State
from models.decisions.tables import Decision
from models.ledger.operations import Acts
from models.people.tables import Account, Unit
from models.types import beijing_date
from models.wording import said

BATCH = 500
BATCH_CHARACTERS = 4_000_000  # long texts make smaller batches, so that memory does not depend on them

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row that passed every check."""

    number: int
    content: DecisionContent

    @property
    def key(self) -> Key:
        return self.content.authority_name, self.content.number_key


def import_file(
    session: Session,
    path: Path,
    *,
    unit: Unit,
    actor: Acts,
    now: dt.datetime,
    commit: Callable[[], None],
    reviewer: Account | None = None,
    progress: Callable[[int], None] = lambda _row: None,
) -> Report:
    """Imports the table in `path` for `unit`; calls `commit` after each batch and `progress` with the last row.

    Good rows become drafts in review. With a `reviewer`, who answers for it, they already stand on an official site
    and are public at once. A file that is no table is told as an error in row 0, or in the row of its header.
    """
    report = Report()
    try:
        table = open_table(path)
        writer = _Writer(session, unit, actor, now, reviewer, file_sha256(path), table.header, report)
        _remark_on_header(table.header, report)
        good = _good_rows(table.header, table.rows, report, beijing_date(now), is_public=reviewer is not None)
        for batch in _batches(good):
            writer.write(batch)
            commit()
            progress(batch[-1].number)
        writer.note_file()
        commit()
    except UnreadableSpreadsheet as error:
        report.errors.append(Remark(0, "", error.sentence))
    report.errors.sort(key=lambda remark: remark.row)
    report.warnings.sort(key=lambda remark: remark.row)
    return report


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@dataclass(slots=True)
class _Writer:
    """Writes good rows, a batch at a time, and counts them in the report."""

    session: Session
    unit: Unit
    actor: Acts
    now: dt.datetime
    reviewer: Account | None
    source_sha256: str
    header: Header
    report: Report

    def write(self, batch: list[GoodRow]) -> None:
        known = self._known(batch)
        self._add([row for row in batch if row.key not in known])
        for row in batch:
            decision = known.get(row.key)
            if decision is None:
                continue
            if decision.content_sha256 == row.content.digest():
                self._keep(row, decision)
            else:
                self._change(row, decision)
        self.session.flush()

    def note_file(self) -> None:
        counts = {name: getattr(self.report, name) for name in ("imported", "unchanged", "updated")}
        data = {"file_sha256": self.source_sha256, "refused": len(self.report.errors), **counts}
        if self.reviewer is not None:
            data["reviewer"] = self.reviewer.ledger_name
        ledger.record(
            self.session, act="decision.import", subject=self.unit, actor=self.actor, now=self.now, data=data
        )

    def _known(self, batch: list[GoodRow]) -> dict[Key, Decision]:
        pair = tuple_(Decision.authority_name, Decision.number_key)
        found = self.session.scalars(select(Decision).where(pair.in_([row.key for row in batch])))
        return {(decision.authority_name, decision.number_key): decision for decision in found}

    def _add(self, rows: list[GoodRow]) -> None:
        decisions = enter_many(
            self.session,
            contents=[row.content for row in rows],
            unit=self.unit,
            actor=self.actor,
            now=self.now,
            source_sha256=self.source_sha256,
            stands_elsewhere=self.reviewer is not None,
        )
        # Nothing below asks what it has just written: one flush and one word to the index for all.
        with self.session.no_autoflush, indexed_together(self.session, now=self.now):
            for row, decision in zip(rows, decisions, strict=True):
                self._put_forward(row, decision, is_new=True)
        self.report.imported += len(rows)

    def _keep(self, row: GoodRow, decision: Decision) -> None:
        if self.reviewer is not None and decision.state in (State.DRAFT, State.IN_REVIEW):
            self._put_forward(row, decision)
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def _change(self, row: GoodRow, decision: Decision) -> None:
        if decision.source_sha256 is None or decision.state not in (State.DRAFT, State.IN_REVIEW):
            how = said("由人录入") if decision.source_sha256 is None else STATE_LABELS[decision.state]
            sentence = said(
                "这个文号已经有了（%(how)s），内容与表中不同，没有改动；请在办案后台更正", how=how
            )
            self.report.errors.append(Remark(row.number, self.header.column(Field.DOCUMENT_NUMBER), sentence))
            return
        decision.source_sha256 = self.source_sha256
        amend(self.session, decision, content=row.content, actor=self.actor, now=self.now)
        self._put_forward(row, decision)
        self.report.updated += 1

    def _put_forward(self, row: GoodRow, decision: Decision, *, is_new: bool = False) -> None:
        if self.reviewer is not None:
            publish_standing(
                self.session,
                decision,
                reviewer=self.reviewer,
                actor=self.actor,
                now=self.now,
                clocks_run=not is_new,
            )
            if decision.state is State.ENDED:
                sentence = said("公示期已于 %(day)s 届满，存档而不公示", day=decision.ends_on)
                self.report.warnings.append(Remark(row.number, "", sentence))
        elif decision.state is State.DRAFT:
            submit_for_review(self.session, decision, actor=self.actor, now=self.now)


def _good_rows(
    header: Header,
    rows: Iterator[tuple[int, tuple[object, ...]]],
    report: Report,
    today: dt.date,
    *,
    is_public: bool,
) -> Iterator[GoodRow]:
    """The rows that pass; what is wrong with the others goes to the report."""
    seen: dict[bytes, tuple[int, bytes]] = {}
    for number, cells in rows:
        checker = RowChecker(header, number, cells, today=today)
        content = checker.content()
        report.warnings.extend(checker.warnings)
        if content is None:
            report.errors.extend(checker.errors)
            continue
        row = GoodRow(number, content)
        own = bytes.fromhex(content.digest())
        first, digest = seen.setdefault(_short(row.key), (number, own))
        refusals = _public_refusals(header, row) if is_public else []
        if first != number and digest != own:
            sentence = said("与第 %(row)s 行文号相同而内容不同，只导入第 %(row)s 行", row=first)
            report.errors.append(Remark(number, header.column(Field.DOCUMENT_NUMBER), sentence))
        elif first != number:
            report.unchanged += 1
        elif refusals:
            report.errors.extend(refusals)
        else:
            yield row


def _short(key: Key) -> bytes:
    """A number under which fifty thousand keys are remembered in little room."""
    return hashlib.sha256("\n".join(key).encode()).digest()


def _public_refusals(header: Header, row: GoodRow) -> list[Remark]:
    """Why a row may not be published at once: a person's number in its text, or nothing but a warning."""
    refusals = [
        Remark(row.number, "", said("%(place)s，不能公示；请遮去后再导入", place=found.sentence))
        for found in blocking_numbers(row.content)
    ]
    if set(row.content.penalty_kinds) == {PenaltyKind.WARNING}:
        sentence = said("仅受到警告的行政处罚不予公示（《市场监督管理行政处罚信息公示规定》第二条第二款）")
        refusals.append(Remark(row.number, header.column(Field.PENALTY_KINDS), sentence))
    return refusals


def _remark_on_header(header: Header, report: Report) -> None:
    for which in sorted(NEVER_READ - {Field.IGNORED}):
        if which in header.places:
            sentence = said("自然人证件号码不得公开，这一列没有读取")
            report.warnings.append(Remark(header.row, header.column(which), sentence))
    for title in header.unknown:
        report.warnings.append(Remark(header.row, title, said("不认识的列，没有读取")))


def _batches(rows: Iterator[GoodRow]) -> Iterator[list[GoodRow]]:
    batch: list[GoodRow] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += row.content.length
        if len(batch) == BATCH or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
