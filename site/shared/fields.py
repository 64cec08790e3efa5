"""Fields that draw their own component: label, hint, who will see the answer, error, control, counter.

A field is given to WTForms as usual, with these named arguments besides: `hint`, `who_sees`, `max_chars` (counter),
`width` (short, medium, code), and `attributes` for the control (autocomplete, inputmode, …). The macros that draw them
stand in templates/components/field.html; `component` is the macro's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import wtforms
from flask import get_template_attribute
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from models.plain import plain

Text = Any  # str or a lazy string of Flask-Babel
MACROS = "components/field.html"


class Drawn:
    """The widget: hands the field to its macro."""

    field_flags: Mapping[str, Any] = {}

    def __call__(self, field: Shown, **_attributes: object) -> Markup:
        macro: Callable[[Shown], Markup] = get_template_attribute(MACROS, field.component)
        return macro(field)


@dataclass(frozen=True)
class Option:
    """One choice as the template prints it."""

    value: str
    text: Text
    hint: Text
    is_chosen: bool


class Shown:
    """What all our fields have over WTForms' own. Mixed in before a WTForms field."""

    component = "text"
    input_type = "text"
    widget = Drawn()
    id: str
    errors: Sequence[str]
    flags: Any

    def __init__(
        self,
        label: Text,
        validators: Iterable[Any] = (),
        *,
        hint: Text = "",
        who_sees: Text = "",
        max_chars: int | None = None,
        width: str = "",
        attributes: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.hint, self.who_sees = hint, who_sees
        self.max_chars, self.width = max_chars, width
        self.attributes = {"autocomplete": "off", **(attributes or {})}
        checks = [*validators, AtMost(max_chars)] if max_chars else list(validators)
        super().__init__(label, checks, **kwargs)  # type: ignore[call-arg]

    @property
    def is_optional(self) -> bool:
        """Whether the label says 选填; what must be answered is the rule and goes without saying."""
        return not self.flags.required

    @property
    def describers(self) -> str:
        """The ids of the lines that a screen reader reads with the control."""
        counter = self.max_chars if self.component == "textarea" else None
        lines = {"hint": self.hint, "who": self.who_sees, "error": self.errors, "counter": counter}
        return " ".join(f"{self.id}-{name}" for name, there in lines.items() if there)

    @property
    def shown_value(self) -> str:
        """What stands in the control."""
        value = self._value()  # type: ignore[attr-defined]
        return "" if value is None else str(value)


def tidy(value: str | None) -> str | None:
    """What the reader sees and counts: no white space at the ends, one kind of line end, no unseen signs."""
    return plain(value) if value else value


class TextField(Shown, wtforms.StringField):
    """A line of text, tidied."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, filters=[*kwargs.pop("filters", ()), tidy], **kwargs)


class TextArea(TextField):
    """Several lines; with `max_chars` a counter stands under it."""

    component = "textarea"

    def __init__(self, *args: Any, rows: int = 6, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(*args, **kwargs)


class PhoneField(TextField):
    """A telephone number, with the digits' keyboard on phones."""

    input_type = "tel"


class EmailField(TextField):
    """An e-mail address."""

    input_type = "email"


class CodeField(TextField):
    """A reference or code: capitals, the full-width forms of typing methods and separators are forgiven."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        attributes = {"autocapitalize": "characters", "spellcheck": "false", **kwargs.pop("attributes", {})}
        super().__init__(*args, width="code", attributes=attributes, **kwargs)


class PasswordField(TextField):
    """A password; never printed back, and not tidied: blanks may belong to it."""

    input_type = "password"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super(TextField, self).__init__(*args, **kwargs)

    @property
    def shown_value(self) -> str:
        return ""


class _Parsed(Shown):
    """What fields share whose text is read as something else. `sentence` says, with an example, what can be read."""

    sentence: Text
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata([valuelist[0].strip()])  # type: ignore[misc]
        except ValueError:
            raise ValueError(str(self.sentence)) from None


class NumberField(_Parsed, wtforms.IntegerField):
    """A whole number, typed as text: no arrows that change it by accident."""

    sentence = _l("请填写数字，例如 12。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        attributes = {"inputmode": "numeric", **kwargs.pop("attributes", {})}
        super().__init__(*args, width=kwargs.pop("width", "short"), attributes=attributes, **kwargs)


class MoneyField(_Parsed, wtforms.DecimalField):
    """An amount in yuan; thousands may be separated by commas."""

    sentence = _l("请填写金额，例如 1200 或 1200.50。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", **kwargs.pop("attributes", {})}
        super().__init__(*args, width="medium", attributes=attributes, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value.replace(",", "").replace("，", "") for value in valuelist])


class DateField(_Parsed, wtforms.DateField):
    """A day of the calendar."""

    input_type = "date"
    sentence = _l("请填写日期，例如 2026-11-22。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, width="medium", **kwargs)


class _Choosing(Shown):
    """What fields with choices share. `choices`: (value, text); the hint of a value stands in `hints`."""

    data: Any

    def __init__(
        self, *args: Any, choices: Any = (), hints: Mapping[str, Text] | None = None, **kwargs: Any
    ) -> None:
        self.hints = dict(hints or {})
        kwargs.setdefault("validate_choice", True)
        super().__init__(*args, choices=choices if callable(choices) else _pairs(choices), **kwargs)

    @property
    def options(self) -> list[Option]:
        """The choices, each with its hint."""
        return [
            Option(str(value), text, self.hints.get(str(value), ""), chosen)
            for value, text, chosen, *_rest in self.iter_choices()  # type: ignore[attr-defined]
        ]

    @property
    def first_control_id(self) -> str:
        """Where a link of the error summary leads."""
        return f"{self.id}-0"

    def pre_validate(self, form: Any) -> None:
        if not self.data:  # no answer: whether one is needed is for `Answered` to say
            return
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValueError:
            raise StopValidation(_("请从所列的选项中选择。")) from None


def _pairs(choices: Iterable[Any]) -> list[SelectChoice]:
    return [choice if isinstance(choice, SelectChoice) else SelectChoice(*choice) for choice in choices]


class Radios(_Choosing, wtforms.RadioField):
    """One of a few."""

    component = "radios"


class Select(_Choosing, wtforms.SelectField):
    """One of many."""

    component = "select"

    @property
    def first_control_id(self) -> str:
        return self.id


class Checkboxes(_Choosing, wtforms.SelectMultipleField):
    """Any of a few."""

    component = "checkboxes"


class Tick(Shown, wtforms.BooleanField):
    """Yes or nothing: a statement that is ticked."""

    component = "tick"


class FilesField(Shown, wtforms.MultipleFileField):
    """Files to attach; `accept` narrows what the device offers, the server still looks at the content."""

    component = "files"

    def __init__(self, *args: Any, accept: str = "", **kwargs: Any) -> None:
        attributes = {
            "multiple": True,
            **({"accept": accept} if accept else {}),
            **kwargs.pop("attributes", {}),
        }
        super().__init__(*args, attributes=attributes, **kwargs)


class AtMost:
    """At most so many characters, counted as the reader counts them; says how many are to be taken out."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, _form: object, field: Any) -> None:
        length = len(field.data or "")
        if length > self.limit:
            over = length - self.limit
            sentence = _("写了 %(length)s 个字，最多 %(limit)s 个字，请删去 %(over)s 个字。")
            raise StopValidation(sentence % {"length": length, "limit": self.limit, "over": over})


class Answered(wtforms.validators.InputRequired):
    """The question must be answered; `sentence` says what to enter ("请写明…"), never only that something is missing."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)

    def __call__(self, form: object, field: Any) -> None:
        data = field.data
        is_empty = data is None or data == [] or data is False or (isinstance(data, str) and not data.strip())
        if is_empty and not field.errors:
            field.errors = []
            raise StopValidation(str(self.message))
