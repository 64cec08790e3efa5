"""The surface of staff, under /casework."""

from flask import Blueprint, Flask

from casework import acts, case, decisions, desk, evidence, identity, queue, sending

BLUEPRINTS: tuple[Blueprint, ...] = (
    desk.blueprint,
    queue.blueprint,
    case.blueprint,
    acts.blueprint,
    sending.blueprint,
    identity.blueprint,
    evidence.blueprint,
    *decisions.BLUEPRINTS,
)


def register(app: Flask) -> None:
    """Adds the staff's pages to `app`."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
