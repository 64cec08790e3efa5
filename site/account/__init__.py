"""The surface of rights-holders, under /account."""

from flask import Blueprint, Flask

from account import filing, filings, uploads

BLUEPRINTS: tuple[Blueprint, ...] = (filings.blueprint, filing.blueprint, uploads.blueprint)


def register(app: Flask) -> None:
    """Adds the rights-holders' pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
