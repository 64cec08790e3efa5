"""The base of the forms that do an act. Such a form knows its case: what can be chosen, and what goes to the verb.

Each carries the version of the case that was on the screen, so that nobody acts on an old one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from models.cases.tables import Case
from models.cases.terms import Act
from shared.forms import Form

FILER_SEES = _l("举报投诉人，以及能查看本办件的工作人员")
STAFF_SEES = _l("能查看本办件的工作人员；举报投诉人看不到")


def to_choose(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The options of a list in which nothing is chosen at first."""
    return [("", gettext("请选择")), *options]


class ActForm(Form):
    """The form of an act that asks nothing; the others add fields, and override what differs."""

    version = HiddenField()
    case: Case
    act: Act

    @classmethod
    def of(cls, case: Case, act: Act) -> Self:
        """The form for `case`, empty or with what was sent."""
        form = cls(data={"version": case.version})
        form.case, form.act = case, act
        form.fit()
        return form

    def fit(self) -> None:
        """Fills in what can be chosen in this case."""

    def suggest(self, **values: str) -> None:
        """Puts these into fields that nobody has filled in yet."""
        if not self.is_submitted():
            for name, value in values.items():
                self[name].data = value

    def given(self) -> dict[str, Any]:
        """What the officer gives the verb: every field by its name."""
        return {field.name: field.data for field in self.questions()}

    def shown(self) -> dict[str, Any]:
        """What the template of the act prints besides the fields."""
        return {}

    def questions(self) -> list[Any]:
        """The fields that a person fills in."""
        return [field for field in self if field.type not in ("HiddenField", "CSRFTokenField")]

    def is_up_to_date(self) -> bool:
        """Whether the case is still as it was on the screen."""
        return str(self.version.data) == str(self.case.version)

    def catch_up(self) -> None:
        """Says that the case has changed meanwhile, and lets the officer send the same words knowingly."""
        self.version.data = self.case.version
        self.form_errors.append(
            gettext(
                "您填写期间，这个办件有了新的动态。您写的内容还在：请先查看办件的最新情况，仍要办理的再提交一次。"
            )
        )
