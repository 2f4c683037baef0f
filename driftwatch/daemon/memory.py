"""Keeps a process that lives for months small: memory that nobody uses goes back to the system."""

from __future__ import annotations

import contextlib
import ctypes
import gc

_M_ARENA_MAX = -8
"""mallopt(3)."""


def use_one_heap() -> None:
    """Where threads come and go, each with a heap of its own, none of them is ever given back (glibc)."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """What earlier work left behind."""
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
