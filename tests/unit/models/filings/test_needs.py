"""The checklist asks everybody for what they saw, and only the owner for proof of the right."""

from __future__ import annotations

import itertools

import pytest

from models.filings.needs import NEED_LABELS, NeedGroup, missing, needed
from models.filings.parties import Capacity
from models.kinds import RightType, Track

OWNERS = (Track.CLUE, Track.ADJUDICATION)
ALL = list(itertools.product((track for track in Track if track is not Track.CONSULTATION), RightType))


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


@pytest.mark.parametrize("right", RightType)
def test_a_question_needs_no_proof(right: RightType) -> None:
    assert needed(Track.CONSULTATION, right) == []


@pytest.mark.parametrize(
    ("capacity", "needs"),
    [
        (Capacity.SELF, ()),
        (Capacity.AGENT, ("power_of_attorney", "agent_identity")),
        (Capacity.JOINT, ("joint_consent",)),
    ],
)
def test_who_files_for_others_shows_that_they_may(capacity: Capacity, needs: tuple[str, ...]) -> None:
    heads = {head.group: head.needs for head in needed(Track.COMPLAINT, RightType.TRADEMARK, capacity)}
    assert heads.get(NeedGroup.AUTHORITY, ()) == needs


def test_no_entry_is_there_for_nobody() -> None:
    used = {
        need
        for track, right, capacity in itertools.product(Track, RightType, Capacity)
        for head in needed(track, right, capacity)
        for need in head.needs
    }
    assert used == set(NEED_LABELS)
