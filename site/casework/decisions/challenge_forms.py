"""Forms on reviews and lawsuits: the day of service, a challenge, its outcome."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from models.decisions.challenges.kinds import CHALLENGE_KIND_LABELS, OUTCOME_LABELS
from shared.fields import Answered, DateField, Radios, Select, TextField
from shared.forms import Form
from shared.i18n import label


class ServiceForm(Form):
    """When the party was served."""

    served_on = DateField(_l("决定书送达日期"), [Answered(_l("请填写送达日期，例如 2026-11-22。"))])


class ChallengeForm(Form):
    """A review or a lawsuit has begun."""

    kind = Select(_l("程序"), [Answered(_l("请选择程序。"))], choices=[])
    authority_name = TextField(
        _l("复议机关或者法院"), [Answered(_l("请填写复议机关或者法院的名称。"))], max_chars=200
    )
    filed_on = DateField(_l("受理（立案）日期"), [Answered(_l("请填写受理日期，例如 2026-11-22。"))])

    def offer(self) -> None:
        """The choices in the reader's language."""
        self.kind.choices = [
            ("", ""),
            *((kind.value, label(text)) for kind, text in CHALLENGE_KIND_LABELS.items()),
        ]


class OutcomeForm(Form):
    """How it ended. The names differ from those of the other forms on the page."""

    outcome = Radios(_l("结果"), [Answered(_l("请选择结果。"))], choices=[])
    outcome_on = DateField(_l("作出日期"), [Answered(_l("请填写复议决定或者判决作出的日期。"))])
    outcome_served_on = DateField(
        _l("送达当事人的日期"), hint=_l("下一步救济的期限从这一天起算；不填，就算不出终局的日期。")
    )
    ruling = TextField(_l("文书编号"), max_chars=128)

    def offer(self) -> None:
        """The choices in the reader's language."""
        self.outcome.choices = [(kind.value, label(text)) for kind, text in OUTCOME_LABELS.items()]
