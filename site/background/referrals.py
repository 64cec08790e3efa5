"""Making the pack of a referral, after the commit: evidence may be hundreds of megabytes. Done twice, it is the same pack."""

from __future__ import annotations

from collections.abc import Sequence

from background.papers import print_papers
from background.work import Work
from journey.keys import keyring
from models.people.actors import WORKER
from models.referrals.packing import keep_pack
from models.referrals.packs import LARGEST_PACK, made, parts_of
from models.referrals.papers import papers_of
from models.referrals.queries import files_of
from models.referrals.tables import Referral
from models.referrals.terms import Standing
from models.types import now_utc
from shared.database import database
from shared.services import services


def make_packs(works: Sequence[Work]) -> None:
    """Each pack, with its papers printed first where something can print them."""
    for work in works:
        _make(work.payload["referral_id"])


def _make(referral_id: int) -> None:
    with database().reading() as session:
        referral = session.get(Referral, referral_id)
        if referral is None or referral.standing is not Standing.APPROVED:
            return
        papers = [paper.id for paper in papers_of(session, referral)]
    print_papers([Work("print-paper", f"pack:{number}", {"paper_id": number}) for number in papers])
    given, now = services(), now_utc()
    with database().reading() as session:
        referral = session.get_one(Referral, referral_id)
        files = files_of(session, referral)
        parts = parts_of(referral, papers_of(session, referral), files, given.files, keyring())
        with made(referral, parts, files, now) as pack:
            stored = given.files.save(pack.kept, limit=LARGEST_PACK)
            size, sha256 = pack.size, pack.sha256
    with database().writing() as session:
        referral = session.get_one(Referral, referral_id, with_for_update={"of": Referral})
        keep_pack(session, referral=referral, stored=stored, size=size, sha256=sha256, actor=WORKER, now=now)
        session.commit()
