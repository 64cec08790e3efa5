"""Signing in without the form, for tests that are about something else."""

from __future__ import annotations

import time

from flask.testing import FlaskClient

from models.people.tables import Account


def sign_in(client: FlaskClient, account: Account, *, fresh: bool = True) -> FlaskClient:
    """Makes `client` the browser of `account`; with `fresh` the password counts as just given."""
    with client.session_transaction() as cookie:
        cookie["_user_id"] = account.fs_uniquifier
        cookie["_fresh"] = True
        cookie["fs_paa"] = time.time() if fresh else 0
    return client
