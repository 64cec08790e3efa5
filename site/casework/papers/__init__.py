"""Papers of a case, for staff: drafted, approved, issued, delivered, under /casework/cases/…/papers."""

from flask import Blueprint

from casework.papers import deciding, drafting, handing, prefixes, reading

BLUEPRINTS: tuple[Blueprint, ...] = (
    reading.blueprint,
    drafting.blueprint,
    deciding.blueprint,
    handing.blueprint,
    prefixes.blueprint,
)
