"""From a draft to a submission, and from there through the one verb that takes it in."""

from __future__ import annotations

from typing import Any

from journey.drafts import Draft, end
from journey.keys import keyring
from journey.persons import person_of
from journey.surface import Step, Surface
from journey.words import track_of
from models.cases.intake import Received, receive
from models.filings.right_numbers import NUMBER_NAME_LABELS
from models.filings.submissions import Respondent, Submission
from models.kinds import RightType, Track
from models.people.actors import FILER
from models.types import now_utc
from shared.database import session
from shared.i18n import current_locale


def track(surface: Surface, draft: Draft) -> Track:
    """The track that the answers so far lead to."""
    situation = str(draft.of(Step.START).get("situation", ""))
    return track_of(situation, has_account=surface.account is not None)


def right_type(draft: Draft) -> RightType:
    """The kind of right that was chosen; OTHER as long as none was."""
    return RightType(draft.of(Step.KIND).get("right_type", RightType.OTHER))


def files_hold(draft: Draft) -> list[str]:
    """What the filer says the attached files hold; nothing is held by no files."""
    ticked = draft.of(Step.EVIDENCE).get("has")
    return list(ticked) if ticked and draft.files() else []


def submission(surface: Surface, draft: Draft) -> Submission:
    """What the answers say."""
    facts = {name: str(value or "") for name, value in draft.of(Step.FACTS).items()}
    return Submission(
        token=str(draft.token),
        track=track(surface, draft),
        right_type=right_type(draft),
        respondent=Respondent(
            name=facts["respondent_name"],
            uscc=facts.get("respondent_uscc", ""),
            address=facts["respondent_address"],
            platform_link=facts["platform_link"],
        ),
        region_code=facts["region_code"],
        facts=facts["facts"],
        request=facts["request"],
        right_number=facts.get("right_number", "") if right_type(draft) in NUMBER_NAME_LABELS else "",
        person=person_of(draft.of(Step.CONTACT), surface.account),
        language=current_locale(),
        data=_data(draft),
    )


def _data(draft: Draft) -> dict[str, Any]:
    """Answers that have no column: what the filer came with, and what they say their files hold."""
    situation = draft.of(Step.START).get("situation")
    has = {"has": files_hold(draft)}
    return {"situation": situation, **has} if situation else has


def send(surface: Surface, draft: Draft) -> Received:
    """Hands the draft in. The draft ends with it; a second sending of the same token finds the first one's filing."""
    received = receive(
        session,
        submission=submission(surface, draft),
        actor=surface.account or FILER,
        now=now_utc(),
        keys=keyring(),
        account=surface.account,
    )
    end(surface, str(draft.token))
    return received
