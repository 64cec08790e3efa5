"""Typical cases and notices for staff: drafts, review, publication."""

from casework.bulletins import desk, guides, pictures, writing

BLUEPRINTS = (desk.blueprint, guides.blueprint, pictures.blueprint, writing.blueprint)
