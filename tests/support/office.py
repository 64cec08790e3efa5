"""What LibreOffice makes of a workbook, for tests of what we hand out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def opened_by_libreoffice(workbook: bytes, folder: Path) -> str:
    """The flat XML of the workbook as LibreOffice reads it; skips the test where LibreOffice Calc is not installed."""
    office = shutil.which("soffice")
    if office is None or not (Path(office).resolve().parent / "libsclo.so").exists():
        pytest.skip("LibreOffice is not installed (Debian package libreoffice-calc-nogui)")
    (folder / "made.xlsx").write_bytes(workbook)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "fods", "made.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "made.fods").read_text()
