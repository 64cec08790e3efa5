"""The lock files: hashes, no address of an index, and complete for every Python that we promise, not only the one
that made them (`redis` wants `async-timeout` on 3.11.2, which is Debian's, and not on 3.11.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.sources import ROOT

FOLDER = ROOT / "requirements"
PYTHONS = ("3.11.2", "3.11.9", "3.12.3", "3.13.5", "3.14.0")


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _pinned(name: str) -> set[str]:
    return {
        canonicalize_name(found)
        for found in re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==", _text(name), re.MULTILINE)
    }


def _needed(package: str, python: str) -> Iterator[str]:
    """What an installed package needs on that version of Python, extras left out."""
    environment = {**default_environment(), "extra": ""}
    environment |= {"python_full_version": python, "python_version": ".".join(python.split(".")[:2])}
    for line in distribution(package).requires or []:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield canonicalize_name(requirement.name)


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_locks_carry_hashes_and_no_address(name: str) -> None:
    addresses = re.findall(
        r"^--(?:index-url|extra-index-url|trusted-host|find-links).*", _text(name), re.MULTILINE
    )
    assert not addresses, f"`make lock` leaves addresses out; remove {addresses}"
    unhashed = re.findall(r"^([\w.\[\],-]+==\S+)$", _text(name), re.MULTILINE)
    assert not unhashed, f"pin with hashes (`make lock`): {unhashed}"


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("names", [("run.txt",), ("run.txt", "dev.txt")], ids=["run", "dev"])
def test_locks_are_complete_on_every_python(names: tuple[str, ...], python: str) -> None:
    pinned = set().union(*(_pinned(name) for name in names))
    missing = {}
    for package in pinned:
        try:
            lacking = set(_needed(package, python)) - pinned
        except PackageNotFoundError:
            continue  # pinned for other machines than this
        if lacking:
            missing[package] = lacking
    assert not missing, f"name these in requirements/*.in, then `make lock` (Python {python}): {missing}"
