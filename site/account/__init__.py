"""The surface of rights-holders, under /account."""

from flask import Blueprint, Flask

from account import (
    agents,
    filing,
    filings,
    lane,
    organisation,
    petitions,
    registering,
    rights,
    tokens,
    uploads,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    registering.blueprint,
    filings.blueprint,
    filing.blueprint,
    uploads.blueprint,
    rights.blueprint,
    agents.blueprint,
    lane.blueprint,
    tokens.blueprint,
    organisation.blueprint,
    petitions.blueprint,
)


def register(app: Flask) -> None:
    """Adds the rights-holders' pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
