"""Typical cases and notices for staff: drafts, review, publication."""

from casework.bulletins import desk, writing

BLUEPRINTS = (desk.blueprint, writing.blueprint)
