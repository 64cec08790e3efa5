"""The JSON API, under /api/v1, and the data endings of public pages."""

from flask import Blueprint, Flask

from api import deadlines, decisions

BLUEPRINTS: tuple[Blueprint, ...] = (decisions.blueprint, deadlines.blueprint)


def register(app: Flask) -> None:
    """Adds the API to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
