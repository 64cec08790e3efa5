"""The surface of administrators, under /admin."""

from flask import Flask

from admin import accounts, calendar, ledger, overview, rules, units, work

BLUEPRINTS = (
    overview.blueprint,
    accounts.blueprint,
    units.blueprint,
    calendar.blueprint,
    rules.blueprint,
    work.blueprint,
    ledger.blueprint,
)


def register(app: Flask) -> None:
    """Adds the administrators' pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
