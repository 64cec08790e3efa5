"""公示管理: staff enter, review, approve, return and withdraw decisions."""

from casework.decisions import entry, lists, review

BLUEPRINTS = (lists.blueprint, entry.blueprint, review.blueprint)
