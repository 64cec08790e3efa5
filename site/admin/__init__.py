"""The surface of administrators, under /admin."""

from flask import Flask

from admin import accounts, calendar, ledger, overview, papers, retention, rules, tokens, units, work

BLUEPRINTS = (
    overview.blueprint,
    accounts.blueprint,
    units.blueprint,
    calendar.blueprint,
    rules.blueprint,
    papers.blueprint,
    tokens.blueprint,
    work.blueprint,
    retention.blueprint,
    ledger.blueprint,
)


def register(app: Flask) -> None:
    """Adds the administrators' pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
