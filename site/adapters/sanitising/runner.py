"""Making a copy of a file of unknown intent: the original goes to a temporary folder, a bound process reads it there."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from config import ROOT
from models.filings.kinds import CopyObstacle
from models.ports import CleanCopy, NoCleanCopy

SECONDS = 180
_TAKES = ("image/", "application/")
_NO_DECODER = frozenset({"image/heic", "image/heif"})


class ProcessSanitiser:
    """Starts one process a file. `soffice` is LibreOffice's program, "" where there is none."""

    def __init__(self, soffice: str) -> None:
        self._soffice = soffice

    @contextmanager
    def copy_of(self, original: BinaryIO, media_type: str) -> Iterator[CleanCopy]:
        if not media_type.startswith(_TAKES):
            raise NoCleanCopy(CopyObstacle.SOUND_OR_FILM)
        if media_type in _NO_DECODER:
            raise NoCleanCopy(CopyObstacle.NO_DECODER)
        with tempfile.TemporaryDirectory(prefix="huhang-copy-", ignore_cleanup_errors=True) as folder:
            source, target = Path(folder) / "original", Path(folder) / "copy"
            with source.open("wb") as file:
                shutil.copyfileobj(original, file, 1024 * 1024)
            made = _made(_run(media_type, source, target, self._soffice))
            with target.open("rb") as stream:
                yield CleanCopy(stream, made)


def find_soffice(setting: str) -> str:
    """The program that the setting names, by path or by name; "" for `off` and where it is not installed."""
    return "" if setting == "off" else shutil.which(setting) or ""


def _made(answer: str) -> str:
    """The media type of the copy, from what the process said; one that died said nothing."""
    try:
        said = json.loads(answer)
    except ValueError:
        raise NoCleanCopy(CopyObstacle.TOO_COSTLY) from None
    if "obstacle" in said:
        raise NoCleanCopy(CopyObstacle(said["obstacle"]))
    return str(said["media_type"])


def _run(media_type: str, source: Path, target: Path, soffice: str) -> str:
    arguments = [media_type, str(source), str(target), soffice]
    command = [sys.executable, "-m", "adapters.sanitising.child", *arguments]
    # Nothing of our own environment: there are keys in it.
    own = {"PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]), "TMPDIR": str(source.parent)}
    env = {**own, "PATH": os.defpath, "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 - our own module, and names of our own
        command,
        cwd=source.parent,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(timeout=SECONDS)[0].decode(errors="replace")
        except subprocess.TimeoutExpired:
            raise NoCleanCopy(CopyObstacle.TOO_COSTLY) from None
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # whatever it started goes with it
