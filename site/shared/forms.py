"""The base of every form: Flask-WTF's token, our sentences, and the list of what has to be mended.

A form owns its wording and its checks; its fields (shared.fields) draw themselves. Page templates only place them:
`{% call form_wrapper(form) %}{{ form.facts() }}{{ button(_("继续")) }}{% endcall %}`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field
from wtforms.widgets import HiddenInput

from models.errors import Invalid
from shared.i18n import label


@dataclass(frozen=True)
class Problem:
    """One sentence of the error summary, and the id of the control that it is about ("" for the form as a whole)."""

    target: str
    sentence: str


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose answers arrive as text and leave as checked values."""

    def problems(self) -> list[Problem]:
        """What has to be mended, in the order of the fields; the form's own problems come first."""
        found = [Problem("", str(sentence)) for sentence in self.form_errors]
        return found + [Problem(_target(field), _sentence(field)) for field in self if field.errors]

    def hidden_tag(self, *_fields: Field) -> Markup:
        """The token and other hidden fields, without ids: nothing points at them, and a page can hold several forms."""
        return Markup("").join(field(id=False) for field in self if _is_hidden(field))

    def take(self, error: Invalid) -> None:
        """Shows a verb's refusal at the fields that it names, else on top of the form."""
        placed = False
        for name, sentence in error.errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, label(sentence)]
                placed = True
        if not placed:
            self.form_errors.append(label(error.sentence))


def _is_hidden(field: Field) -> bool:
    return isinstance(field.widget, HiddenInput)


def _target(field: Field) -> str:
    if _is_hidden(field):
        return ""
    return str(getattr(field, "first_control_id", field.id))


def _sentence(field: Field) -> str:
    if field.type == "CSRFTokenField":
        return _("页面打开太久，已经过期。您填写的内容还在，请再提交一次。")
    first = field.errors[0]
    return str(first)
