"""The embedded local database of a project: a durable cluster in the project's home on this computer."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from driftwatch.postgres.cluster import SUPERUSER, Cluster, run_as_server
from driftwatch.postgres.connect import Connection, connect
from driftwatch.postgres.execute import Runner, signer
from driftwatch.postgres.shadow import Shadows

_OLD_KEPT = 3


class LocalDatabase:
    """The embedded database in `home`/local. It may not be there yet, and it may be stopped."""

    def __init__(self, shadows: Shadows, home: Path) -> None:
        self._shadows = shadows
        self._home = home
        self.data_dir = home / "local"
        self.cluster = Cluster(shadows.installation, self.data_dir, durable=True)

    def exists(self) -> bool:
        return (self.data_dir / "PG_VERSION").exists()

    def url(self) -> str:
        """For psql and applications, over the socket."""
        info = self.cluster.conninfo()
        return f"postgresql://{info['user']}@/{info['dbname']}?host={info['host']}"

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Runs the server for the block, and leaves it running or stopped as it was found."""
        was_running = self.cluster.is_running()
        self.cluster.start()
        try:
            yield
        finally:
            if not was_running:
                self.cluster.stop()

    @contextlib.contextmanager
    def session(self, user: str = "postgres") -> Iterator[Connection]:
        """A connection; the server must be running."""
        with contextlib.closing(connect(self.cluster.conninfo(user), what="the local database")) as conn:
            yield conn

    @contextlib.contextmanager
    def runner(self) -> Iterator[Runner]:
        """Runs migrations here as `postgres`, with what hosted Supabase allows besides."""
        with self.session(SUPERUSER) as conn:
            row = conn.execute("SELECT value FROM driftwatch_guard.secret").fetchone()
        with self.session() as conn:
            yield Runner(conn, elevate=signer(row[0] if row else ""))

    def build(self, key: str, now: datetime) -> Path | None:
        """Makes the database anew from a template, beside the present one, and swaps it in by rename.

        Returns where the present one was put (None where there was none). If anything fails before the swap,
        the present one is as it was; the server runs afterwards if it ran before.
        """
        self._home.mkdir(parents=True, exist_ok=True, mode=0o711)
        building = self._home / f"local.new.{os.getpid()}"
        shutil.rmtree(building, ignore_errors=True)
        self._shadows.copy_template(key, building)
        run_as_server([self._shadows.installation.tool("initdb"), "--sync-only", f"--pgdata={building}"])
        was_running = self.cluster.is_running()
        old: Path | None = None
        try:
            self.cluster.stop()
            if self.exists():
                old = self._home / f"local.old.{now:%Y%m%d%H%M%S}"
                self.data_dir.rename(old)
            building.rename(self.data_dir)
        except OSError:
            if old is not None and not self.data_dir.exists():
                old.rename(self.data_dir)
            shutil.rmtree(building, ignore_errors=True)
            raise
        finally:
            if was_running:
                self.cluster.start()
        self._prune()
        return old

    def old(self) -> list[Path]:
        """Former states that can be brought back, the newest first."""
        return sorted(self._home.glob("local.old.*"), reverse=True)

    def undo(self, now: datetime) -> Path | None:
        """Swaps the newest former state in; the present one becomes a former state itself. None: there is none."""
        former = next(iter(self.old()), None)
        if former is None:
            return None
        was_running = self.cluster.is_running()
        self.cluster.stop()
        if self.exists():
            self.data_dir.rename(self._home / f"local.undone.{now:%Y%m%d%H%M%S}")
        former.rename(self.data_dir)
        for undone in self._home.glob("local.undone.*"):
            undone.rename(self._home / undone.name.replace("undone", "old"))
        if was_running:
            self.cluster.start()
        return former

    def _prune(self) -> None:
        for path in self.old()[_OLD_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
