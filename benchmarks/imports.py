"""Decisions imported from one spreadsheet by the command: rows a second, memory, and what a second import does.

    python -m benchmarks.imports [--scale full] [--json]

The sheet holds invented decisions, in a table of shared strings as Excel writes it, and, every hundredth row, one that
must be refused. Memory is the most that the command's own process held. The baseline is openpyxl walking through the
same file and doing nothing with it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from app import create_app
from benchmarks.pages import configurations
from cli.database import bring_up_to_date
from cli.demo.decisions import decisions
from config import ROOT, Config
from models.decisions.content import DecisionContent
from models.decisions.kinds import PARTY_KIND_LABELS
from models.decisions.money import fen_to_wan
from models.people.profile_files import load_profile
from shared.database import commit, database

ROWS = {"reduced": 1_000, "full": 50_000}
AT_ONCE = 1_000
BAD_EVERY = 100
MOST_MEGABYTES = 400
LOOK_EVERY_SECONDS = 0.2
HEAD = (
    "行政相对人名称", "行政相对人类别", "行政相对人代码_1(统一社会信用代码)", "法定代表人", "行政处罚决定书文号", "违法行为类型",
    "违法事实", "处罚依据", "处罚类别", "处罚内容", "罚款金额(万元)", "处罚决定日期", "处罚有效期", "处罚机关",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One import by the command."""

    seconds: float
    megabytes: float
    report: dict[str, Any]


def write_sheet(path: Path, rows: int) -> int:
    """The sheet; how many of its rows must be refused."""
    profile = load_profile("pingdingshan", ROOT / "profiles")
    book = Workbook()
    sheet = book.create_sheet("行政处罚", 0)
    sheet.append(HEAD)
    refused = 0
    for begin in range(0, rows, AT_ONCE):
        few = decisions(7 + begin, min(AT_ONCE, rows - begin), today=dt.date(2026, 1, 5), profile=profile)
        for number, one in enumerate(few, begin + 1):
            is_bad = number % BAD_EVERY == 0
            refused += is_bad
            sheet.append(_cells(one.content, number, is_bad=is_bad))
    book.save(path)
    return refused


def _cells(content: DecisionContent, number: int, *, is_bad: bool) -> list[object]:
    fine = None if content.fine_fen is None else float(fen_to_wan(content.fine_fen))
    return [
        content.party_name, PARTY_KIND_LABELS[content.party_kind], content.uscc, content.legal_representative,
        f"测市监处罚〔2025〕{number}号", content.cause_name, content.facts, content.basis, ";".join(content.penalty_kinds),
        content.penalty, fine, "2999-01-01" if is_bad else content.decided_on.isoformat(), "2099/12/31", "测试市市场监督管理局",
    ]  # fmt: skip


def walk(path: Path) -> float:
    """Seconds that openpyxl takes to read every cell."""
    began = time.perf_counter()
    for _ in load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True):
        pass
    return time.perf_counter() - began


def run_command(path: Path, settings: dict[str, str]) -> Run:
    """`flask decisions import` as an operator runs it, in a process of its own."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as answer:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "decisions", "import", str(path), "--json"]
        child = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings}, stdout=answer, stderr=subprocess.DEVNULL
        )
        most = 0.0
        while child.poll() is None:
            most = max(most, held_megabytes(child.pid))
            time.sleep(LOOK_EVERY_SECONDS)
        seconds = time.perf_counter() - began
        answer.seek(0)
        return Run(seconds, most, json.load(answer))


def held_megabytes(pid: int) -> float:
    """The most that the process has held so far.

    What the kernel tells of a child that has ended counts the memory of the process that started it.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:  # it has ended just now
        return 0.0
    held = next((line for line in lines if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(held.split()[1]) / 1024


def measure(path: Path, config: Config) -> tuple[Run, Run]:
    """The import, and the same once more."""
    app = create_app(config)
    with app.app_context():
        bring_up_to_date()
        commit()
        database().dispose()
    settings = {
        "HUHANG_DATA": str(config.data_dir),
        "HUHANG_DATABASE_URL": config.database_url,
        "HUHANG_LOG_LEVEL": "error",
    }
    return run_command(path, settings), run_command(path, settings)


def broken_promises(name: str, first: Run, second: Run, rows: int, refused: int) -> list[str]:
    kept = {
        "every good row is in": first.report["imported"] == rows - refused,
        "every bad row is reported": len({one["row"] for one in first.report["errors"]}) == refused,
        "a second import changes nothing": (second.report["imported"], second.report["updated"]) == (0, 0)
        and second.report["unchanged"] == rows - refused,
        f"less than {MOST_MEGABYTES} MB": max(first.megabytes, second.megabytes) < MOST_MEGABYTES,
    }
    return [f"{name}: {promise}" for promise, is_kept in kept.items() if not is_kept]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=sorted(ROWS), default="reduced")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    options = parser.parse_args(arguments)
    rows, figures, broken = ROWS[options.scale], {}, []
    with tempfile.TemporaryDirectory() as folder, configurations() as found:
        path = Path(folder) / "decisions.xlsx"
        refused = write_sheet(path, rows)
        baseline = rows / walk(path)
        for name, config in found.items():
            runs = measure(path, config)
            broken += broken_promises(name, *runs, rows, refused)
            figures[name] = [
                {**asdict(run), "report": None, "rows_a_second": rows / run.seconds} for run in runs
            ]
    if options.json:
        print(
            json.dumps({"rows": rows, "read_only_rows_a_second": baseline, "runs": figures, "broken": broken})
        )
    else:
        show(rows, baseline, figures, broken)
    return 1 if broken else 0


def show(rows: int, baseline: float, figures: dict[str, list[dict[str, Any]]], broken: list[str]) -> None:
    print(f"{rows} rows; openpyxl alone reads {baseline:.0f} a second")
    for name, runs in figures.items():
        for title, run in zip(("first import", "second import"), runs, strict=True):
            share = run["rows_a_second"] / baseline
            print(
                f"{name:12}{title:15}{run['rows_a_second']:8.0f} rows/s ({share:.0%}) {run['megabytes']:6.0f} MB"
            )
    for promise in broken:
        print(f"NO   {promise}")


if __name__ == "__main__":
    sys.exit(main())
