"""Debian's OpenRefine as people use it, without its window: a project, a column reconciled, columns added, the table out.

It is the program that most users of a reconciliation service come with, so what it understands is what counts. Its own
interface is the one that its window speaks (`/command/core/…`).
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.running import free_port

PROGRAM = Path("/usr/share/openrefine/refine")
READY_SECONDS = 60
DONE_SECONDS = 60
_EVERY_ROW = json.dumps({"facets": [], "mode": "row-based"})
_BOUNDARY = "----table"


class OpenRefineMissing(Exception):
    """It is not installed on this machine."""


@contextmanager
def openrefine(folder: Path) -> Iterator[OpenRefine]:
    """A running OpenRefine with a workspace of its own. Raises OpenRefineMissing."""
    if not PROGRAM.exists() or shutil.which("java") is None:
        raise OpenRefineMissing("OpenRefine is not installed (Debian package openrefine)")
    port = free_port()
    command = [str(PROGRAM), "-i", "127.0.0.1", "-p", str(port), "-d", str(folder), "-m", "600M"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [*command, "-x", "refine.headless=true"],
            cwd=PROGRAM.parent,
            stdout=log,
            stderr=log,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield OpenRefine(f"http://127.0.0.1:{port}", until=time.monotonic() + READY_SECONDS)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


class OpenRefine:
    """One program, asked by its commands."""

    def __init__(self, address: str, *, until: float) -> None:
        self._address = address
        while True:
            try:
                self._get("get-version")
                return
            except (urllib.error.URLError, OSError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.3)

    def project(self, rows: Sequence[dict[str, str]]) -> str:
        """Makes a project of a table; its number."""
        table = io.StringIO()
        writer = csv.DictWriter(table, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        sent = {
            "project-name": "companies",
            "format": "text/line-based/*sv",
            "options": json.dumps({"separator": ",", "headerLines": 1, "encoding": "UTF-8"}),
            'project-file"; filename="table.csv': table.getvalue(),
        }
        body = "".join(
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in sent.items()
        )
        request = urllib.request.Request(  # noqa: S310 - this machine's own program
            self._url("create-project-from-upload", csrf_token=self._token()),
            data=f"{body}--{_BOUNDARY}--\r\n".encode(),
            headers={"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"},
        )
        with self._answer(request) as answer:
            found = re.search(r"project=(\d+)", answer.url)
        assert found, "OpenRefine made no project"
        return found[1]

    def types(self, project: str, column: str, service: str) -> list[dict[str, Any]]:
        """The types that OpenRefine proposes for a column: it asks the service about some of its cells."""
        told = self._post("guess-types-of-column", project=project, columnName=column, service=service)
        found: list[dict[str, Any]] = told["types"]
        return found

    def reconcile(
        self, project: str, column: str, manifest: dict[str, Any], service: str, codes: str
    ) -> None:
        """Reconciles `column`, with the column `codes` as the property of the code, and waits for the end."""
        config = {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "type": manifest["defaultTypes"][0],
            "autoMatch": True,
            "columnDetails": [{"column": codes, "propertyName": "code", "propertyID": "uscc"}],
            "limit": 0,
        }
        self._post(
            "reconcile", project=project, columnName=column, config=json.dumps(config), engine=_EVERY_ROW
        )
        self._wait(project)

    def extend(
        self,
        project: str,
        column: str,
        manifest: dict[str, Any],
        service: str,
        properties: Sequence[dict[str, str]],
    ) -> None:
        """Adds columns of what the service knows about the matched cells."""
        self._post(
            "extend-data",
            project=project,
            baseColumnName=column,
            columnInsertIndex="1",
            endpoint=service,
            identifierSpace=manifest["identifierSpace"],
            schemaSpace=manifest["schemaSpace"],
            extension=json.dumps({"properties": list(properties)}),
            engine=_EVERY_ROW,
        )
        self._wait(project)

    def cells(self, project: str, column: int) -> list[dict[str, Any]]:
        """The cells of a column with what reconciling found for each."""
        told = self._get("get-rows", project=project, start="0", limit="100")
        recons = told["pool"]["recons"]
        return [recons[str(row["cells"][column]["r"])] for row in told["rows"]]

    def table(self, project: str) -> list[dict[str, str]]:
        """The project as it would be saved."""
        text = self._open("export-rows/t.csv", project=project, format="csv", engine=_EVERY_ROW)
        return list(csv.DictReader(io.StringIO(text)))

    def _wait(self, project: str) -> None:
        end = time.monotonic() + DONE_SECONDS
        while self._get("get-processes", project=project)["processes"]:
            assert time.monotonic() < end, "OpenRefine did not come to an end"
            time.sleep(0.2)

    def _url(self, command: str, **query: str) -> str:
        return f"{self._address}/command/core/{command}?{urllib.parse.urlencode(query)}"

    def _token(self) -> str:
        return str(self._get("get-csrf-token")["token"])

    def _get(self, command: str, **query: str) -> Any:
        with self._answer(urllib.request.Request(self._url(command, **query))) as answer:  # noqa: S310
            return json.load(answer)

    def _open(self, command: str, **data: str) -> str:
        body = urllib.parse.urlencode({**data, "csrf_token": self._token()}).encode()
        with self._answer(urllib.request.Request(self._url(command), data=body)) as answer:  # noqa: S310
            return str(answer.read().decode())

    def _answer(self, request: urllib.request.Request) -> Any:
        return urllib.request.urlopen(request, timeout=60)  # noqa: S310 - this machine's own program

    def _post(self, command: str, **data: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self._open(command, **data))
        assert told.get("code", "ok") in ("ok", "pending"), told
        return told
