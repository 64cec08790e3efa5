"""Making a backup and bringing one back: all or nothing, and never over data that is there."""

from __future__ import annotations

import datetime as dt
import shutil
import warnings
from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, select, text
from sqlalchemy.exc import SAWarning

from cli import schema
from cli.backup import rows
from cli.backup.manifest import FORMAT, BackupError, Manifest, fingerprints, hash_of
from cli.backup.removals import removals_here, removals_noted
from config import Config
from models.cases.texts import pair_again
from models.database import Database
from models.ledger.tables import LedgerEvent
from models.people.actors import COMMAND
from models.removals import Removal, keep_removed
from models.types import now_utc
from shared.revision import revision_of

ROWS_FILE = "rows.jsonl.gz"
FILES_FOLDER = "files"


def make(database: Database, config: Config, folder: Path, *, now: dt.datetime) -> Manifest:
    """Writes a backup into the new or empty `folder`. The site may go on working meanwhile.

    The rows are of one instant. The files are copied after them: every file that a row names was there before it.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} 不是空的：每次备份请用一个新的目录。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with database.engine.connect() as connection:
        if database.is_postgresql:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        else:
            connection.execution_options(huhang_writes=False)
        revision = revision_of(connection)
        if revision is None:
            raise BackupError("数据库是空的，没有可备份的内容。")
        counts = rows.dump(connection, folder / ROWS_FILE)
        ledger_end = end_of_ledger(connection)
    if config.files_dir.exists():
        shutil.copytree(config.files_dir, folder / FILES_FOLDER, ignore=shutil.ignore_patterns("*.part"))
    manifest = Manifest(
        format=FORMAT,
        made_at=now.isoformat(timespec="seconds"),
        profile=config.profile,
        revision=revision,
        ledger_end=ledger_end,
        rows=counts,
        keys=fingerprints(config.keys),
        files={
            str(path.relative_to(folder)): hash_of(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    )
    manifest.write(folder)
    return manifest


def bring_back(
    database: Database, config: Config, folder: Path, *, force: bool, removals: list[Removal]
) -> tuple[Manifest, int]:
    """Fills an empty installation from a backup whose hashes are right; with `force`, what is there goes first.

    What has left the public since the backup, as `removals`, the journal or the database here knows, leaves it again;
    the second value says how many records.
    """
    manifest = Manifest.read(folder)
    problems = manifest.problems(folder)
    if problems:
        raise BackupError(f"备份不完整，没有恢复任何内容：{'；'.join(problems[:10])}。")
    has_files = config.files_dir.exists() and any(config.files_dir.iterdir())
    removals = [*removals, *removals_noted(config.data_dir)]
    with schema.changing(database) as connection:
        has_tables = bool(inspect(connection).get_table_names())
        if (has_tables or has_files) and not force:
            raise BackupError("这里已有数据，没有恢复任何内容。确实要换成备份的内容，请加 --force。")
        if has_tables:
            removals = [*removals, *removals_here(connection)]
            _drop_everything(connection)
        schema.upgrade_over(connection, manifest.revision)
        counts = rows.load(connection, folder / ROWS_FILE)
        if counts != {name: count for name, count in manifest.rows.items() if count}:
            raise BackupError("恢复的行数与备份不符，没有恢复任何内容。")
        if end_of_ledger(connection) != manifest.ledger_end:
            raise BackupError("恢复后的留痕账与备份不符，没有恢复任何内容。")
        _replace_files(folder / FILES_FOLDER, config.files_dir)
    schema.upgrade(database)
    with database.writing() as session:
        pair_again(session)
        ended = keep_removed(session, removals, actor=COMMAND, now=now_utc())
        session.commit()
    return manifest, ended


def end_of_ledger(connection: Connection) -> str | None:
    """Number and hash of the last event, as `audit verify --anchor` takes them."""
    last = select(LedgerEvent.id, LedgerEvent.hash).order_by(LedgerEvent.id.desc()).limit(1)
    row = connection.execute(last).first()
    return f"{row.id}:{row.hash}" if row else None


def _drop_everything(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("DROP TABLE IF EXISTS case_pairs")
        )  # takes the tables along that it is kept in
    everything = MetaData()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # about kinds of index that it cannot describe
        everything.reflect(connection)
    everything.drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS ledger_events_refuse"))
        connection.execute(text("DROP FUNCTION IF EXISTS text_pairs"))


def _replace_files(source: Path, target: Path) -> None:
    """The copy is whole before it takes the place of what was there."""
    arriving, leaving = target.with_suffix(".arriving"), target.with_suffix(".leaving")
    for path in (arriving, leaving):
        shutil.rmtree(path, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, arriving)
    else:
        arriving.mkdir(parents=True)
    if target.exists():
        target.rename(leaving)
    arriving.rename(target)
    shutil.rmtree(leaving, ignore_errors=True)
