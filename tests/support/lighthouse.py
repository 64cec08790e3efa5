"""Lighthouse, as a search engine's maker judges a page: scores out of 100, and what cost points."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.sources import ROOT

PROGRAM = ROOT / ".venv/npm/node_modules/.bin/lighthouse"
CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = "--headless=new --no-sandbox --disable-gpu"
SECONDS = 180


class LighthouseMissing(Exception):
    """It, Node.js or Chromium is not installed on this machine."""


@dataclass(frozen=True)
class Judged:
    """Scores by category, and the titles of the audits that cost points."""

    scores: dict[str, int]
    faults: tuple[str, ...]


def judged(address: str, categories: Sequence[str], *, as_on_a_phone_line: bool) -> Judged:
    """Opens the page in a fresh Chromium and judges it, for a phone; on request as a slow line would bring it.

    Raises:
        LighthouseMissing: with what to do about it.
    """
    if not PROGRAM.exists() or shutil.which("node") is None:
        raise LighthouseMissing("Lighthouse is not installed (make clients)")
    if not CHROMIUM.exists():
        raise LighthouseMissing("Chromium is not installed (Debian package chromium)")
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "report.json"
        command = [str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={told}"]
        command += [f"--only-categories={','.join(categories)}", f"--chrome-flags={SWITCHES}"]
        command += [f"--throttling-method={'simulate' if as_on_a_phone_line else 'provided'}"]
        env = {**os.environ, "CHROME_PATH": str(CHROMIUM), "TMPDIR": folder}
        subprocess.run(command, env=env, check=True, capture_output=True, timeout=SECONDS)
        report = json.loads(told.read_text(encoding="utf-8"))
    weighed = [one for found in report["categories"].values() for one in found["auditRefs"] if one["weight"]]
    audits = (report["audits"][one["id"]] for one in weighed)
    faults = tuple(one["title"] for one in audits if one["score"] is not None and one["score"] < 1)
    scores = {name: round(100 * (found["score"] or 0)) for name, found in report["categories"].items()}
    return Judged(scores, faults)
