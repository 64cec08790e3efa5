"""How a server's process looks for what nobody needs any more."""

from __future__ import annotations

import gc


def settle() -> None:
    """To be called once the application is put together.

    What it is made of stays until the process ends: half a million objects that the collector need not look at again and
    again. It goes through what requests leave behind, less often than for a program that has nothing else.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
