"""旧制度存量清单: records of the older rules on the term of publication, for the legal section to look through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.decisions.money import fen_to_yuan
from models.decisions.states import STATE_LABELS
from models.decisions.term.policies import GRAVITY_LABELS, policies, stock
from models.decisions.term.stock import Place, StockRow, in_stock
from models.people.permissions import Permission
from models.types import beijing_date, now_utc
from results.exports import csv_export, xlsx_export
from results.taken import CSV, XLSX, taken
from shared.access import account, requires
from shared.database import session
from shared.requests import row_number

SHOWN = 30
AT_ONCE = 500

blueprint = Blueprint("publishing_stock", __name__, url_prefix="/casework/decisions/stock")


@blueprint.get("")
@requires(Permission.DECISION_VIEW)
def index() -> ResponseReturnValue:
    """The list, a page at a time; every row leads to its decision, where its term can be put off with a basis."""
    after = _after()
    rows = in_stock(session, account(), today=_today(), after=after, limit=SHOWN + 1)
    last = _place(rows[SHOWN - 1]) if len(rows) > SHOWN else None
    return render_template(
        "casework/decisions/stock.html",
        rules=stock(),
        policies=policies(),
        rows=rows[:SHOWN],
        gravities=GRAVITY_LABELS,
        states=STATE_LABELS,
        next_url=url_for("publishing_stock.index", after=f"{last[0]}~{last[1]}") if last else None,
        first_url=url_for("publishing_stock.index") if after else None,
    )


@blueprint.post("/list.<any(csv, xlsx):ending>")
@requires(Permission.DECISION_VIEW)
def table(ending: str) -> ResponseReturnValue:
    """The whole list as a file with empty columns for what the legal section says; taking it is an act in the ledger."""
    rows, name = (_cells(one) for one in _all()), f"term-stock-{_today()}.{ending}"
    if ending == "csv":
        export, content_type = csv_export(rows, bom=True, columns=_columns()), CSV
    else:
        note = [("表", "旧制度存量清单"), ("依据", stock().basis), ("生成日期", str(_today()))]
        export = xlsx_export(rows, note=note, columns=_columns(), title="存量清单", reuse="")
        content_type = XLSX
    return taken(export, act="decisions.export", name=name, content_type=content_type, actor=account())


def _columns() -> dict[str, str]:
    return {
        "document_number": "文号",
        "party": "当事人",
        "uscc": "统一社会信用代码",
        "authority": "作出决定的机关",
        "penalty_kinds": "处罚种类",
        "fine_yuan": "罚款（元）",
        "decided_on": "决定日期",
        "since_on": "公示起算日",
        **{f"class_{one.code}": " ".join((one.code, "失信程度")) for one in policies()},
        **{f"ends_on_{one.code}": " ".join((one.code, "截止日")) for one in policies()},
        "ends_on": "现在的截止日",
        "end_policy": "所依规定",
        "state": "现状",
        "is_earlier": "是否提前",
        "opinion": "法规科意见",
        "looked_at": "核对人和日期",
    }


def _cells(row: StockRow) -> dict[str, object]:
    one = row.decision
    return {
        "document_number": one.document_number,
        "party": one.party_name,
        "uscc": one.party_uscc or "",
        "authority": one.authority_name,
        "penalty_kinds": list(one.penalty_kinds),
        "fine_yuan": None if one.fine_fen is None else float(fen_to_yuan(one.fine_fen)),
        "decided_on": str(one.decided_on),
        "since_on": str(row.since_on),
        **{f"class_{end.policy.code}": GRAVITY_LABELS[end.gravity] for end in row.ends},
        **{f"ends_on_{end.policy.code}": str(end.ends_on) for end in row.ends},
        "ends_on": str(one.ends_on or ""),
        "end_policy": one.end_policy or "",
        "state": STATE_LABELS[one.state],
        "is_earlier": "是" if row.is_earlier else "否",
        "opinion": "",
        "looked_at": "",
    }


def _all() -> Iterator[StockRow]:
    after: Place | None = None
    while rows := in_stock(session, account(), today=_today(), after=after, limit=AT_ONCE):
        yield from rows
        after = _place(rows[-1])


def _place(row: StockRow) -> Place:
    return row.decision.decided_on, row.decision.id


def _after() -> Place | None:
    """Where the page before ended; what can't be read leads to the first page."""
    day, _tilde, number = request.args.get("after", "").partition("~")
    try:
        decided_on = dt.date.fromisoformat(day)
    except ValueError:
        return None
    last = row_number(number)
    return (decided_on, last) if last is not None else None


def _today() -> dt.date:
    return beijing_date(now_utc())
