"""A local database that is not ours to make: rebuilt in place, in one transaction, from one that was made beside it.

Supabase's own schemas, roles and extensions stay as they are; nobody's session is ended.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol

from driftwatch.actions.check import Seen, see
from driftwatch.actions.local_data import Built, Data
from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress, Replayed
from driftwatch.actions.seeds import find_seeds, run_seeds
from driftwatch.core.drift import align, compare
from driftwatch.core.migrations import Folder
from driftwatch.core.scope import apply_scope
from driftwatch.core.scope_rules import DATA, HISTORY_SCHEMAS, MANAGED_SCHEMAS, OWN_SCHEMAS
from driftwatch.errors import DriftwatchError, Findings, Unreachable, left_untouched
from driftwatch.postgres import history, seed_files
from driftwatch.postgres.connect import Connection, connect
from driftwatch.postgres.copy_rows import Carried, carry_rows
from driftwatch.postgres.local import FormerState, moment_of, size_of
from driftwatch.postgres.locks import flock_told
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.server_account import make_way
from driftwatch.postgres.shadow import Shadow
from driftwatch.postgres.transfer import put, save
from driftwatch.stop_points import stop_point

_OWNERS = ("supabase_admin",)


class LocalAtUrl:
    """The local database at `url`, and its former states, which lie in the project's home."""

    def __init__(self, project: Project, url: str) -> None:
        self._project = project
        self._url = url
        self._supabase = project.shadow_options.baseline != "none"
        self._managed = (*(MANAGED_SCHEMAS if self._supabase else HISTORY_SCHEMAS), *OWN_SCHEMAS)
        self._prefix = f"url-{hashlib.sha256(url.encode()).hexdigest()[:8]}.old."

    @contextlib.contextmanager
    def making(self, say: Progress) -> Iterator[None]:
        """While the block runs no other driftwatch of this project rebuilds it."""
        home = self._project.home
        make_way(home)
        with flock_told(
            home / "local.making", lambda: say("Another driftwatch works on the local database; waiting for it.")
        ):
            yield

    def see(self) -> Seen:
        """Its schema and its history."""
        with self._session() as conn:
            return see(self._project, conn)

    def build(self, replayed: Replayed, now: datetime, *, data: Data, folder: Folder, progress: Progress) -> Built:
        """Makes it what was replayed. The caller holds `making`.

        Raises DriftwatchError, and then it is as it was; Findings where it then differs nevertheless.
        """
        with left_untouched("The local database is as it was."), self._session() as conn:
            self._refuse_another_s(conn, folder)
            seeds = find_seeds(self._project) if data == "seed" else ()
            carried: Carried | None = None
            shadows = self._project.shadows
            with shadows.open(replayed.key) as shadow:
                if seeds:
                    with shadow.runner() as runner:
                        run_seeds(runner, seeds, now, progress)
                if data == "keep":
                    with shadow.session() as new:
                        if seed_files.read(conn):
                            seed_files.ensure(new)
                        carried = carry_rows(conn, new)
                kept = self._keep(conn, now)
                stop_point("url: former kept")
                with _needless_where_refused(kept):
                    self._transfer(conn, shadow)
        self._prune()
        return Built(kept, tuple(one.path for one in seeds), carried, self._compare(replayed))

    def former(self) -> list[FormerState]:
        """Former states that can be brought back, the newest first."""
        found = sorted(self._project.home.glob(f"{self._prefix}*"), reverse=True)
        return [FormerState(path, moment_of(path.name.removeprefix(self._prefix)), size_of(path)) for path in found]

    def undo(self, now: datetime) -> FormerState | None:
        """Puts the newest former state back; the present one becomes a former state. None: there is none."""
        state = next(iter(self.former()), None)
        if state is None:
            return None
        with left_untouched("The local database is as it was."), self._session() as conn:
            kept = self._keep(conn, now)
            with _needless_where_refused(kept):
                put(conn, self._url, state.path, self._managed)
        shutil.rmtree(state.path, ignore_errors=True)
        self._prune()
        return state

    def _prune(self) -> None:
        for state in self.former()[self._project.kept :]:
            shutil.rmtree(state.path, ignore_errors=True)

    @contextlib.contextmanager
    def _session(self) -> Iterator[Connection]:
        with contextlib.closing(connect(self._url, what="the local database")) as conn:
            yield conn

    def _keep(self, conn: Connection, now: datetime) -> Path:
        folder = self._project.home / f"{self._prefix}{now:%Y%m%d%H%M%S}"
        while folder.exists():
            folder = folder.with_name(f"{folder.name}+")
        building = folder.with_name(f"url.new.{folder.name}")
        shutil.rmtree(building, ignore_errors=True)
        try:
            save(conn, self._url, building, self._managed, _OWNERS)
            building.rename(folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        return folder

    def _transfer(self, conn: Connection, shadow: Shadow) -> None:
        folder = self._project.home / "url.building"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            with shadow.session() as made:
                save(
                    made, shadow.cluster.conninfo(), folder, self._managed, _OWNERS,
                    managed_rows=self._supabase, keep_owners=conn.info.user == "postgres",
                )  # fmt: skip
            stop_point("url: written down")
            put(conn, self._url, folder, self._managed)
            stop_point("url: put")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _compare(self, replayed: Replayed) -> tuple[str, ...]:
        """What the migrations make and is not there: rows in Supabase's own schemas, such as jobs."""
        with self._session() as conn:
            found = apply_scope(read_catalog(conn), self._project.scope)
        changes = compare(*align(apply_scope(replayed.catalog, self._project.scope), found))
        missing = [one.id for one in changes if one.id.kind in DATA and one.change != "added"]
        changes = tuple(change for change in changes if change.id.kind not in DATA)
        if changes:
            raise Findings(
                f"The local database was built anew, and {len(changes)} objects are not what the migrations make: "
                "this server makes them otherwise, or they are not the team's to change there.",
                details="\n".join(f"  {one.id.kind} {one.id.identity} {one.change}" for one in changes[:10]),
                untouched="driftwatch undo takes it back.",
                next_step="driftwatch diff migrations local",
            )
        return tuple(
            f"{one.kind} {one.identity}: its rows are Supabase's own, and stayed as they were" for one in missing
        )

    def _refuse_another_s(self, conn: Connection, folder: Folder) -> None:
        """Everything of the team's in it is about to go: it has to be on this computer, and of this project."""
        refuse_elsewhere(conn)
        if self._project.local_url is not None:
            return
        applied = {row.version for row in history.read(conn)}
        if applied and not applied & {one.version for one in folder.migrations}:
            raise DriftwatchError(
                "The Supabase stack that runs here has none of this project's migrations: it looks like another's.",
                next_step="supabase stop there and supabase start here; or set local.url if it is this project's.",
            )


@contextlib.contextmanager
def _needless_where_refused(kept: Path) -> Iterator[None]:
    """Removes a former state that is the present one still, because the block failed.

    It stays after an interrupt and after a lost connection: the transaction may have come to its end before.
    """
    try:
        yield
    except DriftwatchError as error:
        if not isinstance(error, Unreachable):
            shutil.rmtree(kept, ignore_errors=True)
        raise


class Address(Protocol):
    """Where a session goes to, as psycopg says it."""

    @property
    def host(self) -> str: ...
    @property
    def hostaddr(self) -> str: ...


def refuse_elsewhere(conn: Connection) -> None:
    """Raises DriftwatchError for a session on another computer: what is done locally asks nobody."""
    if not is_here(conn.info):
        raise DriftwatchError(
            f"local.url names {conn.info.host}, another computer: what is local is changed unasked.",
            untouched=f"{conn.info.host} was not changed.",
            next_step="Name it as a remote: [remotes.NAME] in driftwatch.toml.",
        )


def is_here(info: Address) -> bool:
    """Whether the server is on this computer: reached over a socket, or at a loopback address."""
    if info.host.startswith(("/", "@")) or not (info.host or info.hostaddr):
        return True
    return bool(info.hostaddr) and ip_address(info.hostaddr).is_loopback
