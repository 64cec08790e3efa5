"""What the process that opens strangers' files may take: time, memory, disk, and no network."""

from __future__ import annotations

import ctypes
import os
import resource

GIGABYTE = 1024**3
CPU_SECONDS = 90
MEMORY_BYTES = 2 * GIGABYTE
OFFICE_MEMORY_BYTES = 4 * GIGABYTE  # LibreOffice reserves much more than it uses
FILE_BYTES = 300 * 1024**2
OPEN_FILES = 256
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET


def confine(memory: int) -> None:
    """Binds this process and all that it starts, for good."""
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),  # a core file would hold what the filer sent
    ):
        resource.setrlimit(what, (most, most))


def leave_network() -> bool:
    """Moves this process into a network of its own, where nobody is; False where the kernel does not let it."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None:
        return False
    as_root = os.geteuid() == 0 and unshare(_NEW_NETWORK) == 0
    return bool(as_root or unshare(_NEW_USER | _NEW_NETWORK) == 0)
