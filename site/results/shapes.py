"""Results as data: the shape of collections and of a decision that others rely on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from models.data.versions import Version
from models.decisions.challenges.tables import Challenge
from models.decisions.corrections.tables import Correction
from models.decisions.kinds import DecisionKind
from models.decisions.money import fen_to_yuan
from models.decisions.tables import Decision
from models.types import beijing_date, now_utc
from results import addresses
from results.finding import Page
from results.freshness import Freshness
from results.history import as_data
from results.known import known_issues
from results.shown import Shown
from results.understood import understood
from results.words import facet_value, zone_words
from search.documents import SEVERAL_WORDS, Facet
from search.facets import Counts
from search.snippets import Snippet

REUSE = "停止公示后的记录应当同步删除；本站以 410 状态回答已停止公示的记录。"


def collection(path: str, page: Page, fresh: Freshness) -> dict[str, Any]:
    """A page of results; `next` is the address of the next one, or null."""
    following = addresses.next_url(path, page)
    return {
        "total": page.total,
        "items": [item(found.decision, found.snippets) for found in page.items],
        "next": addresses.absolute(following) if following else None,
        "facets": {facet.value: list(_counted(facet, counts, page)) for facet, counts in page.facets.items()},
        "_meta": {
            "q": page.asked.q,
            "question": addresses.absolute(addresses.address(url_for("decisions.index"), page.asked)),
            "understood": understood(page.query),
            "sort": page.asked.sort.value,
            "size": page.asked.size,
            "facets_of_several_values": sorted(SEVERAL_WORDS),
            "generated_at": now_utc().isoformat(timespec="seconds"),
            "updated_at": fresh.updated_at.isoformat(timespec="seconds"),
            "stale": fresh.is_stale,
            "reuse": REUSE,
            "known_issues": known_issues(),
            "terms": url_for("data.index", _external=True) + "#reuse",
            "ended": url_for("exports.removals_json", _external=True, since=page.asked.since),
        },
    }


def _counted(facet: Facet, counts: Counts, page: Page) -> Iterator[dict[str, Any]]:
    """The values of a facet; the last one, with `value` null, counts all that are not listed."""
    for value, count in counts.words:
        yield {"value": value, "label": facet_value(facet, value, page.names), "count": count}
    if counts.others:
        yield {"value": None, "label": _("其他"), "count": counts.others}


def item(decision: Decision | Shown, found: tuple[Snippet, ...] = ()) -> dict[str, Any]:
    """A decision among others."""
    published_on = beijing_date(decision.published_at) if decision.published_at else None
    return {
        "id": decision.public_id,
        "url": permanent_url(decision),
        "document_number": decision.document_number,
        "party": decision.party_name,
        "uscc": decision.party_uscc,
        "cause": decision.cause_name,
        "right_type": decision.right_type,
        "facts": decision.facts,
        "basis": decision.basis,
        "penalty_kinds": list(decision.penalty_kinds),
        "penalty": decision.penalty,
        "fine_yuan": _yuan(decision.fine_fen),
        "decided_on": decision.decided_on.isoformat(),
        "published_on": published_on.isoformat() if published_on else None,
        "ends_on": decision.ends_on.isoformat() if decision.ends_on else None,
        "authority": decision.authority_name,
        "kind": decision.kind.value,
        "confiscated_yuan": _yuan(decision.confiscated_fen),
        "snippets": [_snippet(one, decision.kind) for one in found],
    }


def whole(
    decision: Decision,
    version: Version,
    challenges: Sequence[Challenge],
    corrections: Sequence[Correction],
) -> dict[str, Any]:
    """A decision by itself: the shape it has among others, and the rest of what is public."""
    return {
        **item(decision),
        "party_kind": decision.party_kind.value,
        "party_text": decision.party_text,
        "evidence": decision.evidence_text,
        "remedy": decision.remedy,
        "performance": decision.performance,
        "full_text": decision.full_text,
        "cause_code": decision.cause_code,
        "authority_uscc": decision.authority_uscc,
        "industry": decision.industry,
        "final_on": decision.final_on.isoformat() if decision.final_on else None,
        "challenges": [_challenge(one) for one in challenges],
        "corrections": [as_data(one) for one in corrections],
        "version": {
            "number": version.number,
            "since": version.since.isoformat() if version.since else None,
            "commitment": version.commitment,
        },
        "_meta": {"end_policy": decision.end_policy, "end_basis": decision.end_basis, "reuse": REUSE},
    }


def _challenge(one: Challenge) -> dict[str, str | None]:
    return {
        "kind": one.kind.value,
        "filed_on": one.filed_on.isoformat(),
        "outcome": one.outcome.value if one.outcome else None,
        "outcome_on": one.outcome_on.isoformat() if one.outcome_on else None,
    }


def permanent_url(decision: Decision | Shown) -> str:
    """The permanent address, whole."""
    return url_for("decisions.show", public_id=decision.public_id, _external=True)


def _yuan(fen: int | None) -> int | float | None:
    if fen is None:
        return None
    yuan = fen_to_yuan(fen)
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)


def _snippet(snippet: Snippet, kind: DecisionKind) -> dict[str, Any]:
    """The text around hits, and the ranges in it that are hits."""
    text, hits = "", []
    for piece in snippet.pieces:
        if piece.hit:
            hits.append([len(text), len(text) + len(piece.text)])
        text += piece.text
    return {"zone": zone_words(snippet.zone, kind), "text": text, "hits": hits}
