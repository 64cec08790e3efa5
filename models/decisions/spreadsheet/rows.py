"""One row: every field checked, all faults told at once, and a decision's content when there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from models.codes.industry import industry_code
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.decisions.causes import Cause, cause_named
from models.decisions.content import TEXT_LIMITS, DecisionContent
from models.decisions.kinds import (
    DECISION_KIND_LABELS,
    PARTY_KIND_LABELS,
    DecisionKind,
    PartyKind,
    PenaltyKind,
)
from models.decisions.numbers import has_usual_form
from models.decisions.spreadsheet.cells import (
    CellError,
    code_of,
    day_of,
    fen_of,
    optional_text,
    required_text,
    text_of,
    within,
)
from models.decisions.spreadsheet.columns import ESSENTIAL, Field, Header
from models.decisions.spreadsheet.penalties import kinds_of
from models.decisions.spreadsheet.report import Remark
from models.wording import Sentence, said

_T = TypeVar("_T")

_PARTY_KINDS = {label: kind for kind, label in PARTY_KIND_LABELS.items()} | {
    "法人": PartyKind.ORGANISATION,
    "法人和非法人组织": PartyKind.ORGANISATION,
    "法人及其他组织": PartyKind.ORGANISATION,
    "非法人组织": PartyKind.ORGANISATION,
    "个体": PartyKind.SOLE_TRADER,
    "公民": PartyKind.PERSON,
}
_DECISION_KINDS = {label: kind for kind, label in DECISION_KIND_LABELS.items()} | {
    "处罚": DecisionKind.PENALTY,
    "裁决": DecisionKind.ADJUDICATION,
    "专利侵权纠纷处理决定": DecisionKind.ADJUDICATION,
    "其他": DecisionKind.OTHER,
    "责令改正": DecisionKind.OTHER,
}
_FEWEST_FILLED = 1  # of the columns that every decision needs: a sum or a note under the table
_NO_NAMES = frozenset({"测试", "TEST", "某公司", "XXX"})
_SOLE_TRADER_PREFIX = "92"
_EARLIEST_DECISION = dt.date(1984, 1, 1)  # the Patent Law was passed in this year
_WITHDRAWN_STATES = frozenset({"1", "撤销", "2", "异议"})  # 当前状态 of the 2015 table


class RowChecker:
    """Checks one row under a header. `errors` refuse the row, `warnings` don't."""

    def __init__(self, header: Header, number: int, cells: Sequence[object], *, today: dt.date) -> None:
        self._header = header
        self._cells = cells
        self._today = today
        self.number = number
        self.errors: list[Remark] = []
        self.warnings: list[Remark] = []

    def content(self) -> DecisionContent | None:
        """The decision that the row tells of, or None when something in it is wrong."""
        return None if self._is_a_sum() else self._content()

    def _is_a_sum(self) -> bool:
        """Whether hardly a cell is filled, which is told once."""
        if sum(bool(text_of(self._cell(which))) for which in ESSENTIAL) > _FEWEST_FILLED:
            return False
        told = said("这一行只有一两项有内容，好像是合计或者说明，没有导入")
        self.errors.append(Remark(self.number, "", told))
        return True

    def _content(self) -> DecisionContent | None:
        kind = self._read(Field.PARTY_KIND, self._party_kind)
        uscc = self._read(Field.USCC, code_of)
        name = self._read(Field.PARTY_NAME, _party_name)
        written_number = self._read(Field.DOCUMENT_NUMBER, _limited("document_number"))
        cause_name = self._read(Field.CAUSE, _limited("cause_name"))
        cause = cause_named(cause_name) if cause_name else None
        decision_kind = self._read(Field.KIND, self._decision_kind)
        if decision_kind is None and self._header.of_rulings:
            decision_kind = DecisionKind.ADJUDICATION
        penalty_kinds = self._penalty_kinds(decision_kind, cause)
        decision_kind = decision_kind or _kind_by(penalty_kinds, cause)
        decided_on = self._read(Field.DECIDED_ON, self._decision_day)
        facts = self._read(Field.FACTS, _limited("facts"))
        basis = self._read(Field.BASIS, _limited("basis"))
        penalty = self._read(Field.PENALTY, _limited("penalty"))
        authority = self._read(Field.AUTHORITY, _limited("authority_name"))
        rest = self._optional_fields(penalty_kinds, decided_on)
        if decision_kind is not DecisionKind.PENALTY and rest["fine_fen"] is not None:
            self._error(Field.FINE, said("不是行政处罚决定，没有罚款"))
        kind = self._settled_kind(kind, uscc)
        self._refuse_withdrawn()
        if self.errors or None in (
            name,
            written_number,
            cause_name,
            decided_on,
            facts,
            basis,
            penalty,
            authority,
        ):
            return None
        assert name and written_number and cause_name and decided_on  # noqa: S101, PT018 - narrowed above
        assert facts and basis and penalty and authority  # noqa: S101, PT018
        if cause is None:
            self._warn(Field.CAUSE, said("案由表里没有“%(text)s”，按原文保留", text=cause_name[:40]))
        if not has_usual_form(written_number):
            self._warn(
                Field.DOCUMENT_NUMBER, said("文号“%(text)s”不是常见写法，请核对", text=written_number[:40])
            )
        return DecisionContent(
            kind=decision_kind,
            document_number=written_number,
            party_name=name,
            party_kind=kind,
            uscc=uscc if kind is not PartyKind.PERSON else None,
            cause_name=cause_name,
            cause_code=cause.code if cause else None,
            right_type=cause.right_type if cause else None,
            penalty_kinds=penalty_kinds,
            decided_on=decided_on,
            facts=facts,
            basis=basis,
            penalty=penalty,
            authority_name="".join(authority.split()),
            **rest,  # type: ignore[arg-type]
        )

    def _optional_fields(
        self, kinds: tuple[PenaltyKind, ...], decided_on: dt.date | None
    ) -> dict[str, object]:
        fine = self._read(Field.FINE, fen_of)
        if (
            fine is None
            and PenaltyKind.FINE in kinds
            and self._has(Field.FINE)
            and not self._failed(Field.FINE)
        ):
            self._error(Field.FINE, said("处罚类别含罚款，必须填写罚款金额（万元）"))
        stated_end = self._read(Field.STATED_END, day_of)
        if stated_end is not None and decided_on is not None and stated_end < decided_on:
            self._error(Field.STATED_END, said("公示截止期不能早于处罚决定日期"))
        return {
            "fine_fen": fine,
            "confiscated_fen": self._read(Field.CONFISCATED, fen_of),
            "licence": self._read(Field.LICENCE, _optional("licence")),
            "legal_representative": self._read(Field.LEGAL_REPRESENTATIVE, _optional("legal_representative")),
            "valid_until_on": self._read(Field.VALID_UNTIL, day_of),
            "stated_end_on": stated_end,
            "authority_uscc": self._unit_code(Field.AUTHORITY_USCC),
            "source_name": self._read(Field.SOURCE, _optional("source_name")),
            "source_uscc": self._unit_code(Field.SOURCE_USCC),
            "remarks": self._read(Field.REMARKS, _optional("remarks")),
            "industry": self._industry(),
            "performance": self._read(Field.PERFORMANCE, _optional("performance")) or "",
        }

    def _industry(self) -> str | None:
        """A code that is none is told and left out: the national table has no such column."""
        written = optional_text(self._cell(Field.INDUSTRY))
        code = industry_code(written) if written else None
        if written and code is None:
            self._warn(
                Field.INDUSTRY,
                said("“%(text)s”不是国民经济行业分类（GB/T 4754）的代码，未保存", text=written[:20]),
            )
        return code

    def _decision_kind(self, cell: object) -> DecisionKind | None:
        written = optional_text(cell)
        kind = _DECISION_KINDS.get("".join(written.split())) if written else None
        if written and kind is None:
            known = list(DECISION_KIND_LABELS.values())
            raise CellError(said("“%(text)s”不是决定类别，应为%(known)s", text=written[:20], known=known))
        return kind

    def _party_kind(self, cell: object) -> PartyKind | None:
        written = optional_text(cell)
        if written is None:
            return None
        kind = _PARTY_KINDS.get("".join(written.split()))
        if kind is None:
            raise CellError(
                said(
                    "“%(text)s”不是行政相对人类别，应为%(known)s",
                    text=written[:20],
                    known=list(PARTY_KIND_LABELS.values()),
                )
            )
        return kind

    def _settled_kind(self, kind: PartyKind | None, uscc: str | None) -> PartyKind:
        """The kind as given, or what the code tells where the table has none; an organisation needs its code."""
        if kind is PartyKind.ORGANISATION and uscc is None and not self._failed(Field.USCC):
            self._error(Field.USCC, said("法人及非法人组织必须填写统一社会信用代码"))
        if kind is not None or self._failed(Field.PARTY_KIND):
            return kind or PartyKind.ORGANISATION
        if uscc is None:
            return PartyKind.PERSON
        return PartyKind.SOLE_TRADER if uscc.startswith(_SOLE_TRADER_PREFIX) else PartyKind.ORGANISATION

    def _decision_day(self, cell: object) -> dt.date:
        day = day_of(cell)
        if day is None:
            raise CellError(said("必填，不能为空"))
        if day > self._today:
            raise CellError(said("处罚决定日期 %(day)s 晚于今天", day=day))
        if day < _EARLIEST_DECISION:
            raise CellError(said("处罚决定日期 %(day)s 太早，请核对", day=day))
        return day

    def _penalty_kinds(self, kind: DecisionKind | None, cause: Cause | None) -> tuple[PenaltyKind, ...]:
        """None is a fault in a penalty only; whatever a decision says of itself, one that punishes is a penalty."""
        written = [text_of(self._cell(which)) for which in (Field.PENALTY_KINDS, Field.PENALTY_KINDS_2)]
        kinds, unknown = kinds_of(";".join(text for text in written if text))
        given = "、".join(unknown)[:40]
        if not kinds and not unknown and (kind or _kind_by((), cause)) is not DecisionKind.PENALTY:
            return ()
        if kinds and kind not in (None, DecisionKind.PENALTY):
            self._error(Field.PENALTY_KINDS, said("不是行政处罚决定，不填处罚类别"))
        if not kinds and unknown:
            self._error(Field.PENALTY_KINDS, said("“%(text)s”不是处罚种类（行政处罚法第九条）", text=given))
        elif not kinds:
            self._error(Field.PENALTY_KINDS, said("必填，不能为空"))
        elif unknown:
            self._warn(
                Field.PENALTY_KINDS, said("“%(text)s”不是处罚种类（行政处罚法第九条），未计入", text=given)
            )
        return kinds

    def _unit_code(self, which: Field) -> str | None:
        """A unit's code; a wrong one is told and left out, for it says nothing about the party."""
        written = optional_text(self._cell(which))
        if written is None or is_valid_uscc(normalise_uscc(written)):
            return normalise_uscc(written) if written else None
        self._warn(which, said("“%(text)s”不是有效的统一社会信用代码，未保存", text=written[:20]))
        return None

    def _refuse_withdrawn(self) -> None:
        if text_of(self._cell(Field.STATUS)) in _WITHDRAWN_STATES:
            self._error(Field.STATUS, said("当前状态为撤销或异议的记录不导入"))

    def _read(self, which: Field, reading: Callable[[object], _T]) -> _T | None:
        """What `reading` makes of the cell; a column that is not there is read as nothing, and is no fault."""
        if not self._has(which):
            return None
        try:
            return reading(self._cell(which))
        except CellError as error:
            self._error(which, error.sentence)
            return None

    def _has(self, which: Field) -> bool:
        return which in self._header.places

    def _cell(self, which: Field) -> object:
        place = self._header.places.get(which)
        return self._cells[place] if place is not None and place < len(self._cells) else None

    def _failed(self, which: Field) -> bool:
        column = self._header.column(which)
        return any(error.column == column for error in self.errors)

    def _error(self, which: Field, message: Sentence) -> None:
        self.errors.append(Remark(self.number, self._header.column(which), message))

    def _warn(self, which: Field, message: Sentence) -> None:
        self.warnings.append(Remark(self.number, self._header.column(which), message))


def _kind_by(kinds: tuple[PenaltyKind, ...], cause: Cause | None) -> DecisionKind:
    """What a decision is that does not say so: without a penalty, what its cause leads to."""
    return DecisionKind.PENALTY if kinds or cause is None else cause.decides


def _limited(name: str) -> Callable[[object], str]:
    return lambda cell: required_text(cell, TEXT_LIMITS[name])


def _optional(name: str) -> Callable[[object], str | None]:
    def read(cell: object) -> str | None:
        text = optional_text(cell)
        return within(text, TEXT_LIMITS[name]) if text is not None else None

    return read


def _party_name(cell: object) -> str:
    name = required_text(cell, TEXT_LIMITS["party_name"])
    if name.upper() in _NO_NAMES or len(name) < 2:
        raise CellError(said("“%(text)s”不是行政相对人名称", text=name))
    return name
