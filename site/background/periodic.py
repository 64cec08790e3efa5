"""What is done by the clock, whether or not anybody asks."""

from __future__ import annotations

from background.work import Job

JOBS: tuple[Job, ...] = ()
