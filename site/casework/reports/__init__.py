"""统计报表: who has reported what, the return of a unit with its figures, and the sums."""

from casework.reports import overview, returning, sheets

BLUEPRINTS = (overview.blueprint, returning.blueprint, sheets.blueprint)
