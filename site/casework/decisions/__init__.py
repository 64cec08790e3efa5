"""公示管理: staff enter, redact, review, approve, return and withdraw decisions."""

from casework.decisions import entry, lists, redaction, review

BLUEPRINTS = (lists.blueprint, entry.blueprint, review.blueprint, redaction.blueprint)
