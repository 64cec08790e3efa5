"""An application for aid as pairs of words, by the rules of this bureau."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from models.aid.queries import decision_of
from models.aid.rules import AidRules, aid_rules
from models.aid.terms import DISPUTE_KIND_LABELS, URGENCY_LABELS, Abroad, application_in
from models.cases.tables import Case
from models.kinds import Track
from models.overseas.countries import COUNTRIES
from shared.components import Row
from shared.formats import day_text
from shared.i18n import label
from shared.services import services


def rules_here() -> AidRules:
    """The rules of this bureau."""
    return aid_rules(services().bureau.key)


def aid_rows(data: Mapping[str, Any], today: dt.date) -> Iterator[Row]:
    """The application as pairs, for its filer and for staff; a value that the file has no more stands as it is."""
    told, rules = application_in(data), rules_here()
    if told is None:
        return
    yield Row(_("申请人"), label(rules.applicants.get(told.applicant, told.applicant)))
    yield Row(_("需要的帮助"), _lines(label(rules.helps.get(one, one)) for one in told.helps))
    if told.green:
        texts = (label(rules.green[one].text) if one in rules.green else one for one in told.green)
        yield Row(_("加急的情形"), _lines(texts))
    if told.abroad:
        yield Row(_("海外纠纷"), _lines(_abroad(told.abroad, today)))


def _abroad(abroad: Abroad, today: dt.date) -> Iterator[str]:
    yield label(COUNTRIES.get(abroad.country, abroad.country))
    yield label(DISPUTE_KIND_LABELS[abroad.kind])
    if abroad.due_on:
        urgency = label(URGENCY_LABELS[abroad.urgency(today)])
        yield _("最近的期限：%(day)s（%(urgency)s）", day=day_text(abroad.due_on), urgency=urgency)


def _lines(texts: Iterator[str]) -> Markup:
    return Markup("<br>").join(texts)


def decision_rows(session: Session, case: Case) -> list[Row]:
    """What was decided about an application, for its filer and for staff; nothing for any other case."""
    made = decision_of(session, case) if case.track is Track.AID else None
    if made is None:
        return []
    helps = rules_here().helps
    given = _("提供援助") if made.is_given else _("不提供援助")
    rows = [Row(_("援助决定"), _lines(iter((given, day_text(made.decided_at)))))]
    if made.helps:
        rows.append(Row(_("提供哪些援助"), _lines(label(helps.get(one, one)) for one in made.helps)))
    return [*rows, Row(_("决定的理由"), made.reasons)]
