"""Thousands of applications in one run, each made in a fraction of the time: what never differs is made once.

Templates are kept as byte code, and so is what Werkzeug makes of an address: its parts, its converters, its builders. A
bureau's profile is read once. All are what an application makes by itself; only the making is left out. The one thing
that differs is what a hash of a password costs: made to cost guessers much, it would cost the tests as much.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from shared import services

_COMPILED: dict[tuple[object, ...], dict[str, Any]] = {}
_CHEAP = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
_SHARED = ("_parts", "_trace", "_converters", "arguments")


class KeptRule(Rule):
    """A rule that is compiled once in a process; every application has the same converters."""

    def compile(self) -> None:
        key = (self.rule, self.subdomain, self.merge_slashes, repr(sorted((self.defaults or {}).items())))
        if key not in _COMPILED:
            super().compile()
            _COMPILED[key] = {name: getattr(self, name) for name in _SHARED}
            _COMPILED[key] |= {"builders": (self._build.__func__, self._build_unknown.__func__)}  # type: ignore[attr-defined]
            return
        kept = _COMPILED[key]
        for name in _SHARED:
            setattr(self, name, kept[name].copy())
        self._build, self._build_unknown = (one.__get__(self, None) for one in kept["builders"])


def keep_what_never_differs(kind: type[Flask], *, folder: Path) -> None:
    """Applications of `kind` made from now on in this process are quick; compiled templates lie in `folder`."""
    kind.url_rule_class = KeptRule
    kind.jinja_options = {**kind.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(folder))}
    services.load_profile = cache(services.load_profile)
    kind.default_config = {**kind.default_config, "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": _CHEAP}
