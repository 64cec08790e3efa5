"""The places that a filer chooses from: those of the bureau's units, from its profile."""

from __future__ import annotations

from flask_babel import gettext as _

from models.filings.kinds import ELSEWHERE
from models.people.profiles import BureauProfile
from models.people.roles import UnitKind
from shared.i18n import in_script

_OFFICES = ("市场监督管理局", "市场监管局", "知识产权局")
_WITHOUT_PLACE = (UnitKind.AID_CENTRE, UnitKind.WORK_STATION, UnitKind.OUTSIDE)


def region_choices(profile: BureauProfile) -> list[tuple[str, str]]:
    """Region code and name, with an empty choice first; zones without a code of their own fall under their city."""
    own = profile.bureau.region_code
    places = {
        unit.region_code: in_script(_place(unit.name))
        for unit in profile.children(profile.bureau.unit)
        if unit.kind not in _WITHOUT_PLACE and unit.region_code != own
    }
    general = _("%(place)s，具体地方说不清，或者发生在网上", place=in_script(profile.bureau.region_name))
    return [("", _("请选择")), *places.items(), (own, general), (ELSEWHERE, _("其他地方"))]


def region_name(profile: BureauProfile, code: str) -> str:
    """The name under which a place was chosen; the code itself when the profile no longer has it."""
    return dict(region_choices(profile)).get(code, code)


def _place(unit_name: str) -> str:
    for office in _OFFICES:
        unit_name = unit_name.removesuffix(office)
    return unit_name
