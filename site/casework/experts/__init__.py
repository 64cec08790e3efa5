"""Experts at the desk: the pool, and what they are asked about a case."""

from casework.experts import asking, pool

BLUEPRINTS = (pool.blueprint, asking.blueprint)
