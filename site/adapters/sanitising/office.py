"""Office documents printed to PDF by LibreOffice, with macros, links and its own memory of the last user switched off."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from adapters.sanitising.obstacles import Unsafe
from models.filings.kinds import CopyObstacle

SECONDS = 120
_OOXML = "application/vnd.openxmlformats-officedocument"
ENDINGS: dict[str, str] = {
    f"{_OOXML}.wordprocessingml.document": "docx",
    f"{_OOXML}.spreadsheetml.sheet": "xlsx",
    f"{_OOXML}.presentationml.presentation": "pptx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
}
_CAUTIOUS: dict[str, dict[str, str]] = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "DisableActiveContent": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "/org.openoffice.Office.Common/Load": {"UpdateDocMode": "0"},
    "/org.openoffice.Office.Writer/Content/Update": {"Link": "0"},
    "/org.openoffice.Office.Calc/Content/Update": {"Link": "1"},
}


def as_pdf(source: Path, media_type: str, soffice: str) -> Path:
    """The document as a PDF beside `source`; `Unsafe` when there is no converter or it gives nothing."""
    if not soffice:
        raise Unsafe(CopyObstacle.NO_CONVERTER)
    folder = source.parent
    named = folder / f"document.{ENDINGS[media_type]}"
    source.rename(named)
    _make_profile(folder / "profile")
    command = [
        soffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "pdf", "--outdir", str(folder), str(named)),
    ]
    try:
        subprocess.run(  # noqa: S603 - the configured program, and names of our own
            command,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath},
        )
    except subprocess.TimeoutExpired:
        raise Unsafe(CopyObstacle.TOO_COSTLY) from None
    except OSError:
        raise Unsafe(CopyObstacle.NO_CONVERTER) from None
    made = named.with_suffix(".pdf")
    if not made.exists():
        raise Unsafe(CopyObstacle.DAMAGED)
    return made


def _make_profile(folder: Path) -> None:
    """A fresh profile with the cautious settings: nothing of one document is there when the next one is opened."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, settings in _CAUTIOUS.items()
        for name, value in settings.items()
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )
