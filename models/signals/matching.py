"""Which cases and decisions match a case, as SQL: only what the officer may see, only what nobody has dismissed.

A count is a count of what the officer could open one by one, so that it tells nothing of cases hidden from them. That two
filings come from the same person is told only where the officer may open both envelopes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    String,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from models.cases.sight import Sight
from models.cases.tables import Case
from models.companies.tables import Company, CompanyName
from models.decisions.queries import in_reach, is_public
from models.decisions.tables import Decision
from models.filings.kinds import Likeness
from models.filings.likeness import ALIKE, KEPT_HASHES, folded, marks_of, matter_of, similarity
from models.filings.tables import Filing, FilingMark, Identity
from models.people.permissions import Permission, can, units_in_reach
from models.people.tables import Account, Unit
from models.signals.tables import DismissedMatch
from models.signals.terms import OF_MATTER, Signal

MOST = 50
_HASHES_IN_COMMON = KEPT_HASHES // 2
_MOST_TEXTS = 2_000
_MOST_COMPARED = 20

Query = Select[tuple[str, int, str | None]]
_DISMISSED = DismissedMatch.__table__


def matches(session: Session, case: Case, sight: Sight) -> Mapping[Signal, Sequence[int]]:
    """The newest matches of each signal: numbers of cases, for DECISIONS of decisions; MOST + 1 are "more".

    One query. Shared hashes are a guess, so it brings the texts of the newest of those, and the words decide.
    """
    parts = [*_by_marks(case, sight), *_by_person(case, sight), _decisions(case, sight)]
    limited = [part.subquery() for part in parts]
    mine = folded(case.filing.facts)
    found: dict[Signal, list[int]] = {signal: [] for signal in Signal}
    rows = union_all(*(select(one.c.signal, one.c.number, one.c.words) for one in limited))
    for signal, number, words in session.execute(rows):
        if words is None or similarity(mine, folded(words)) >= ALIKE:
            found[Signal(signal)].append(number)
    return {signal: sorted(numbers, reverse=True) for signal, numbers in found.items() if numbers}


def signals_of_rows(session: Session, cases: Sequence[Case], sight: Sight) -> Mapping[int, Sequence[Signal]]:
    """Which signals the cases of a page have, by number of the case; in one query. Texts are not compared here."""
    if not cases:
        return {}
    parts = [_rows_by_marks(sight), _rows_by_decisions(sight)]
    if can(sight.officer, Permission.CASE_IDENTIFY):
        parts += _rows_by_person(sight)
    found: dict[int, set[Signal]] = {}
    for signal, number in session.execute(union_all(*parts), {_NUMBERS: [case.id for case in cases]}):
        found.setdefault(number, set()).add(Signal(signal))
    return {number: [one for one in Signal if one in signals] for number, signals in found.items()}


def may_open_envelope(officer: Account, case: Any) -> ColumnElement[bool]:
    """SQL twin of `can(officer, CASE_IDENTIFY, case)`, recusals apart: its acting unit is one of the officer's."""
    own, prefixes = units_in_reach(officer, Permission.CASE_IDENTIFY)
    below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
    mine = select(Unit.id).where(or_(Unit.id.in_(own), *below))
    outside = select(Unit.id).where(Unit.outside_kind.is_not(None))
    return or_(
        and_(case.unit_id.in_(mine), case.unit_id.not_in(outside)),
        and_(case.unit_id.in_(outside), case.origin_unit_id.in_(mine)),
    )


def _for_each(some: Select[Any]) -> ColumnElement[bool]:
    """EXISTS, asked row by row and answered by an index. Without OFFSET 0 PostgreSQL may join the whole table instead,
    which it takes for cheap as long as it does not know that a page has fifty rows.
    """
    return some.offset(0).exists()


def _row(signal: Signal, number: Any, words: Any = None) -> Query:
    """`words` where a match is a guess until they are compared."""
    text = cast(null(), Text) if words is None else words
    return select(literal(signal.value).label("signal"), number.label("number"), text.label("words"))


def _new_to(case_id: Any, signal: Any, match_id: Any) -> ColumnElement[bool]:
    """Nobody has dismissed this match of this case."""
    of = _DISMISSED.c
    dismissed = select(of.match_id).where(of.case_id == case_id, of.signal == signal, of.match_id == match_id)
    return ~_for_each(dismissed.correlate_except(_DISMISSED))


def _others(case: Case, sight: Sight, signal: Signal) -> Query:
    """Visible cases of other sendings, newest first."""
    return (
        _row(signal, Case.id, Filing.facts if signal is Signal.FACTS else None)
        .select_from(Case)
        .join(Filing, Filing.id == Case.filing_id)
        .where(
            Filing.id != case.filing_id,
            or_(Filing.files_of_id.is_(None), Filing.files_of_id != case.filing.files_of_id),
            sight.visible(),
            _new_to(case.id, signal, Case.id),
        )
        .order_by(Case.id.desc())
        .limit(_MOST_COMPARED if signal is Signal.FACTS else MOST + 1)
    )


def _by_marks(case: Case, sight: Sight) -> Iterator[Query]:
    mine = marks_of(matter_of(case.filing))
    for signal in OF_MATTER:
        values = [value for kind, value in mine if kind == signal.value]
        if values:
            marked = select(FilingMark.filing_id).where(
                FilingMark.kind == Likeness(signal.value), FilingMark.value.in_(values)
            )
            yield _others(case, sight, signal).where(Case.filing_id.in_(marked))
    hashes = [value for kind, value in mine if kind is Likeness.FACTS]
    of_text = (FilingMark.kind == Likeness.FACTS, FilingMark.value.in_(hashes))
    some = select(FilingMark.filing_id).where(*of_text).limit(_MOST_TEXTS).subquery()
    enough = max(1, min(_HASHES_IN_COMMON, len(hashes)))
    alike = select(some.c.filing_id).group_by(some.c.filing_id).having(func.count() >= enough)
    yield _others(case, sight, Signal.FACTS).where(Case.filing_id.in_(alike))


def _by_person(case: Case, sight: Sight) -> Iterator[Query]:
    if not can(sight.officer, Permission.CASE_IDENTIFY, case):
        return
    openable = may_open_envelope(sight.officer, Case)
    for signal, column in _INDEXES:
        mine = select(column).where(Identity.filing_id == case.filing_id, column != "").scalar_subquery()
        other = aliased(Identity)
        same = select(other.filing_id).where(getattr(other, column.key) == mine)
        alike: ColumnElement[bool] = Case.filing_id.in_(same)
        if signal is Signal.PERSON and case.filing.account_id is not None:
            alike = or_(alike, Filing.account_id == case.filing.account_id)
        yield _others(case, sight, signal).where(openable, alike)


_INDEXES: tuple[tuple[Signal, InstrumentedAttribute[str | None]], ...] = (
    (Signal.PERSON, Identity.id_number_index),
    (Signal.PHONE, Identity.phone_index),
    (Signal.ADDRESS, Identity.address_index),
)


def _decisions(case: Case, sight: Sight) -> Query:
    filing = case.filing
    about: list[ColumnElement[bool]] = [Decision.id < 0]
    if filing.respondent_uscc:
        about.append(Decision.party_uscc == filing.respondent_uscc)
    if filing.respondent_name:
        of_name = select(Company.uscc).join(CompanyName).where(CompanyName.name == filing.respondent_name)
        about += [Decision.party_name == filing.respondent_name, Decision.party_uscc.in_(of_name)]
    return (
        _row(Signal.DECISIONS, Decision.id)
        .where(or_(*about), _readable(sight), _new_to(case.id, Signal.DECISIONS, Decision.id))
        .order_by(Decision.id.desc())
        .limit(MOST + 1)
    )


def _readable(sight: Sight) -> ColumnElement[bool]:
    """Public, or within what the officer works on."""
    public = is_public(sight.today)
    return or_(public, in_reach(sight.officer)) if can(sight.officer, Permission.DECISION_VIEW) else public


# What is asked for every row of a page is put together from columns of tables: with attributes of classes SQLAlchemy takes
# longer to put it together than the database to answer. What is the same for every page is put together once.
_CASES, _FILINGS = Case.__table__, Filing.__table__
_MY_MARK, _OTHER_MARK = FilingMark.__table__.alias(), FilingMark.__table__.alias()
_MY_IDENTITY, _OTHER_IDENTITY = Identity.__table__.alias(), Identity.__table__.alias()
_NUMBERS = "numbers_of_page"


