"""The pages for more than two people: further respondents, an agent, those who file together. Shown only where needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journey import drafts
from journey.gaps import gap
from journey.pages import keep_answers, page
from journey.party_forms import AgentForm, CompanionForm, RespondentForm, SeveralForm
from journey.pausing import answers_in, put_aside
from journey.secrets import refuse_codes
from journey.sides import mandate_row
from journey.stored_right import mandate_on_record
from journey.surface import Step, Surface
from models.filings.parties import MOST_JOINT, MOST_REPRESENTATIVES, MOST_RESPONDENTS
from models.types import beijing_date, now_utc

Rows = list[dict[str, Any]]


def respondents(surface: Surface) -> ResponseReturnValue:
    """Who else is complained of."""
    return _several(surface, Step.RESPONDENTS, RespondentForm, MOST_RESPONDENTS)


def joint(surface: Surface) -> ResponseReturnValue:
    """Who files together with the filer."""
    return _several(surface, Step.JOINT, CompanionForm, MOST_JOINT)


def agent(surface: Surface) -> ResponseReturnValue:
    """Who files for somebody else, and under what power: asked, unless the mandate is on record here."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.AGENT):
        return redirect(surface.url(first), 303)
    form, mandate = AgentForm(data=_with_date(draft.typed(Step.AGENT))), mandate_on_record(surface, draft)
    if mandate:
        form.leave_mandate_out()
    if kept := put_aside(surface, draft, Step.AGENT, form):
        return kept
    if not form.validate_on_submit() or refuse_codes(form, surface, draft):
        rows = [mandate_row(mandate, beijing_date(now_utc()))] if mandate else []
        return page("agent", surface, draft, Step.AGENT, form, on_record=rows)
    told = mandate.as_data() if mandate else {}
    return keep_answers(surface, draft, Step.AGENT, {**answers_in(form), **told})


def _several(surface: Surface, step: Step, kind: type[SeveralForm], most: int) -> ResponseReturnValue:
    """A list that is added to and taken from one by one, until its filer goes on."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, step):
        return redirect(surface.url(first), 303)
    rows: Rows = list(draft.of(step).get("rows", []))
    form, act = kind(data=draft.typed(step)), request.form.get("act", "")
    if kept := put_aside(surface, draft, step, form):
        return kept
    if form.is_submitted():
        if (number := request.form.get("remove", "")).isdigit():
            drafts.save(surface, draft, step, {"rows": rows[: int(number)] + rows[int(number) + 1 :]})
            return redirect(surface.url(step), 303)
        form.ask_for(act, has_rows=bool(rows))
        if form.validate() and not refuse_codes(form, surface, draft) and _fits(form, rows, most):
            more = [form.row()] if form.is_filled_in() else []
            if act == "continue":
                return keep_answers(surface, draft, step, {"rows": rows + more, "agreed": True})
            drafts.save(surface, draft, step, {"rows": rows + more})
            return redirect(surface.url(step), 303)
    return page("several", surface, draft, step, form, rows=rows)


def _fits(form: SeveralForm, rows: Rows, most: int) -> bool:
    """Whether one more can be taken: not too many, and of representatives two at most with the filer."""
    if not form.is_filled_in():
        return True
    if len(rows) >= most:
        form.form_errors.append(_("最多可以填写 %(most)s 个，更多的请写在事情经过里。", most=most))
    chosen = [*rows, form.row()]
    if sum(bool(one.get("is_representative")) for one in chosen) >= MOST_REPRESENTATIVES:
        form["is_representative"].errors = [_("代表人最多两名，您自己是一名，只能再推选一名。")]
    return not form.problems()


def _with_date(answers: Mapping[str, Any]) -> dict[str, Any]:
    """A date comes back from the draft as text."""
    kept = dict(answers)
    if isinstance(kept.get("ends_on"), str):
        kept["ends_on"] = dt.date.fromisoformat(kept["ends_on"])
    return kept
