"""The surface of administrators, under /admin."""

from flask import Blueprint, Flask

BLUEPRINTS: tuple[Blueprint, ...] = ()


def register(app: Flask) -> None:
    """Adds the administrators' pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
