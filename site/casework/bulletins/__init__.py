"""Typical cases and notices for staff: drafts, review, publication."""

from casework.bulletins import desk, guides, writing

BLUEPRINTS = (desk.blueprint, guides.blueprint, writing.blueprint)
