"""The public surface: file, track, read decisions. One blueprint a file."""

from flask import Flask

from public import (
    alerts,
    asking,
    bulletins,
    check,
    companies,
    counted,
    crawlers,
    data,
    deadlines,
    decisions,
    expert,
    exports,
    filing,
    guidance,
    home,
    lists,
    objections,
    operations,
    outside,
    oversight,
    preferences,
    receipt,
    replies,
    respond,
    sitemap,
    statistics,
    suggest,
    tracking,
    uploads,
    verification,
)

BLUEPRINTS = (
    home.blueprint,
    filing.blueprint,
    uploads.blueprint,
    receipt.blueprint,
    respond.blueprint,
    verification.blueprint,
    tracking.blueprint,
    outside.blueprint,
    replies.blueprint,
    expert.blueprint,
    oversight.blueprint,
    alerts.blueprint,
    asking.blueprint,
    companies.blueprint,
    companies.data,
    exports.blueprint,
    check.blueprint,
    data.blueprint,
    suggest.blueprint,
    sitemap.blueprint,
    crawlers.blueprint,
    decisions.blueprint,
    decisions.data,
    objections.blueprint,
    lists.blueprint,
    deadlines.blueprint,
    statistics.blueprint,
    counted.blueprint,
    bulletins.blueprint,
    guidance.blueprint,
    preferences.blueprint,
    operations.blueprint,
)


def register(app: Flask) -> None:
    """Adds the public pages to `app`. One press in a mail program stops an alert: it has no page and no form token."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(alerts.stop)
