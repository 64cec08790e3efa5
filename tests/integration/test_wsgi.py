"""The entry point: a setting that cannot be meant is a sentence on the terminal, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config import KEY_NAMES, ROOT

KEYS = {f"HUHANG_{name}": f"{number:064x}" for number, name in enumerate(KEY_NAMES, 1)}


def _start(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {"HUHANG_DATA": str(folder / "data"), "PYTHONDONTWRITEBYTECODE": "1", **settings}
    command = [sys.executable, "-c", "import wsgi; print(wsgi.app.name)"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_it_starts_with_nothing_set(tmp_path: Path) -> None:
    assert _start(tmp_path).stdout == "app\n"


def test_production_starts_with_its_keys(tmp_path: Path) -> None:
    started = _start(tmp_path, HUHANG_ENV="production", HUHANG_HOST="192.0.2.1", **KEYS)
    assert (started.returncode, started.stdout) == (0, "app\n"), started.stderr


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"HUHANG_ENV": "production"}, "HUHANG_SECRET_KEY"),
        ({"HUHANG_ENV": "production", **KEYS, "HUHANG_CODE_KEY": ""}, "HUHANG_CODE_KEY"),
        ({"HUHANG_PROFILE": "atlantis"}, "HUHANG_PROFILE"),
        ({"HUHANG_RATE_SIGN_IN": "often"}, "HUHANG_RATE_SIGN_IN"),
        ({"HUHANG_DATA": "/proc/nowhere"}, "HUHANG_DATA"),
    ],
)
def test_a_refusal_is_one_line_that_names_the_setting(
    tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    refused = _start(tmp_path, **settings)
    assert refused.returncode == 1
    assert refused.stdout == ""
    lines = refused.stderr.strip().splitlines()
    assert len(lines) == 1, refused.stderr
    assert lines[0].startswith("配置错误：")
    assert named in lines[0]
