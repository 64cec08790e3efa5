"""`flask vault`: the master key of the identities, changed while the site runs."""

from __future__ import annotations

import os
import secrets
import sys
from collections import Counter
from pathlib import Path

import click
from flask.cli import AppGroup

from cli.output import FINDING, json_option, print_json, say
from config import KEY_BYTES, OLD_VAULT_KEYS, Config
from journey.keys import keyring
from models.filings import vault
from models.filings.drafts import reseal_drafts
from models.filings.sealing import Keyring
from models.ledger import record
from models.papers import sealing as papers
from models.people.actors import COMMAND
from models.rewards.operations import rewrap_rewards
from models.types import now_utc
from shared.database import commit, session
from shared.services import services

group = AppGroup("vault", help="举报投诉人身份信息的主密钥。")
_AT_ONCE = 200


@group.command("status")
@json_option
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """每个主密钥封着多少件身份信息。有这里没有的密钥封着的，退出码为 1。"""
    keys = keyring()
    rows = [_row(keys, name, count) for name, count in _sealed().items()]
    if as_json:
        print_json({"in_use": keys.vault_key_id, "keys": rows})
    else:
        click.echo(f"正在使用：{keys.vault_key_id}")
        for row in rows:
            click.echo(f"{row['key_id']}  {row['identities']} 件  {_WORDS[str(row['state'])]}")
    if any(row["state"] == "unknown" for row in rows):
        context.exit(FINDING)


@group.command("rotate")
@json_option
@click.pass_context
def rotate(context: click.Context, as_json: bool) -> None:
    """把旧主密钥封装的数据密钥逐批换成新主密钥封装；网站照常运行，可以中断后再运行。

    正式运行时先把旧密钥抄进 HUHANG_OLD_VAULT_KEYS、HUHANG_VAULT_KEY 换成新的（openssl rand -hex 32 的输出），重新启动全部进程。
    开发模式下由本命令生成新密钥。有这里没有的密钥封着的，退出码为 1。
    """
    config, keys = services().config, keyring()
    path = config.data_dir / "keys" / "vault_key"
    is_made_here = path.exists() and path.read_text().strip() == config.keys.vault_key
    if is_made_here and not keys.old_vault_keys:
        keys = _with_new_key(config, path)
    if not keys.old_vault_keys:
        raise click.UsageError(
            "没有旧密钥。请先把现在的密钥抄进 HUHANG_OLD_VAULT_KEYS，再换 HUHANG_VAULT_KEY。"
        )
    rewrapped = _rewrap(keys)
    drafts = reseal_drafts(session, keys=keys)
    while papers.rewrap_papers(session, keys=keys, limit=_AT_ONCE):
        commit()
    rewrap_rewards(session, keys=keys)
    commit()
    left = {name: count for name, count in _sealed().items() if name != keys.vault_key_id}
    if as_json:
        print_json({"in_use": keys.vault_key_id, "rewrapped": rewrapped, "drafts": drafts, "left": left})
    say(f"换封 {rewrapped} 件身份信息、{drafts} 份草稿；密钥 {keys.vault_key_id}。")
    if left:
        say(f"还有 {sum(left.values())} 件由这里没有的密钥封着：{'、'.join(left)}。")
        context.exit(FINDING)


_WORDS = {"present": "正在使用", "old": "旧密钥，等待换封", "unknown": "这里没有这个密钥"}


def _row(keys: Keyring, name: str, count: int) -> dict[str, str | int]:
    state = "present" if name == keys.vault_key_id else "old" if keys.vault_key_named(name) else "unknown"
    return {"key_id": name, "identities": count, "state": state}


def _sealed() -> Counter[str]:
    """How many identities and papers each vault key wraps."""
    return Counter(vault.key_ids(session)) + Counter(papers.key_ids(session))


def _rewrap(keys: Keyring) -> int:
    """In batches, each committed: whoever stops it loses a batch at most."""
    total = sum(count for name, count in vault.key_ids(session).items() if name != keys.vault_key_id)
    done = 0
    with click.progressbar(length=total, file=sys.stderr, label="换封") as bar:
        while count := vault.rewrap(session, keys=keys, limit=_AT_ONCE):
            data = {"key_id": keys.vault_key_id, "rewrapped": count}
            newest = vault.newest_identity(session)
            record(session, act="vault.rewrap", subject=newest, actor=COMMAND, now=now_utc(), data=data)
            commit()
            done += count
            bar.update(count)
    return done


def _with_new_key(config: Config, path: Path) -> Keyring:
    """A new key in the data folder, with the old one beside it before it is replaced: no instant without either."""
    fresh, used = secrets.token_hex(KEY_BYTES), config.keys.vault_key
    _write(path.with_name(OLD_VAULT_KEYS), used)
    _write(path, fresh)
    say("新密钥已写入数据目录，请重新启动网站和后台进程。")
    kept = config.keys
    return Keyring.from_hex(
        code_key=kept.code_key, vault_key=fresh, signing_key=kept.signing_key, old_vault_keys=[used]
    )


def _write(path: Path, content: str) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(content)
    os.replace(fresh, path)
