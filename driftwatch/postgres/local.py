"""The embedded local database of a project: a durable cluster in the project's home on this computer."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from driftwatch.errors import DriftwatchError
from driftwatch.postgres.cluster import Cluster
from driftwatch.postgres.connect import Connection, connect
from driftwatch.postgres.execute import Runner
from driftwatch.postgres.server_account import make_way, run_as_server
from driftwatch.postgres.shadow import Shadows

_OLD_KEPT = 3


class LocalDatabase:
    """The embedded database in `home`/local. It may not be there yet, and it may be stopped.

    Several processes may use it at once. Beside it lie: local.old.*, former states; local.aside, the present one
    while another takes its place; local.new.*, one that is being built; local.wanted, the server that was asked
    for with `start`; and lock files.
    """

    def __init__(self, shadows: Shadows, home: Path) -> None:
        self._shadows = shadows
        self._home = home
        self.data_dir = home / "local"
        self._aside = home / "local.aside"
        self._wanted = home / "local.wanted"
        self.cluster = Cluster(shadows.installation, self.data_dir, durable=True)

    def exists(self) -> bool:
        if self._aside.exists():
            with self.cluster.locked():
                self._end_swap()
        return (self.data_dir / "PG_VERSION").exists()

    def url(self) -> str:
        """For psql and applications, over the socket. Raises DriftwatchError where there is no database yet."""
        if not self.exists():
            raise DriftwatchError("There is no local database yet.", next_step="Make it: driftwatch db start")
        info = self.cluster.conninfo()
        return f"postgresql://{info['user']}@/{info['dbname']}?host={quote(info['host'], safe='/')}"

    def start(self) -> None:
        """Starts the server; it runs until `stop`, whoever else uses it meanwhile."""
        with self.cluster.locked():
            self.cluster.start_locked()
            self._wanted.write_text(str(self.cluster.pid()))

    def stop(self) -> None:
        """Stops the server. The data stays."""
        if self.exists():
            with self.cluster.locked():
                self.cluster.stop()

    @contextlib.contextmanager
    def making(self) -> Iterator[None]:
        """While the block runs nobody else makes the database for the first time."""
        make_way(self._home)
        with _flock(self._home / "local.making", fcntl.LOCK_EX):
            yield

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Runs the server for the block; stops it afterwards if nobody else uses it and nobody asked for it."""
        with _flock(self._home / "local.use", fcntl.LOCK_SH) as use:
            if _alone(use) and self.cluster.is_running():
                self._wanted.write_text(str(self.cluster.pid()))
            fcntl.flock(use, fcntl.LOCK_SH)
            self.cluster.start()
            try:
                yield
            finally:
                if _alone(use):
                    with self.cluster.locked():
                        if not self._is_wanted():
                            self.cluster.stop()

    def _is_wanted(self) -> bool:
        with contextlib.suppress(OSError):
            return self._wanted.read_text() == str(self.cluster.pid())
        return False

    @contextlib.contextmanager
    def session(self, user: str = "postgres") -> Iterator[Connection]:
        """A connection; the server must be running."""
        with contextlib.closing(connect(self.cluster.conninfo(user), what="the local database")) as conn:
            yield conn

    @contextlib.contextmanager
    def runner(self) -> Iterator[Runner]:
        """Runs migrations here as `postgres`, with what hosted Supabase allows besides."""
        with self.session() as conn:
            yield Runner(conn, self._shadows.embedded(self.cluster))

    def build(self, key: str, now: datetime) -> Path | None:
        """Makes the database anew from a template, beside the present one, and swaps it in by rename.

        Returns where the present one was put (None where there was none). If anything fails before the swap,
        the present one is as it was; the server runs afterwards if it ran before.
        """
        make_way(self._home)
        self._remove_abandoned()
        building = self._home / f"local.new.{os.getpid()}"
        shutil.rmtree(building, ignore_errors=True)
        try:
            self._shadows.copy_template(key, building)
            run_as_server([self._shadows.installation.tool("initdb"), "--sync-only", f"--pgdata={building}"])
            old = self._swap_in(building, now)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        for path in self.old()[_OLD_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
        return old

    def old(self) -> list[Path]:
        """Former states that can be brought back, the newest first."""
        return sorted(self._home.glob("local.old.*"), reverse=True)

    def undo(self, now: datetime) -> Path | None:
        """Swaps the newest former state in; the present one becomes a former state itself. None: there is none."""
        former = next(iter(self.old()), None)
        if former is not None:
            self._swap_in(former, now)
        return former

    def _swap_in(self, new: Path, now: datetime) -> Path | None:
        """Puts a data directory in the place of the present one; returns where that one is kept."""
        with self.cluster.locked():
            self._end_swap()
            was_running, was_wanted = self.cluster.is_running(), self._is_wanted()
            self.cluster.stop()
            try:
                if self.data_dir.exists():
                    self.data_dir.rename(self._aside)
                new.rename(self.data_dir)
            finally:
                old = self._end_swap(now)
                if was_running:
                    self.cluster.start_locked()
                if was_wanted:
                    self._wanted.write_text(str(self.cluster.pid()))
        return old

    def _end_swap(self, now: datetime | None = None) -> Path | None:
        """What was put aside becomes a former state; or comes back, where nothing took its place. Holds the lock."""
        if not self._aside.exists():
            return None
        if not self.data_dir.exists():
            self._aside.rename(self.data_dir)
            return None
        moment = now or datetime.fromtimestamp(self._aside.stat().st_mtime, UTC)
        old = self._home / f"local.old.{moment:%Y%m%d%H%M%S}"
        while old.exists():
            old = old.with_name(f"{old.name}+")
        self._aside.rename(old)
        return old

    def _remove_abandoned(self) -> None:
        """Half-built ones of processes that were killed."""
        for path in self._home.glob("local.new.*"):
            try:
                os.kill(int(path.suffix[1:]), 0)
            except (ProcessLookupError, ValueError):
                shutil.rmtree(path, ignore_errors=True)
            except PermissionError:
                continue


@contextlib.contextmanager
def _flock(path: Path, mode: int) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, mode)
        yield descriptor
    finally:
        os.close(descriptor)


def _alone(use: int) -> bool:
    """Whether no other process holds this shared lock; if so, it is ours alone from now on."""
    try:
        fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
