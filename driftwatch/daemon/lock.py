"""One daemon per project: a lock that the kernel gives back when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from driftwatch import __version__
from driftwatch.errors import DriftwatchError

_PATIENCE = 1.0
"""Seconds; `running_pid` of another process holds the lock for an instant."""


@dataclass(frozen=True, slots=True)
class Running:
    """The daemon that holds a lock. pid: 0 if it is not known. version: the driftwatch that it was started with, "" if
    that is not known.
    """

    pid: int
    since: datetime
    version: str = ""


@contextmanager
def only_instance(path: Path) -> Iterator[None]:
    """Holds the project's lock. Raises DriftwatchError when another daemon holds it.

    The file stays: to remove it would let two daemons lock two files of the same name.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # O_CLOEXEC: a Postgres that outlives us must not keep the lock.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _locked(handle, _PATIENCE):
            raise DriftwatchError(
                f"Another driftwatch daemon{_of_pid(_read(handle).pid)} already watches this project.",
                untouched="This one has not started; nothing was changed.",
                next_step="driftwatch daemon status",
            )
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n{__version__}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def running(path: Path) -> Running | None:
    """The daemon that holds this lock, None if there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return None if _locked(handle, 0.0, fcntl.LOCK_SH) else _read(handle)
    finally:
        os.close(handle)


def running_pid(path: Path) -> int | None:
    """The process id of the daemon that holds this lock, 0 if it is not known, None if there is none."""
    found = running(path)
    return None if found is None else found.pid


def _locked(handle: int, patience: float, mode: int = fcntl.LOCK_EX) -> bool:
    deadline = time.monotonic() + patience
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(handle, mode | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)


def _read(handle: int) -> Running:
    """It was written when the daemon started, and not since."""
    pid, _, version = os.pread(handle, 64, 0).decode(errors="replace").strip().partition("\n")
    since = datetime.fromtimestamp(os.fstat(handle).st_mtime, UTC)
    return Running(int(pid) if pid.isdigit() else 0, since, version)


def _of_pid(pid: int) -> str:
    return f" (process {pid})" if pid else ""
