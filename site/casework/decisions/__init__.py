"""公示管理: staff enter, redact, review, approve, return and withdraw decisions."""

from casework.decisions import (
    challenges,
    corrections,
    cross,
    entry,
    exchange,
    lists,
    petition_files,
    petitions,
    redaction,
    review,
    served,
    stock,
    term,
)

BLUEPRINTS = (
    lists.blueprint,
    entry.blueprint,
    served.blueprint,
    review.blueprint,
    redaction.blueprint,
    term.blueprint,
    challenges.blueprint,
    cross.blueprint,
    petition_files.blueprint,
    petitions.blueprint,
    corrections.blueprint,
    exchange.blueprint,
    stock.blueprint,
)
