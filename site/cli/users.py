"""`flask user create`: an account for somebody who works here, or for a rights-holder."""

from __future__ import annotations

import sys
from typing import NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy.exc import NoResultFound

from cli.output import say
from models.errors import Invalid
from models.people.actors import COMMAND
from models.people.operations import assign_role, create_account
from models.people.queries import unit_by_code
from models.people.roles import ROLE_LABELS, AccountKind, Role
from models.types import now_utc
from shared.accounts import hashed
from shared.database import commit, session

MIN_PASSWORD_LENGTH = 10

group = AppGroup("user", help="账号的建立。")


@group.command(
    "create", epilog="角色：" + "；".join(f"{role} {label}" for role, label in ROLE_LABELS.items())
)
@click.argument("username")
@click.option("--name", "display_name", prompt="姓名", help="显示的姓名。")
@click.option("--email", help="邮箱，可用来登录和找回密码。")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="岗位，可重复；不给则是权利人账号。",
)
@click.option("--unit", "unit_code", help="任职机构在本局配置中的代码；给了 --role 就必须给。")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码（一行），不提示。")
def create(
    username: str,
    display_name: str,
    email: str | None,
    roles: tuple[str, ...],
    unit_code: str | None,
    password_stdin: bool,
) -> None:
    """建立账号 USERNAME。密码在提示后输入两遍，或用 --password-stdin 从标准输入读；不会出现在命令行里。"""
    if bool(roles) != bool(unit_code):
        raise click.UsageError("--role 与 --unit 要一起给。")
    now = now_utc()
    try:
        unit = unit_by_code(session, unit_code) if unit_code else None
        account = create_account(
            session,
            kind=AccountKind.STAFF if roles else AccountKind.RIGHTS_HOLDER,
            username=username,
            display_name=display_name,
            email=email,
            password_hash=hashed(_password(password_stdin)),
            actor=COMMAND,
            now=now,
        )
        for role in roles:
            assign_role(session, account=account, unit=unit, role=Role(role), actor=COMMAND, now=now)
    except NoResultFound:
        raise click.BadParameter(f"没有代码为“{unit_code}”的机构。", param_hint="--unit") from None
    except Invalid as error:
        _refuse(error)
    commit()
    say(f"已建立账号 {account.username}。")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("密码", hide_input=True, confirmation_prompt="再输入一遍", err=True)
    if len(password) < MIN_PASSWORD_LENGTH:
        raise click.UsageError(f"密码至少 {MIN_PASSWORD_LENGTH} 位。")
    return str(password)


def _refuse(error: Invalid) -> NoReturn:
    raise click.ClickException(" ".join([error.sentence, *error.errors.values()]))
