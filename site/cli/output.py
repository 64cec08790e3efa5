"""How commands speak: with --json, stdout is one JSON document; everything said to a person goes to stderr."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

FINDING = 1  # exit code: the command worked and found something wrong

json_option: Callable[[Command], Command] = click.option(
    "--json", "as_json", is_flag=True, help="只在标准输出打印一个 JSON 文档。"
)


def say(sentence: str) -> None:
    """Tells a person how it goes."""
    click.echo(sentence, err=True)


def print_json(document: Any) -> None:
    """Prints the one document that a program reads."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
