"""The forms of what a case is decided by: mediation, its agreement, filing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from casework.forms import FILER_SEES, STAFF_SEES, ActForm
from shared.fields import Answered, TextArea, Tick


class MediateForm(ActForm):
    """Consent of both sides, and when, where, in which way."""

    both_agree = Tick(
        _l("投诉人和被投诉人都同意调解（121号 第18条）"),
        [Answered(_l("调解须经双方同意；有一方不同意的，请办理“终止调解”。"))],
    )
    words = TextArea(
        _l("时间、地点或者方式"),
        [Answered(_l("请写明调解的时间、地点或者方式。"))],
        hint=_l("可以现场调解，也可以通过互联网、电话、音频、视频等（121号 第20条）。"),
        who_sees=FILER_SEES,
        max_chars=1000,
        rows=3,
    )


class SettleForm(ActForm):
    """What both sides agreed on."""

    terms = TextArea(
        _l("协议内容"),
        [Answered(_l("请写明协议的内容和履行方式。"))],
        hint=_l("现场达成的，一般要制作调解书（121号 第24条）。"),
        who_sees=FILER_SEES,
        max_chars=3000,
        rows=6,
    )


class FileForm(ActForm):
    """Why the bureau files a case of its own."""

    reasons = TextArea(
        _l("立案的理由"),
        [Answered(_l("请写明立案的理由。"))],
        hint=_l("写明初步证据、应当给予处罚的依据、管辖和时效（程序规定 第19条）。"),
        who_sees=STAFF_SEES,
        max_chars=2000,
    )
