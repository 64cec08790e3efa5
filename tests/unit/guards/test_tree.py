"""The tree itself: `site/` is a source root, nothing generated or secret is committed."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.support import sources
from tests.support.sources import ROOT


def test_site_is_a_source_root_and_no_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists(), (
        "site/__init__.py would be taken for the standard library's module `site`: "
        "keep site/ a plain folder and put packages inside it"
    )


def test_no_module_in_site_has_a_name_of_the_standard_library() -> None:
    own = {path.stem if path.suffix == ".py" else path.name for path in (ROOT / "site").iterdir()}
    assert not own & set(sys.stdlib_module_names), "rename it: the import would find the other one"


@pytest.mark.parametrize("path", ["site/app.py", "site/public/__init__.py", "site/templates/base.html"])
def test_gitignore_does_not_swallow_site(path: str) -> None:
    ignored = subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT, check=False).returncode == 0
    assert not ignored, "a .gitignore line such as /site takes the whole web part out of the repository"


def test_nothing_of_one_machine_is_committed() -> None:
    unwanted = re.compile(r"(^|/)(\.env|id_rsa|uv\.lock|.*\.pem|.*\.db|.*\.mo)$|^var/|^node_modules/")
    found = [sources.short(path) for path in sources.files() if unwanted.search(sources.short(path))]
    assert not found, f"data, keys and compiled files stay out of the repository: {found}"


def test_only_the_configuration_reads_the_environment() -> None:
    allowed = {"config.py", "wsgi.py"}
    reads = re.compile(r"os\.environ|os\.getenv|\bgetenv\(")
    readers = [
        sources.short(path)
        for path in sources.python_files("site", "models", "search", "config.py")
        if sources.short(path) not in allowed and reads.search(path.read_text(encoding="utf-8"))
    ]
    assert not readers, f"add a setting to config.Config and hand it over: {readers}"
