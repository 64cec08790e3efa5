"""What pages say of themselves to machines, in the words of schema.org (JSON-LD): the site, a decision, the data set.

Nothing stands here that the page itself does not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from models.data.tables import DataFile
from models.decisions.kinds import DECISION_PAPER_LABELS
from models.decisions.tables import Decision
from models.types import beijing_date
from results.bulk import media_type
from results.shapes import permanent_url

CONTEXT = "https://schema.org"
LANGUAGE = "zh-CN"


def site(*, name: str, bureau: str) -> dict[str, Any]:
    """The site, with the address by which others can search it."""
    home = url_for("home.home", _external=True)
    words = url_for("decisions.index", _external=True) + "?q={words}"
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "@id": f"{home}#site",
        "url": home,
        "name": name,
        "publisher": _body(bureau),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": words},
            "query-input": "required name=words",
        },
    }


def decision(one: Decision) -> dict[str, Any]:
    """A public decision; `expires` is its last public day."""
    found = {
        "@context": CONTEXT,
        "@type": "DigitalDocument",
        "@id": permanent_url(one),
        "url": permanent_url(one),
        "name": f"{one.party_name} {one.document_number}",
        "identifier": one.document_number,
        "genre": DECISION_PAPER_LABELS[one.kind],
        "about": one.cause_name,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "author": _body(one.authority_name),
        "dateCreated": one.decided_on.isoformat(),
        "datePublished": beijing_date(one.published_at).isoformat() if one.published_at else None,
        "dateModified": one.updated_at.isoformat(timespec="seconds"),
        "expires": one.ends_on.isoformat() if one.ends_on else None,
        "license": url_for("data.index", _external=True) + "#reuse",
    }
    return {name: value for name, value in found.items() if value is not None}


def dataset(files: Sequence[DataFile], *, name: str, description: str, bureau: str) -> dict[str, Any]:
    """The files for download as one data set."""
    home = url_for("data.index", _external=True)
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": f"{home}#decisions",
        "url": home,
        "name": name,
        "description": description,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "license": f"{home}#reuse",
        "creator": _body(bureau),
        "distribution": [_distribution(file) for file in files],
    }


def _distribution(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.name,
        "contentUrl": url_for("data.download", name=file.name, _external=True),
        "encodingFormat": media_type(file.name).partition(";")[0],
        "contentSize": str(file.size),
        "dateModified": file.made_at.isoformat(timespec="seconds"),
        "sha256": file.sha256,
    }


def _body(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name}
