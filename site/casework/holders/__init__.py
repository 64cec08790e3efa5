"""Rights-holders at the staff's desk: who waits to be verified, and what was decided about them."""

from casework.holders import lane, queue

BLUEPRINTS = (queue.blueprint, lane.blueprint)
