"""Kinds of paper are data: `profiles/papers.toml` says of each to whom it goes, who approves it, and what it says."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.cases.sorting.paths import goes_unapproved
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.errors import NotFound
from models.kinds import Track
from models.papers.fields import CASE_FIELD_LABELS, FILER_FIELD_LABELS
from models.papers.terms import FOR_FILER, TO_A_BODY, Addressee, Approver

PAPERS_FILE = Path(__file__).parents[2] / "profiles" / "papers.toml"


_ENDS = frozenset({Act.SETTLE, Act.END_MEDIATION})


class PaperKindError(Exception):
    """The file cannot be used; the text says where and why. Whoever runs the site reads it."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """What a person writes into a paper. `lines` 1 is a line of text."""

    name: str
    hint: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind. `filer` names the fields of the envelope that it lawfully tells, with the article.

    `made_from` says of what a program makes it, word for word; nobody drafts such a paper by hand. `ended_by`: how the
    mediation has to have ended for it (Order 121 Art 23, 24).
    """

    id: str
    title: str
    word: str
    addressee: Addressee
    approver: Approver
    basis: str
    body: str
    tracks: tuple[Track, ...] = ()
    states: tuple[State, ...] = ()
    ended_by: Act | None = None
    filer: tuple[str, ...] = ()
    filer_basis: str = ""
    asks: tuple[OwnField, ...] = ()
    may_ask: tuple[OwnField, ...] = ()
    red_head: bool = False
    made_from: str = ""

    @property
    def names_filer(self) -> bool:
        """Whether issuing it opens the envelope."""
        return bool(self.filer)

    @property
    def is_for_filer(self) -> bool:
        return self.addressee in FOR_FILER

    @property
    def goes_to_a_body(self) -> bool:
        """Whether the drafter says which unit or outside body it goes to."""
        return self.addressee in TO_A_BODY

    @property
    def is_approved(self) -> bool:
        """Whether another person has to agree, as a rule."""
        return self.approver is Approver.HEAD

    def wants_approval(self, case: Case) -> bool:
        """Whether another person has to agree in this case: a simple one has a shorter path."""
        return self.is_approved and not goes_unapproved(case, self.id)

    @property
    def own_fields(self) -> tuple[OwnField, ...]:
        return (*self.asks, *self.may_ask)

    @property
    def field_names(self) -> tuple[str, ...]:
        """Every name that a template of this kind can use."""
        return (*CASE_FIELD_LABELS, *self.filer, *(one.name for one in self.own_fields))

    def fits(self, case: Case) -> bool:
        """Whether the track knows it and the case is where it can be made."""
        in_track = not self.tracks or case.track in self.tracks
        in_state = not self.states or case.state in self.states
        return in_track and in_state and (self.ended_by is None or self.ended_by is _end_of_mediation(case))


@cache
def paper_kinds(path: Path = PAPERS_FILE) -> Mapping[str, PaperKind]:
    """All kinds by id, in the order of the file; PaperKindError where it is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PaperKindError(f"{path.name}：{error}") from error
    fields = {one["name"]: OwnField(**one) for one in table.get("fields", [])}
    kinds = [_kind(one, fields) for one in table.get("kinds", [])]
    if len({one.id for one in kinds}) < len(kinds) or len({one.word for one in kinds}) < len(kinds):
        raise PaperKindError(f"{path.name}：id 和 word 不能重复。")
    return {one.id: one for one in kinds}


def paper_kind(kind_id: str) -> PaperKind:
    """The kind of that id; NotFound."""
    found = paper_kinds().get(kind_id)
    if found is None:
        raise NotFound("没有这种公文。")
    return found


def kinds_for(case: Case) -> list[PaperKind]:
    """Those that can be drafted in this case now."""
    return [one for one in paper_kinds().values() if one.fits(case) and not one.made_from]


def _end_of_mediation(case: Case) -> Act | None:
    """The act by which the case's last mediation ended, told or not told since; None where none has."""
    return next((one.act for one in reversed(case.acts) if one.act in _ENDS), None)


def _kind(table: Mapping[str, Any], fields: Mapping[str, OwnField]) -> PaperKind:
    where = f"papers.toml：{table.get('id', '?')}"
    known = {one.name for one in dataclasses.fields(PaperKind)}
    if unknown := sorted(set(table) - known):
        raise PaperKindError(f"{where} 有不认识的设置：{'、'.join(unknown)}。")
    try:
        kind = PaperKind(
            **{
                **table,
                "addressee": Addressee(table["addressee"]),
                "approver": Approver(table["approver"]),
                "tracks": tuple(map(Track, table.get("tracks", ()))),
                "states": tuple(map(State, table.get("states", ()))),
                "ended_by": Act(table["ended_by"]) if "ended_by" in table else None,
                "filer": tuple(table.get("filer", ())),
                "asks": tuple(fields[name] for name in table.get("asks", ())),
                "may_ask": tuple(fields[name] for name in table.get("may_ask", ())),
                "body": table["body"].strip(),
            }
        )
    except (KeyError, ValueError, TypeError) as error:
        raise PaperKindError(f"{where}：{error}") from error
    if kind.ended_by not in (None, *_ENDS):
        raise PaperKindError(f"{where}：ended_by 只能写{'、'.join(sorted(_ENDS))}。")
    if set(kind.filer) - set(FILER_FIELD_LABELS):
        raise PaperKindError(f"{where}：filer 只能写{'、'.join(FILER_FIELD_LABELS)}。")
    if kind.names_filer != bool(kind.filer_basis):
        raise PaperKindError(f"{where}：写到举报投诉人的，须写明依据 filer_basis。")
    return kind
