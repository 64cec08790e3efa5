"""`flask receipts`: the keys that sign receipts, changing them, and whether what lies here still agrees with them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click
from flask.cli import AppGroup

from cli.output import FINDING, json_option, print_json, say
from config import KEY_BYTES, Config
from journey.keys import keyring
from models.filings import receipts
from models.filings.sealing import Keyring
from models.filings.signing import key_id_of, public_key_of
from models.ledger import record
from models.people.actors import COMMAND
from models.types import now_utc
from shared.database import commit, session
from shared.services import services

group = AppGroup("receipts", help="签名回执：密钥与核验。")


@group.command("keys")
@json_option
def keys(as_json: bool) -> None:
    """列出公布的签名公钥，新的在前；已停用的继续公布，用来核验旧回执。"""
    found = [
        {
            "key_id": key.key_id,
            "public_key": key.public_key,
            "published_at": key.published_at.isoformat(),
            "retired_at": key.retired_at.isoformat() if key.retired_at else None,
        }
        for key in receipts.published_keys(session)
    ]
    in_use = key_id_of(public_key_of(keyring().signing_key))
    if as_json:
        print_json({"in_use": in_use, "keys": found})
        return
    click.echo(f"正在使用：{in_use}")
    for key in found:
        end = f"，停用 {key['retired_at']}" if key["retired_at"] else ""
        click.echo(f"{key['key_id']}  公布 {key['published_at']}{end}")


@group.command("rotate")
@json_option
def rotate(as_json: bool) -> None:
    """启用新的签名密钥，停用旧的；旧公钥继续公布，已签的回执照样能核验。

    开发模式下换掉数据目录里的密钥。正式运行时先把 HUHANG_SIGNING_KEY 换成新密钥（openssl rand -hex 32 的输出），
    重新启动网站，再运行本命令；密钥没有换过时退出码为 2。
    """
    config = services().config
    path = config.data_dir / "keys" / "signing_key"
    is_made_here = path.exists() and path.read_text().strip() == config.keys.signing_key
    chosen = _new_keyring(config) if is_made_here else keyring()
    known = {key.key_id for key in receipts.published_keys(session)}
    if not is_made_here and key_id_of(public_key_of(chosen.signing_key)) in known:
        raise click.UsageError("这个密钥已经在用。请先把 HUHANG_SIGNING_KEY 换成新密钥，再运行本命令。")
    now = now_utc()
    old = receipts.publish_key(session, keys=keyring(), now=now) if is_made_here else None
    key = receipts.publish_key(session, keys=chosen, now=now)
    record(session, act="receipts.rotate", subject=key, actor=COMMAND, now=now, data={"key_id": key.key_id})
    commit()
    if is_made_here:
        _replace(path, chosen.signing_key.hex())
        say("新密钥已写入数据目录，重新启动网站后使用。")
    if as_json:
        print_json({"key_id": key.key_id, "retired": old.key_id if old else None})
    else:
        click.echo(f"新的签名密钥：{key.key_id}")


@group.command("verify")
@json_option
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """逐份核验已出具的回执：签名是否成立，登记内容和证据是否仍与回执一致。发现问题时退出码为 1。"""
    findings = [
        {"reference": reference, "problem": problem} for reference, problem in receipts.damaged(session)
    ]
    count = receipts.how_many(session)
    if as_json:
        print_json({"receipts": count, "findings": findings})
    for finding in findings:
        say(f"{finding['reference']}：{finding['problem']}")
    say(f"共 {count} 份回执，{f'{len(findings)} 处不一致' if findings else '全部一致'}。")
    if findings:
        context.exit(FINDING)


def _new_keyring(config: Config) -> Keyring:
    keys = config.keys
    fresh = secrets.token_hex(KEY_BYTES)
    return Keyring.from_hex(code_key=keys.code_key, vault_key=keys.vault_key, signing_key=fresh)


def _replace(path: Path, content: str) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(content)
    os.replace(fresh, path)
