"""海外维权, for staff: disputes under way, who observes, and what there is for each country."""

from casework.overseas import observers, overview

BLUEPRINTS = (overview.blueprint, observers.blueprint)
