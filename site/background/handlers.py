"""Which handler does which kind of work. A kind that nobody handles ends among the dead letters."""

from __future__ import annotations

from collections.abc import Mapping

from background import (
    alerts,
    evidence,
    filings,
    indexing,
    mail,
    notices,
    opendata,
    papers,
    petitions,
    publication,
    referrals,
    retention,
    supervision,
    warnings,
    webhooks,
)
from background.work import Handler
from models.bulletins.operations import WARN_OBSERVERS
from models.cases.moves import NOTIFY_FILER, NOTIFY_UNITS
from models.decisions.petitions.operations import TELL_PETITIONER
from models.filings.evidence import DELETE_FILE
from models.filings.examination import EXAMINE
from models.letters.operations import PRINT_REPLY
from models.papers.issuing import PRINT_PAPER
from models.referrals.papers import MAKE_PACK
from models.retention.operations import CERTIFY, DISPOSE
from models.supervision.telling import NOTIFY_OFFICER
from models.webhooks.operations import CALL

HANDLERS: Mapping[str, Handler] = {
    alerts.DIGEST: Handler(alerts.send_digests),
    DELETE_FILE: Handler(filings.delete_files),
    EXAMINE: Handler(evidence.examine),
    NOTIFY_FILER: Handler(filings.notify_filers),
    notices.TELL_FILER: Handler(notices.tell_filers),
    NOTIFY_OFFICER: Handler(supervision.notify_officers),
    NOTIFY_UNITS: Handler(supervision.notify_units),
    MAKE_PACK: Handler(referrals.make_packs),
    TELL_PETITIONER: Handler(petitions.tell_petitioners),
    PRINT_PAPER: Handler(papers.print_papers),
    PRINT_REPLY: Handler(papers.print_replies),
    WARN_OBSERVERS: Handler(warnings.warn_observers),
    CALL: Handler(webhooks.call_webhooks),
    "mail": Handler(mail.send),
    "publish-decision": Handler(publication.publish_decisions),
    "search-index": Handler(indexing.index_records, together=100),
    CERTIFY: Handler(retention.certify_lists),
    DISPOSE: Handler(retention.destroy_cases),
    opendata.MAKE: Handler(opendata.make_files, can_wait=True),
    indexing.REBUILD: Handler(indexing.rebuild_if_lost, together=100),
}
