"""What an audit asks for first means acts that the program really notes."""

from __future__ import annotations

import re

import pytest

from models.ledger.focus import Focus, acts_meant, kinds_of
from shared.denials import DENIED
from tests.support.sources import ROOT

_ACT = re.compile(r'act="([a-z_.]+)"')
_NOTED = sorted(
    {
        act
        for root in ("models", "site")
        for path in (ROOT / root).rglob("*.py")
        for act in _ACT.findall(path.read_text(encoding="utf-8"))
    }
    | {DENIED}
)


@pytest.mark.parametrize(
    ("focus", "some"),
    [
        (Focus.IDENTITY, {"open_identity", "identity.ask", "reward.look"}),
        (Focus.MATERIAL, {"download_evidence", "download_evidence_copy", "paper.read", "letter.read"}),
        (Focus.EXPORTS, {"commerce.export", "decisions.export", "statistics.export"}),
        (Focus.ENDINGS, {"retention.destroy", "retention.certify", "data.erase", "outbox.forget"}),
        (Focus.DENIED, {DENIED}),
    ],
)
def test_each_focus_finds_the_acts_that_the_program_notes(focus: Focus, some: set[str]) -> None:
    found = acts_meant(focus.value, _NOTED)
    assert some <= set(found)
    assert not set(found) & {"case.see", "rule.add"}


def test_a_kind_is_all_acts_of_one_name_and_an_act_is_itself() -> None:
    noted = ["case.accept", "case.see", "cases.odd", "denied", "unit.open"]
    assert kinds_of(noted) == ["case.*"]
    assert acts_meant("case.*", noted) == ["case.accept", "case.see"]
    assert acts_meant("denied", noted) == ["denied"]
    assert acts_meant("case.fly", noted) == acts_meant("*", noted) == acts_meant("", noted) == []
