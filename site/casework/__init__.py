"""The surface of staff, under /casework."""

from flask import Blueprint, Flask

from casework import (
    acts,
    bulk,
    bulletins,
    case,
    clocks,
    commerce,
    companies,
    cooperation,
    decisions,
    desk,
    evidence,
    experts,
    holders,
    identity,
    intake,
    intake_uploads,
    links,
    lists,
    mediation,
    notices,
    outside,
    papers,
    queue,
    recusals,
    referrals,
    related,
    reports,
    response,
    rewards,
    saved,
    seen,
    supervision,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    desk.blueprint,
    queue.blueprint,
    bulk.blueprint,
    saved.blueprint,
    seen.blueprint,
    case.blueprint,
    related.blueprint,
    links.blueprint,
    commerce.blueprint,
    response.blueprint,
    mediation.blueprint,
    rewards.blueprint,
    acts.blueprint,
    outside.blueprint,
    recusals.blueprint,
    identity.blueprint,
    intake.blueprint,
    intake_uploads.blueprint,
    evidence.blueprint,
    clocks.blueprint,
    supervision.blueprint,
    notices.blueprint,
    *cooperation.BLUEPRINTS,
    *papers.BLUEPRINTS,
    *experts.BLUEPRINTS,
    *referrals.BLUEPRINTS,
    *decisions.BLUEPRINTS,
    *companies.BLUEPRINTS,
    *holders.BLUEPRINTS,
    *lists.BLUEPRINTS,
    *reports.BLUEPRINTS,
    *bulletins.BLUEPRINTS,
)


def register(app: Flask) -> None:
    """Adds the staff's pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
