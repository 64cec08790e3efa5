"""The links of a case, by platform and shop, with the cases elsewhere about the same item or shop."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.loading import case_to_see
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
    return render_template(
        "casework/links.html",
        case=case,
        links=links,
        groups=by_shop(links),
        elsewhere=elsewhere(session, links, filing=case.filing, officer=account()),
        digests={file.file_name: file.sha256 for file in case.filing.evidence},
        kinds=LINK_KIND_LABELS,
        platforms=read_platforms(),
    )
