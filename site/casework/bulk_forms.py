"""Forms of what is done to many cases; which ones, and as they were seen, comes along as `case` fields."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from flask_babel import lazy_gettext as _l

from casework.acts.base import STAFF_SEES, to_choose
from casework.acts.sending_forms import units_to_choose
from models.cases.bulk import Picked
from models.cases.transfers import Way
from models.errors import Invalid
from models.people.tables import Account, Unit
from models.wording import said
from shared.fields import Answered, Select, TextArea
from shared.forms import Form
from shared.requests import row_number


class BulkForm(Form):
    """Which cases, in the version that stood on the page: `case=12:3`."""

    def picked(self) -> list[Picked]:
        """What the hidden fields say; Invalid for something that no page of ours sent."""
        try:
            pairs = [text.split(":") for text in request.form.getlist("case")]
            return [Picked(_row(number), _row(version)) for number, version in pairs]
        except ValueError:
            raise Invalid(said("所选的办件有误，请回到办件列表重新选择。")) from None


def _row(written: str) -> int:
    number = row_number(written)
    if number is None:
        raise ValueError(written)
    return number


class AssignManyForm(BulkForm):
    """Who is to handle them."""

    handler = Select(_l("承办人"), [Answered(_l("请选择承办人。"))])

    @classmethod
    def offering(cls, people: Sequence[Account]) -> AssignManyForm:
        """The people on duty in the unit that has the cases."""
        form = cls()
        form.handler.choices = to_choose((str(one.id), one.display_name) for one in people)
        return form


class TransferManyForm(BulkForm):
    """Where to, and why there."""

    unit = Select(
        _l("接收机构"),
        [Answered(_l("请选择接收机构。"))],
        hint=_l(
            "只列出可以移交的机构。立案以前，同级机构之间不得自行移送（121号 第41条）；"
            "已经立案的，可以移送有管辖权的同级机关（程序规定 第14条）。"
        ),
    )
    reasons = TextArea(
        _l("移交理由"),
        [Answered(_l("请写明为什么由该机构处理，例如被举报人住所地在其辖区。"))],
        hint=_l("同一理由写入每一件。"),
        who_sees=STAFF_SEES,
        max_chars=2000,
    )

    @classmethod
    def offering(cls, targets: Sequence[tuple[Way, Unit]]) -> TransferManyForm:
        """The units that may receive the cases."""
        form = cls()
        form.unit.choices = units_to_choose(targets)
        return form
