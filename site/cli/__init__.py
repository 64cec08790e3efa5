"""`flask --app wsgi …`: one module per command or group of commands, all of them listed here."""

from flask import Flask

from cli import audit, database, users, worker
from cli.backup.commands import backup, restore

COMMANDS = (
    audit.group,
    backup,
    database.group,
    restore,
    users.group,
    worker.worker,
)


def register(app: Flask) -> None:
    """Adds the commands to `app`."""
    for command in COMMANDS:
        app.cli.add_command(command)