def _page() -> CTE:
    """The cases of a page, by the parameter _NUMBERS, with what is compared of their filings; asked once for all signals."""
    mine, filing = _CASES.alias().c, _FILINGS.alias().c
    shown = select(mine.id, mine.filing_id, mine.unit_id, mine.origin_unit_id)
    compared = shown.add_columns(filing.files_of_id, filing.respondent_uscc, filing.respondent_name)
    numbers: Any = bindparam(_NUMBERS, expanding=True)
    return compared.where(filing.id == mine.filing_id, mine.id.in_(numbers)).cte("page")


_PAGE = _page()


def _is_other() -> ColumnElement[bool]:
    """The case and its filing are of another sending than the row of the page."""
    case, filing = _CASES.c, _FILINGS.c
    of_another = or_(filing.files_of_id.is_(None), filing.files_of_id != _PAGE.c.files_of_id)
    return and_(filing.id == case.filing_id, filing.id != _PAGE.c.filing_id, of_another)


def _shared(mine: FromClause, same: ColumnElement[bool], signal: Any) -> Select[int]:
    """Cases of other sendings that have the same as `mine`; nobody has dismissed them."""
    other = (_is_other(), _new_to(_PAGE.c.id, signal, _CASES.c.id))
    return select(literal(1)).where(same, *other).correlate(_PAGE, mine)


_MARKED = _shared(
    _MY_MARK,
    and_(
        _OTHER_MARK.c.kind == _MY_MARK.c.kind,
        _OTHER_MARK.c.value == _MY_MARK.c.value,
        _CASES.c.filing_id == _OTHER_MARK.c.filing_id,
    ),
    _MY_MARK.c.kind,
)
_MARKS_OF_PAGE = select(cast(_MY_MARK.c.kind, String).label("signal"), _PAGE.c.id.label("number")).where(
    _MY_MARK.c.filing_id == _PAGE.c.filing_id,
    _MY_MARK.c.kind.in_([Likeness(one.value) for one in OF_MATTER]),
)


def _rows_by_marks(sight: Sight) -> Any:
    return _MARKS_OF_PAGE.where(_for_each(_MARKED.where(sight.visible())))


def _of_same_person(signal: Signal, name: str) -> tuple[Select[Any], Select[int]]:
    """The rows of the page that have the column, and the other cases that have the same in it."""
    mine = _MY_IDENTITY.c[name]
    same = and_(_OTHER_IDENTITY.c[name] == mine, _CASES.c.filing_id == _OTHER_IDENTITY.c.filing_id)
    shown = select(literal(signal.value).label("signal"), _PAGE.c.id.label("number"))
    known = (_MY_IDENTITY.c.filing_id == _PAGE.c.filing_id, mine.is_not(None), mine != "")
    return shown.where(*known), _shared(_MY_IDENTITY, same, signal)


_OF_SAME_PERSON = [_of_same_person(signal, column.key) for signal, column in _INDEXES]


def _rows_by_person(sight: Sight) -> Iterator[Any]:
    openable = may_open_envelope(sight.officer, _CASES.c)
    openable_here = may_open_envelope(sight.officer, _PAGE.c)
    for shown, same in _OF_SAME_PERSON:
        yield shown.where(openable_here, _for_each(same.where(sight.visible(), openable)))


def _rows_by_decisions(sight: Sight) -> Any:
    of_code = Decision.party_uscc == _PAGE.c.respondent_uscc
    of_name = and_(_PAGE.c.respondent_name != "", Decision.party_name == _PAGE.c.respondent_name)
    alone = [
        _for_each(
            select(literal(1))
            .where(same, _readable(sight), _new_to(_PAGE.c.id, Signal.DECISIONS, Decision.id))
            .correlate(_PAGE)
        )
        for same in (of_code, of_name)
    ]
    shown = select(literal(Signal.DECISIONS.value).label("signal"), _PAGE.c.id.label("number"))
    return shown.where(or_(*alone))
