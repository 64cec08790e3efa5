"""The surface of rights-holders, under /account."""

from flask import Blueprint, Flask

BLUEPRINTS: tuple[Blueprint, ...] = ()


def register(app: Flask) -> None:
    """Adds the rights-holders' pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
