"""The links of a case, by platform and shop, with the cases elsewhere about the same item or shop."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.loading import case_to_see
from journey.platform_page import wait_shown
from journey.sides import platform_rows
from models.commerce.notices.queries import wait_of
from models.commerce.notices.tables import PlatformNotice
from models.commerce.notices.terms import Measure
from models.commerce.operations import links_of
from models.commerce.platform_files import read_platforms
from models.commerce.platforms import LINK_KIND_LABELS
from models.commerce.queries import by_shop, elsewhere
from models.people.permissions import Permission
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("case_links", __name__, url_prefix="/casework/cases")


@blueprint.get("/<reference>/links")
@requires(Permission.CASE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """All of them; a case that the officer may not see is not among those elsewhere."""
    case = case_to_see(reference)
    links = links_of(session, case.filing)
    notice = session.get(PlatformNotice, case.filing.files_of_id or case.filing.id)
    wait = wait_of(session, notice.statement_reached_on) if notice else None
    return render_template(
        "casework/links.html",
        case=case,
        links=links,
        told=list(platform_rows(notice)) if notice else [],
        wait=wait_shown(wait, notice) if notice and wait else None,
        took_none=notice is not None and notice.measure is Measure.NONE,
        groups=by_shop(links),
        elsewhere=elsewhere(session, links, filing=case.filing, officer=account()),
        digests={file.file_name: file.sha256 for file in case.filing.evidence},
        kinds=LINK_KIND_LABELS,
        platforms=read_platforms(),
    )
