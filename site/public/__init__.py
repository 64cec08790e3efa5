"""The public surface: file, track, read decisions. One blueprint a file."""

from flask import Flask

from public import (
    asking,
    companies,
    deadlines,
    decisions,
    filing,
    guidance,
    home,
    operations,
    preferences,
    receipt,
    statistics,
    tracking,
    verification,
)

BLUEPRINTS = (
    home.blueprint,
    filing.blueprint,
    receipt.blueprint,
    verification.blueprint,
    tracking.blueprint,
    asking.blueprint,
    companies.blueprint,
    companies.data,
    decisions.blueprint,
    decisions.data,
    deadlines.blueprint,
    statistics.blueprint,
    guidance.blueprint,
    preferences.blueprint,
    operations.blueprint,
)


def register(app: Flask) -> None:
    """Adds the public pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
