"""How to cite a decision: GB/T 7714—2015, BibTeX, CSL-JSON. The day of reading is part of a citation of a web page, and
so is the version that was read: its number, since when, and the code by which a proof of publication can be held against it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import json

from models.data.versions import Version
from models.decisions.kinds import DECISION_PAPER_LABELS
from models.decisions.tables import Decision
from results.shapes import permanent_url

_CODE_LENGTH = 16  # hexadecimal digits: nobody makes another record with the same ones by chance
_BIBTEX_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "{}%#&_$"} | {"\\": r"\textbackslash{}"})


@dataclass(frozen=True)
class Citations:
    """One decision in three forms."""

    gbt7714: str
    bibtex: str
    csl: dict[str, Any]
    code: str

    @property
    def csl_json(self) -> str:
        return json.dumps([self.csl], ensure_ascii=False, indent=2)


def citations(decision: Decision, version: Version, *, read_on: dt.date) -> Citations:
    """The citations of that version of a decision, read on that Beijing day."""
    title = f"{decision.document_number}{DECISION_PAPER_LABELS[decision.kind]}：{decision.party_name}"
    url = permanent_url(decision)
    code = (version.commitment or "")[:_CODE_LENGTH]
    number = f"V{version.number} ({code})" if code else f"V{version.number}"
    days = f"{decision.decided_on}({version.since})[{read_on}]"
    gbt = f"{decision.authority_name}. {title}[EB/OL]. {number}. {days}. {url}."
    fields = {
        "author": "{" + _bibtex(decision.authority_name) + "}",
        "title": "{" + _bibtex(title) + "}",
        "number": _bibtex(decision.document_number),
        "date": str(decision.decided_on),
        "year": str(decision.decided_on.year),
        "version": _bibtex(_version(version, code)),
        "url": url,
        "urldate": str(read_on),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    csl = {**_csl(decision, title, url, read_on), "version": _version(version, code)}
    return Citations(gbt, f"@misc{{decision-{decision.public_id},\n{lines}}}", csl, code)


def _version(version: Version, code: str) -> str:
    return " ".join([str(version.number), str(version.since), *([code] if code else [])])


def _bibtex(text: str) -> str:
    return text.translate(_BIBTEX_SIGNS)


def _csl(decision: Decision, title: str, url: str, read_on: dt.date) -> dict[str, Any]:
    return {
        "id": f"decision-{decision.public_id}",
        "type": "legal_case",
        "title": title,
        "number": decision.document_number,
        "authority": decision.authority_name,
        "author": [{"literal": decision.authority_name}],
        "issued": {
            "date-parts": [[decision.decided_on.year, decision.decided_on.month, decision.decided_on.day]]
        },
        "accessed": {"date-parts": [[read_on.year, read_on.month, read_on.day]]},
        "URL": url,
        "language": "zh-CN",
    }
