"""`flask backup` and `flask restore`."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

import click
from flask.cli import with_appcontext

from cli.backup import archive
from cli.backup.manifest import BackupError, Manifest, fingerprints
from cli.backup.removals import removals_in
from cli.output import json_option, print_json, say
from config import Keys
from models.types import now_utc
from shared.database import database
from shared.services import services

FOLDER = click.Path(file_okay=False, path_type=Path)
KEY_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("folder", type=FOLDER)
@click.option("--keys", "key_file", type=KEY_FILE, help="把密钥另存为这个文件；不能放在备份目录里。")
@json_option
@with_appcontext
def backup(folder: Path, key_file: Path | None, as_json: bool) -> None:
    """把数据库和文件备份到 FOLDER（新的或空的目录）。网站可以照常运行。

    密钥不在备份里：没有密钥，备份里的身份信息打不开；密钥与备份放在一处，等于没有加密。请用 --keys 另存别处。
    """
    config = services().config
    if key_file is not None and key_file.resolve().is_relative_to(folder.resolve()):
        raise click.BadParameter("密钥不能与备份放在一起，请换一个地方。", param_hint="--keys")
    if key_file is not None and key_file.exists():
        raise click.BadParameter(f"{key_file} 已存在，不会覆盖。", param_hint="--keys")
    try:
        manifest = archive.make(database(), config, folder, now=now_utc())
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    if key_file is not None:
        _write_keys(config.keys, key_file)
        say(f"密钥已存为 {key_file}，请与备份分开保管。")
    else:
        say("注意：密钥不在备份里。若没有另外保管，请用 --keys 另存一份；没有密钥，身份信息无法恢复。")
    _report(manifest, folder, as_json, "已备份")


@click.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--keys", "key_file", type=KEY_FILE, help="备份时另存的密钥文件；开发环境会放进数据目录。")
@click.option("--force", is_flag=True, help="先清空这里的数据库和文件。")
@click.option(
    "--removals",
    "removals_files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="另存的 /decisions/removals.json、/lists/removals.json 或者 removals.jsonl：备份之后停止公示的，恢复后仍然停止。可以多个。",
)
@json_option
@with_appcontext
def restore(
    folder: Path, key_file: Path | None, force: bool, removals_files: tuple[Path, ...], as_json: bool
) -> None:
    """核对 FOLDER 里的备份，恢复到当前配置的数据库（SQLite 或 PostgreSQL 均可）和文件目录。

    要么全部恢复，要么什么都不动。备份之后停止公示的决定书、移出的名单记录和撤下的公告，只要数据目录的 removals.jsonl、
    这里的数据库或者 --removals 还知道，就不会重新出现。
    恢复前请停止网站和后台进程；恢复后运行 search rebuild 重建索引。
    """
    config = services().config
    try:
        known = [one for path in removals_files for one in removals_in(path)]
        manifest, ended = archive.bring_back(database(), config, folder, force=force, removals=known)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    keys = config.keys
    if key_file is not None:
        keys = _read_keys(key_file)
        if not config.is_production:
            _install_keys(keys, config.data_dir / "keys")
    if fingerprints(keys) != manifest.keys:
        say(
            "注意：这里的密钥与备份时的不同，身份信息打不开，密码不能登录。请给出备份时的密钥（--keys 或各项 HUHANG_ 设置）。"
        )
    if ended:
        say(f"备份之后停止公示的 {ended} 条记录，已重新停止公示。")
    _report(manifest, folder, as_json, "已恢复")


def _report(manifest: Manifest, folder: Path, as_json: bool, done: str) -> None:
    total = sum(manifest.rows.values())
    if as_json:
        print_json({"folder": str(folder), **dataclasses.asdict(manifest)})
    say(
        f"{done}：{total} 行，{len(manifest.files) - 1} 个文件；留痕账最后一条 {manifest.ledger_end or '（空）'}。"
    )


def _write_keys(keys: Keys, path: Path) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(dataclasses.asdict(keys), file, indent=2)


def _read_keys(path: Path) -> Keys:
    try:
        return Keys(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise click.BadParameter(f"{path} 不是备份时另存的密钥文件。", param_hint="--keys") from None


def _install_keys(keys: Keys, folder: Path) -> None:
    """Puts the keys where a development configuration looks for them."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, key in dataclasses.asdict(keys).items():
        path = folder / name
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(key)
