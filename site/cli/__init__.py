"""`flask --app wsgi …`: one module per command or group of commands, all of them listed here."""

from flask import Flask

from cli import (
    audit,
    bench,
    calendar,
    cases,
    clocks,
    database,
    decisions,
    evidence,
    opendata,
    papers,
    receipts,
    rules,
    search,
    serve,
    users,
    vault,
    worker,
)
from cli.backup.commands import backup, restore
from cli.behind import explained
from cli.demo import load as demo

COMMANDS = tuple(
    explained(command)
    for command in (
        audit.group,
        backup,
        bench.bench,
        calendar.group,
        cases.group,
        clocks.group,
        database.group,
        demo.group,
        decisions.group,
        evidence.group,
        opendata.export,
        opendata.snapshot,
        papers.group,
        receipts.group,
        restore,
        rules.group,
        search.group,
        serve.serve,
        users.group,
        vault.group,
        worker.worker,
    )
)


def register(app: Flask) -> None:
    """Adds the commands to `app`."""
    for command in COMMANDS:
        app.cli.add_command(command)
