"""Locks on files, which end with the process that holds them, however it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_POLL = 0.05


@contextlib.contextmanager
def flock(path: Path, mode: int) -> Iterator[int]:
    """Holds the lock file in this mode (fcntl.LOCK_…) while the block runs; gives its descriptor."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, mode)
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def flock_told(path: Path, busy: Callable[[], None]) -> Iterator[None]:
    """Holds the lock file alone; `busy` is called once where somebody else has it, before waiting."""
    with flock(path, fcntl.LOCK_UN) as descriptor:
        if not _try(descriptor):
            busy()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def flock_within(path: Path, seconds: float) -> Iterator[bool]:
    """Holds the lock file alone; False where others did not let go of it in time."""
    deadline = time.monotonic() + seconds
    with flock(path, fcntl.LOCK_UN) as descriptor:
        while not (got := _try(descriptor)) and time.monotonic() < deadline:
            time.sleep(_POLL)
        yield got


def alone(descriptor: int) -> bool:
    """Whether no other process holds this shared lock; if so, it is ours alone from now on."""
    return _try(descriptor)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
