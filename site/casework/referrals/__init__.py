"""移送公安机关, for staff: the report, the decision, the pack, and what the police answer; the procuratorates' links."""

from flask import Blueprint

from casework.referrals import deciding, packing, pages, proposing, stepping, watching

BLUEPRINTS: tuple[Blueprint, ...] = (
    pages.blueprint,
    proposing.blueprint,
    deciding.blueprint,
    packing.blueprint,
    stepping.blueprint,
    watching.blueprint,
)
