"""The embedded local database of a project: a durable cluster in the project's home on this computer."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from driftwatch.errors import DriftwatchError
from driftwatch.postgres.cluster import SUPERUSER, Cluster
from driftwatch.postgres.connect import Connection, connect
from driftwatch.postgres.data_dir import write_to_disk
from driftwatch.postgres.execute import Runner
from driftwatch.postgres.local_port import candidates, is_free, url_at
from driftwatch.postgres.locks import alone, flock, flock_told, flock_within
from driftwatch.postgres.pid_file import pid_file
from driftwatch.postgres.server_account import make_way
from driftwatch.postgres.shadow import Shadow, Shadows
from driftwatch.stop_points import stop_point

_PATIENCE = 15.0
_OLD = "local.old."


@dataclass(frozen=True)
class FormerState:
    """A former state of the local database: until when (UTC) it was the present one, and its size in bytes."""

    path: Path
    until: datetime
    size: int


class LocalDatabase:
    """The embedded database in `home`/local. It may not be there yet, and it may be stopped.

    port: of 127.0.0.1, where it listens once it was started; 0: on its socket only. keep: how many former states.
    Several processes may use it at once. Beside it lie: local.old.*, former states; local.aside, the present one
    while another takes its place; local.new.*, one that is being built; local.wanted, the server that was asked
    for with `start`; and lock files.
    """

    def __init__(self, shadows: Shadows, home: Path, *, port: int = 0, keep: int = 3) -> None:
        self._shadows = shadows
        self._port = port
        self._keep = keep
        self._home = home
        self.data_dir = home / "local"
        self._aside = home / "local.aside"
        self._wanted = home / "local.wanted"

    @cached_property
    def cluster(self) -> Cluster:
        """Its server: made only when it is asked for, because finding Postgres takes a moment."""
        return Cluster(self._shadows.installation, self.data_dir, durable=True)

    def exists(self) -> bool:
        if self._aside.exists():
            with self.cluster.locked():
                self._end_swap()
        return (self.data_dir / "PG_VERSION").exists()

    def at_rest(self) -> str | None:
        """Names the state of a database that was shut down: while nobody starts it, it stays the same.

        None where a server runs, or was killed.
        """
        control = self.data_dir / "global" / "pg_control"
        if self._aside.exists() or pid_file(self.data_dir) or not control.exists():
            return None
        found = control.stat()
        return f"{found.st_ino} {found.st_mtime_ns} {hashlib.sha256(control.read_bytes()).hexdigest()}"

    def url(self) -> str:
        """For psql and applications. Raises DriftwatchError where there is no database yet."""
        if not self.exists():
            raise DriftwatchError("There is no local database yet.", next_step="Make it: driftwatch db start")
        if self._port:
            return url_at(self.cluster.listening_port() or self._port)
        info = self.cluster.conninfo()
        return f"postgresql://{info['user']}@/{info['dbname']}?host={quote(info['host'], safe='/')}"

    def start(self) -> int | None:
        """Starts the server; it runs until `stop`, whoever else uses it meanwhile. The port where it listens.

        Another port than the wanted one means that that one is taken. A server that runs for somebody's moment
        and does not listen has to end first: DriftwatchError where it does not.
        """
        if self._is_deaf():
            with flock_within(self._home / "local.use", _PATIENCE) as free, self.cluster.locked():
                if not free:
                    raise DriftwatchError(
                        "Another driftwatch uses the local database just now.",
                        next_step="Wait until it has ended, then: driftwatch db start",
                    )
                if self._is_deaf():
                    self.cluster.stop()
        with self.cluster.locked():
            self._start_locked(listen=True)
            self._wanted.write_text(str(self.cluster.pid()))
        return self.cluster.listening_port()

    def _is_deaf(self) -> bool:
        """Whether it runs and does not listen, though it should."""
        return bool(self._port) and self.cluster.is_running() and self.cluster.listening_port() is None

    def _start_locked(self, *, listen: bool) -> None:
        if not listen or not self._port or self.cluster.pid() is not None:
            self.cluster.start_locked()
            return
        for port in candidates(self._port):
            if not is_free(port):
                continue
            try:
                self.cluster.start_locked(port)
            except DriftwatchError:
                if is_free(port):
                    raise
                continue  # somebody was faster there
            self._let_postgres_in()
            return
        self.cluster.start_locked()

    def _let_postgres_in(self) -> None:
        """The login that tools expect. A password that somebody gave it stays."""
        with self.session(SUPERUSER) as conn:
            row = conn.execute("SELECT 1 FROM pg_authid WHERE rolname = 'postgres' AND rolpassword IS NULL").fetchone()
            if row is not None:
                conn.execute("ALTER ROLE postgres PASSWORD 'postgres'")

    def stop(self) -> None:
        """Stops the server. The data stays."""
        if self.exists():
            with self.cluster.locked():
                self.cluster.stop()

    @contextlib.contextmanager
    def making(self, say: Callable[[str], None] = lambda line: None) -> Iterator[None]:
        """While the block runs nobody else makes or changes the database; who does so now is waited for, and told."""
        make_way(self._home)
        with flock_told(
            self._home / "local.making", lambda: say("Another driftwatch works on the local database; waiting for it.")
        ):
            yield

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Runs the server for the block; stops it afterwards if nobody else uses it and nobody asked for it."""
        with flock(self._home / "local.use", fcntl.LOCK_SH) as use:
            if alone(use) and self.cluster.is_running():
                self._wanted.write_text(str(self.cluster.pid()))
            fcntl.flock(use, fcntl.LOCK_SH)
            self.cluster.start()
            try:
                yield
            finally:
                if alone(use):
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

    def build(self, key: str, now: datetime, prepare: Callable[[Shadow], None] = lambda built: None) -> Path | None:
        """Makes the database anew from a template, beside the present one, and swaps it in by rename.

        prepare: called with the new one running, where nobody else sees it: seeds, rows, checks.
        Returns where the present one was put (None where there was none). If anything fails before the swap,
        the present one is as it was; the server runs afterwards if it ran before.
        """
        make_way(self._home)
        self._remove_abandoned()
        building = self._home / f"local.new.{os.getpid()}"
        shutil.rmtree(building, ignore_errors=True)
        try:
            self._shadows.copy_template(key, building)
            stop_point("local: copied")
            self._prepare(building, prepare)
            stop_point("local: prepared")
            write_to_disk(self._shadows.installation, building)
            stop_point("local: on disk")
            old = self._swap_in(building, now)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        self._prune()
        return old

    def _prepare(self, building: Path, prepare: Callable[[Shadow], None]) -> None:
        cluster = Cluster(self._shadows.installation, building)
        cluster.start()
        try:
            prepare(Shadow(cluster, self._shadows.embedded(cluster)))
        except BaseException:
            cluster.stop()
            raise
        cluster.stop(keep=True)

    def old(self) -> list[Path]:
        """Former states that can be brought back, the newest first."""
        return sorted(self._home.glob(f"{_OLD}*"), reverse=True)

    def former(self) -> list[FormerState]:
        """The same with what people want to know of them."""
        return [FormerState(path, _moment(path), size_of(path)) for path in self.old()]

    def _prune(self) -> None:
        for path in self.old()[self._keep :]:
            shutil.rmtree(path, ignore_errors=True)

    def undo(self, now: datetime) -> FormerState | None:
        """Swaps the newest former state in; the present one becomes a former state itself. None: there is none."""
        former = next(iter(self.old()), None)
        if former is None:
            return None
        state = FormerState(former, _moment(former), 0)
        self._swap_in(former, now)
        self._prune()
        return state

    def _swap_in(self, new: Path, now: datetime) -> Path | None:
        """Puts a data directory in the place of the present one; returns where that one is kept."""
        with self.cluster.locked():
            self._end_swap()
            was_running, was_wanted = self.cluster.is_running(), self._is_wanted()
            was_listening = self.cluster.listening_port() is not None
            self.cluster.stop()
            stop_point("local: stopped")
            try:
                if self.data_dir.exists():
                    self.data_dir.rename(self._aside)
                stop_point("local: aside")
                new.rename(self.data_dir)
                stop_point("local: swapped")
            finally:
                old = self._end_swap(now)
                stop_point("local: former kept")
                if was_running:
                    self._start_locked(listen=was_listening)
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
        old = self._home / f"{_OLD}{moment:%Y%m%d%H%M%S}"
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


def _moment(path: Path) -> datetime:
    return moment_of(path.name.removeprefix(_OLD))


def moment_of(text: str) -> datetime:
    """The moment (UTC) that a former state's name begins with."""
    return datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def size_of(path: Path) -> int:
    """What it takes on the disk, in bytes; what somebody removes meanwhile takes nothing."""
    total = 0
    for folder, _, files in os.walk(path):
        for name in files:
            with contextlib.suppress(OSError):
                total += (Path(folder) / name).lstat().st_blocks * 512
    return total
