"""The checklist asks everybody for what they saw, and only the owner for proof of the right."""

from __future__ import annotations

import itertools

import pytest

from models.filings.needs import INFRINGEMENT, NEED_LABELS, OWNERSHIP, NeedGroup, missing, needed
from models.kinds import RightType, Track

OWNERS = (Track.CLUE, Track.ADJUDICATION)
ALL = list(itertools.product(Track, RightType))


@pytest.mark.parametrize(("track", "right"), ALL)
def test_every_filing_has_a_checklist_whose_entries_have_names(track: Track, right: RightType) -> None:
    heads = needed(track, right)
    assert NeedGroup.INFRINGEMENT in [head.group for head in heads]
    assert all(need in NEED_LABELS for head in heads for need in head.needs)
    names = [need for head in heads for need in head.needs]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("track", "right"), ALL)
def test_only_the_owner_proves_right_person_and_authority(track: Track, right: RightType) -> None:
    groups = {head.group for head in needed(track, right)}
    owners = groups - {NeedGroup.INFRINGEMENT}
    if track not in OWNERS:
        assert not owners
    elif right is RightType.PATENT_PASSING_OFF:  # nobody's patent need be proven where none is used
        assert owners == {NeedGroup.SUBJECT, NeedGroup.AUTHORITY}
    else:
        assert owners == {NeedGroup.OWNERSHIP, NeedGroup.SUBJECT, NeedGroup.AUTHORITY}


def test_what_is_there_is_missing_no_more_and_other_names_count_for_nothing() -> None:
    before = missing(Track.CLUE, RightType.TRADEMARK, [])
    assert before == needed(Track.CLUE, RightType.TRADEMARK)
    after = missing(Track.CLUE, RightType.TRADEMARK, ["trademark_certificate", "patent_certificate"])
    assert [head.group for head in after] == [
        NeedGroup.INFRINGEMENT,
        NeedGroup.SUBJECT,
        NeedGroup.AUTHORITY,
    ]
    everything = [need for head in before for need in head.needs]
    assert missing(Track.CLUE, RightType.TRADEMARK, everything) == []


def test_no_entry_is_there_for_nobody() -> None:
    used = {need for table in (OWNERSHIP, INFRINGEMENT) for needs in table.values() for need in needs}
    assert used | {"subject_proof", "power_of_attorney"} == set(NEED_LABELS)
