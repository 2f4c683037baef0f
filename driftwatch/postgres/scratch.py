"""Places for throw-away clusters: where they lie, who owns them, and what becomes of those whose owner died."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from driftwatch.errors import DriftwatchError
from driftwatch.postgres.pid_file import is_server, server_pid


def scratch_base() -> Path:
    """Where throw-away clusters live: in memory where there is room, else the temporary directory."""
    shm, disk = scratch_bases()
    if os.access(shm.parent, os.W_OK):
        room = os.statvfs(shm.parent)
        if room.f_bavail * room.f_frsize > 1 << 30:
            return _own_base(shm)
    return _own_base(disk)


def scratch_bases() -> tuple[Path, Path]:
    """Where they may lie; neither need be there."""
    name = f"driftwatch-{os.geteuid()}"
    return Path("/dev/shm") / name, Path(tempfile.gettempdir()) / name  # noqa: S108 - checked by _own_base


def _own_base(home: Path) -> Path:
    """Makes it where it is missing. Everybody may write beside it, so it has to be a directory, and ours."""
    with contextlib.suppress(FileExistsError):
        home.mkdir()
    found = home.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise DriftwatchError(f"{home} belongs to somebody else.", next_step="Remove it, or set TMPDIR.")
    home.chmod(0o711)  # whatever the umask; the server's account has to get through
    return home


def sweep_scratch(base: Path) -> None:
    """Ends and removes throw-away clusters whose owner and whose supervisor were both killed."""
    if not base.is_dir() or base.lstat().st_uid != os.geteuid():
        return
    for owner in base.glob("s-*.owner"):
        data_dir = owner.with_suffix("")
        with _try_lock(owner) as ours:
            if not ours:
                continue
            if pid := server_pid(data_dir):
                _kill(pid, data_dir)
            shutil.rmtree(data_dir, ignore_errors=True)


def _kill(pid: int, data_dir: Path) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGQUIT)
    deadline = time.monotonic() + 5
    while is_server(pid, data_dir) and time.monotonic() < deadline:
        time.sleep(0.01)


@contextlib.contextmanager
def scratch_dir() -> Iterator[Path]:
    """A name for a throw-away data directory, ours as long as the block runs, gone afterwards."""
    base = scratch_base()
    for one in scratch_bases():
        sweep_scratch(one)
    while True:
        data_dir = base / f"s-{os.getpid():x}-{os.urandom(4).hex()}"
        with _try_lock(data_dir.with_name(data_dir.name + ".owner")) as ours:
            if not ours:  # another process's sweep was faster than our lock
                continue
            try:
                yield data_dir
            finally:
                shutil.rmtree(data_dir, ignore_errors=True)
            return


@contextlib.contextmanager
def _try_lock(path: Path) -> Iterator[bool]:
    """Holds the lock file while the block runs and removes it; False where somebody else has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)
