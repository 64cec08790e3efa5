"""The surface of staff, under /casework."""

from flask import Blueprint, Flask

BLUEPRINTS: tuple[Blueprint, ...] = ()


def register(app: Flask) -> None:
    """Adds the staff's pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
