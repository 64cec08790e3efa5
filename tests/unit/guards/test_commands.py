"""Every command explains itself, and is known to those who look for it."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from cli import COMMANDS
from tests.support.sources import ROOT


def _leaves(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _leaves(below, f"{path} {name}")
    else:
        yield path, command


LEAVES = dict(leaf for command in COMMANDS for leaf in _leaves(command, str(command.name)))


@pytest.mark.parametrize("path", LEAVES)
def test_a_command_says_what_it_does(path: str) -> None:
    command = LEAVES[path]
    assert command.help, f"{path}: the docstring of its function is its help"
    unexplained = [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and not option.help and not option.hidden
    ]
    assert not unexplained, f"{path}: options without help: {unexplained}"


def test_groups_say_what_they_are_for() -> None:
    silent = [command.name for command in COMMANDS if isinstance(command, click.Group) and not command.help]
    assert not silent


def test_every_module_with_a_command_is_registered() -> None:
    registered = {command.name for command in COMMANDS}
    declared = {
        line.split('"')[1]
        for path in (ROOT / "site" / "cli").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("@click.command(", "group = AppGroup("))
    }
    assert declared - registered == set(), "list it in site/cli/__init__.py"
