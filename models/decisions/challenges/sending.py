"""变更情形: the table that hangs on that of GSXT, one row for each ruling which changed a decision (复议、诉讼).

GSXT shows under a penalty who changed it, when and how. The codes JUDAUTH, ALTDATE and CONTENTS are those that its pages
use; that the rows are tied to the penalty by document number and code of the party is taken from the main table and is
to be confirmed with the receiver. A changed decision is withdrawn here (行政处罚法 Art 48(2)), so the rows name no party.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from models.decisions.challenges.kinds import REASON_LABELS
from models.decisions.challenges.tables import Challenge
from models.decisions.kinds import PartyKind
from models.decisions.spreadsheet.report import Remark
from models.wording import said

FIRST_ROW = 2  # as the spreadsheet counts, under the header
COLUMNS: Mapping[str, str] = {
    "UNISCID": "统一社会信用代码",
    "PENDECNO": "决定书文号",
    "JUDAUTH": "变更机关",
    "ALTDATE": "变更日期",
    "CONTENTS": "变更内容",
}


def change_row(challenge: Challenge) -> dict[str, str]:
    """The ruling as a row, by code. Raises ValueError for one that left the decision as it was."""
    if challenge.outcome is None or challenge.outcome_on is None or not challenge.changes_decision:
        raise ValueError("the decision stands")
    return {
        "UNISCID": challenge.decision.party_uscc or "",
        "PENDECNO": challenge.decision.document_number,
        "JUDAUTH": challenge.authority_name,
        "ALTDATE": f"{challenge.outcome_on:%Y/%m/%d}",
        "CONTENTS": REASON_LABELS[challenge.outcome],
    }


def change_remarks(challenges: Sequence[Challenge]) -> Iterator[Remark]:
    """What the receiver would refuse: an organisation without a code cannot be found in its register."""
    for place, challenge in enumerate(challenges, FIRST_ROW):
        party = challenge.decision.party_kind
        if party is PartyKind.ORGANISATION and not challenge.decision.party_uscc:
            yield Remark(place, f"UNISCID {COLUMNS['UNISCID']}", said("必填，没有内容。"))
