"""The public surface: file, track, read decisions. One blueprint a file."""

from flask import Flask

from public import guidance, home, operations, preferences

BLUEPRINTS = (home.blueprint, guidance.blueprint, preferences.blueprint, operations.blueprint)


def register(app: Flask) -> None:
    """Adds the public pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
