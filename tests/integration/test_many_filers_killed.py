"""Many file at once, and the server is killed in the middle; then everybody sends again, not knowing."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support.killing import kill_while_filing
from tests.support.running import environment, free_port
from tests.support.sources import ROOT

FILERS = 120  # three hundred in benchmarks.killed


def test_whoever_saw_a_receipt_has_a_whole_filing_and_nobody_has_two(
    tmp_path: Path, new_database_url: Callable[[], str]
) -> None:
    seed = random.SystemRandom().randrange(10**6)  # another moment each time, on purpose; printed if it fails
    env = environment(tmp_path / "data", free_port(), HUHANG_DATABASE_URL=new_database_url())
    counts = kill_while_filing(env, tmp_path, filers=FILERS, seed=seed)
    print(f"seed {seed}: {counts}")  # noqa: T201 - the counts are what this is about
    assert 0 < counts.shown < FILERS, "the server died in the middle of it"
    assert counts.is_right, f"seed {seed}: {counts}"
    verified = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "audit", "verify"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stderr
