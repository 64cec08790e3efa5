"""A command whose database waits for its upgrade, or does not answer, says so: a traceback of SQLAlchemy helps nobody."""

from __future__ import annotations

from typing import Any, cast

import click
from flask import has_app_context
from flask.cli import ScriptInfo
from sqlalchemy.exc import DBAPIError

from cli import schema
from shared.database import database, session


def explained(command: click.Command) -> click.Command:
    """The same command; where the database refuses it for its older schema, it tells what to run first."""
    invoke = command.invoke

    def told(context: click.Context) -> Any:
        try:
            return invoke(context)
        except DBAPIError as error:
            if sentence := _what_is_wrong(context):
                raise click.ClickException(sentence) from error
            raise

    command.invoke = told  # type: ignore[method-assign]
    return command


def _what_is_wrong(context: click.Context) -> str:
    """The sentence; empty where the schema is the right one, so that the error means something else."""
    if has_app_context():
        session.close()  # on SQLite it still holds the door
    app = cast(ScriptInfo, context.find_object(ScriptInfo)).load_app()
    try:
        with app.app_context():
            has, needs = schema.current_revision(database()), schema.newest_revision()
    except DBAPIError:
        return "数据库没有回应。请检查 HUHANG_DATABASE_URL 和数据库服务。"
    if has == needs:
        return ""
    return f"数据库结构是 {has or '空'}，程序需要 {needs}。请先运行 flask --app wsgi db upgrade。"
