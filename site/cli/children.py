"""Child processes that live and die together: stop one and the others stop, and none is left behind."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 35  # longer than a worker's slowest piece (a mail server that does not answer)
_PR_SET_PDEATHSIG = 1


@dataclass
class Children:
    """Starts processes by name and watches over them until one ends or the person says stop."""

    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    signals: int = 0

    def listen(self) -> None:
        """From now on Ctrl-C and SIGTERM ask to stop; a second one kills."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """Starts one process. It has a session of its own, so that the terminal's Ctrl-C reaches us and not it."""
        self.running[name] = subprocess.Popen(  # noqa: S603 our own programs
            arguments, cwd=self.folder, start_new_session=True, preexec_fn=_die_with_parent
        )

    @property
    def is_told_to_stop(self) -> bool:
        return self.signals > 0

    def ended(self) -> str | None:
        """The name of a process that has ended by itself."""
        return next((name for name, child in self.running.items() if child.poll() is not None), None)

    def wait_until(self, ready: Callable[[], bool]) -> bool:
        """Waits until `ready`; False when a process ends or the person says stop before."""
        while not self.is_told_to_stop and self.ended() is None:
            if ready():
                return True
            time.sleep(0.1)
        return False

    def stop(self) -> None:
        """Asks all to stop, waits for them, and kills those that take too long."""
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.running.values():
            while child.poll() is None and time.monotonic() < deadline and self.signals < 2:
                time.sleep(0.05)
            if child.poll() is None:
                child.kill()
            child.wait()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.signals += 1


def _die_with_parent() -> None:
    """On Linux a child is told to stop when we are gone, even killed; elsewhere only the orderly way works."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
