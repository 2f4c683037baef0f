"""Shadows: throw-away clusters in which migrations are proved, and the templates they are copied from.

A template is a stopped cluster's data directory in one file, named by everything that made it: Postgres, baseline,
base file, and each migration up to there. So a shadow begins at the longest prefix that was replayed before, roles
and database settings included, and nothing of one replay reaches another.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

from driftwatch.core import base
from driftwatch.core.migrations import Migration
from driftwatch.errors import ConfigurationError, DriftwatchError
from driftwatch.postgres import history, installation
from driftwatch.postgres.cluster import (
    SUPERUSER,
    Cluster,
    initdb,
    scratch_dir,
)
from driftwatch.postgres.connect import Connection, connect
from driftwatch.postgres.data_dir import pack, unpack
from driftwatch.postgres.embedded import Embedded
from driftwatch.postgres.execute import Runner
from driftwatch.postgres.installation import Installation

BASELINE = Path(__file__).parent / "baseline"
RULES = "2"
"""Goes into every key: raised when migrations are run in another way, so that old proofs no longer count."""
_TEMPLATES_KEPT = 16
_IN_USE_SECONDS = 120
"""A template used so recently may be about to be copied by another process."""
_CHAINS_KEPT = 50
_ARCHIVE = "data.tar"


@dataclass(frozen=True)
class ShadowOptions:
    """Which Postgres, on which ground.

    postgres: a bin directory or "". major: the preferred major version. baseline: "supabase", "none" or a file's
    path. new_tables: whether Supabase's default privileges give new tables to the API roles. base: SQL that
    runs before the migrations; base_name: how to call it in an error.
    """

    cache_dir: Path
    postgres: str = ""
    major: int | None = None
    baseline: str = "supabase"
    new_tables: Literal["exposed", "closed"] = "exposed"
    base: str = ""
    base_name: str = "base.sql"


class Shadow:
    """A running throw-away cluster whose database `postgres` is replayed up to some migration."""

    def __init__(self, cluster: Cluster, embedded: Embedded) -> None:
        self.cluster = cluster
        self.embedded = embedded

    @contextlib.contextmanager
    def session(self, user: str = "postgres") -> Iterator[Connection]:
        """A connection as `postgres`, as migrations have it, or as the superuser."""
        with contextlib.closing(connect(self.cluster.conninfo(user), what="the shadow database")) as conn:
            yield conn

    @contextlib.contextmanager
    def runner(self) -> Iterator[Runner]:
        """Runs migrations here as they will run on the real thing."""
        with self.session() as conn:
            yield Runner(conn, self.embedded)


class Shadows:
    """Makes shadows on this computer, from templates in the cache directory."""

    def __init__(self, options: ShadowOptions) -> None:
        self.options = options

    @cached_property
    def plain_installation(self) -> Installation:
        return installation.find(self.options.postgres, self.options.major)

    @cached_property
    def installation(self) -> Installation:
        return installation.overlay(self.plain_installation, self.options.cache_dir)

    @cached_property
    def base_key(self) -> str:
        """Names the ground that migrations are replayed on; the first link of their chain."""
        digest = hashlib.sha256(f"{RULES} {self.installation.version} {self.installation.bin_dir.parts[-2:]}".encode())
        for text in (*self._baseline_files.values(), self._own_baseline, self.options.base):
            digest.update(hashlib.sha256(text.encode()).digest())
        for path in sorted(installation.EXTENSIONS.iterdir()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    @cached_property
    def stand_ins(self) -> frozenset[str]:
        return installation.stand_ins(self.plain_installation)

    @cached_property
    def _baseline_files(self) -> dict[str, str]:
        """Our own SQL that makes an empty cluster the ground, by name, in the order in which the superuser runs it."""
        closed = ["closed"] if self.options.new_tables == "closed" else []
        supabase = ["supabase", *closed, "guard"] if self.options.baseline == "supabase" else []
        return {name: (BASELINE / f"{name}.sql").read_text(encoding="utf-8") for name in ("prelude", *supabase)}

    @cached_property
    def _own_baseline(self) -> str:
        """The team's own baseline, "" for none. It runs as `postgres`: nobody's file runs as the superuser."""
        if self.options.baseline in ("supabase", "none"):
            return ""
        path = Path(self.options.baseline).expanduser()
        try:
            return path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(
                f"shadow.baseline: {path} can't be read ({error}).",
                next_step='Expected "supabase", "none" or the path of an SQL file.',
            ) from error

    @contextlib.contextmanager
    def open(self, key: str) -> Iterator[Shadow]:
        """A shadow copied from a template that is there (see `has`); gone when the block ends."""
        with scratch_dir() as data_dir:
            self.copy_template(key, data_dir)
            with Cluster(self.installation, data_dir) as cluster:
                yield Shadow(cluster, self.embedded(cluster))

    def copy_template(self, key: str, data_dir: Path) -> None:
        """A new data directory in the state of a template that is there."""
        template = self._template(key)
        unpack(template / _ARCHIVE, data_dir)
        os.utime(template)

    def has(self, key: str) -> bool:
        """Whether there is a template of this key, as large as it was saved."""
        notes, size = self.notes(key), _size(self._template(key) / _ARCHIVE)
        return notes is not None and size is not None and notes.get("size") == size

    def longest_prefix(self, keys: Sequence[str]) -> int:
        """How many of the chain's links were replayed before: the index of the last one with a template, 0 for none."""
        return next((index for index in range(len(keys) - 1, 0, -1) if self.has(keys[index])), 0)

    def embedded(self, cluster: Cluster) -> Embedded:
        """The superuser's side of a server that was made from one of our templates."""
        return Embedded(cluster, stand_ins=self.stand_ins, guarded=self.options.baseline == "supabase")

    def previous_chain(self, keys: Sequence[str]) -> list[str]:
        """The chain that was replayed last here and began with the same migration: what was edited since differs."""
        try:
            found: list[str] = json.loads(self._chain_file(keys).read_text())
        except (OSError, ValueError):
            return []
        return found

    def remember_chain(self, keys: Sequence[str]) -> None:
        """Keeps the chain for `previous_chain`, and lets the oldest of many go."""
        file = self._chain_file(keys)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(list(keys)))
        for old in _newest_first(file.parent.iterdir())[_CHAINS_KEPT:]:
            old.unlink(missing_ok=True)

    def _chain_file(self, keys: Sequence[str]) -> Path:
        return self.options.cache_dir / "chains" / f"{keys[:2][-1][:40]}.json"

    def save(self, shadow: Shadow, key: str, notes: dict[str, Any]) -> None:
        """Keeps the shadow's present state as the template of `key`. Stops the shadow; it is used up afterwards.

        notes: what was found out about this state (JSON), for `notes`.
        """
        shadow.cluster.stop(keep=True)
        self._publish(shadow.cluster.data_dir, key, notes)

    def note(self, key: str, notes: dict[str, Any]) -> None:
        """Replaces what was saved beside a template that is there."""
        path = self._template(key) / "notes.json"
        size = (self.notes(key) or {}).get("size")
        building = path.with_name(f"notes.{secrets.token_hex(4)}.new")
        building.write_text(json.dumps({**notes, "size": size}))
        building.replace(path)

    def notes(self, key: str) -> dict[str, Any] | None:
        """What was saved beside the template, or None."""
        try:
            found: dict[str, Any] = json.loads((self._template(key) / "notes.json").read_text())
        except (OSError, ValueError):
            return None
        return found

    def ensure_base(self) -> str:
        """Makes the template of the bare ground where it is missing; returns its key.

        Raises DriftwatchError when the baseline or the base file does not run.
        """
        if self.has(self.base_key):
            return self.base_key
        with scratch_dir() as data_dir:
            initdb(self.installation, data_dir)
            with Cluster(self.installation, data_dir) as cluster:
                shadow = Shadow(cluster, self.embedded(cluster))
                with shadow.session(SUPERUSER) as conn:
                    for name, text in self._baseline_files.items():
                        self._run_baseline(conn, name, text)
                    conn.execute("INSERT INTO driftwatch_guard.secret (value) VALUES (%s)", (secrets.token_hex(32),))
                with shadow.session() as conn:
                    history.ensure(conn)
                    for version, name in base.contained(self.options.base).items():
                        history.record(conn, version, name, [])
                grounds = ((self.options.baseline, self._own_baseline), (self.options.base_name, self.options.base))
                with shadow.runner() as runner:
                    for name, text in grounds:
                        if text:
                            runner.run_sql(Migration("", "ground", name, text))
                self.save(shadow, self.base_key, {})
        return self.base_key

    def _run_baseline(self, conn: Connection, name: str, text: str) -> None:
        try:
            conn.execute(cast(Any, text))
        except Exception as error:
            raise DriftwatchError(
                f"The baseline {name} does not run on Postgres {self.installation.version}.",
                details=str(error),
                next_step='Name another Postgres: [shadow] postgres = "/path/to/bin" in your own configuration.',
            ) from error

    def _template(self, key: str) -> Path:
        return self.options.cache_dir / "templates" / key[:40]

    def _publish(self, data_dir: Path, key: str, notes: dict[str, Any]) -> None:
        target = self._template(key)
        building = target.with_name(f"{target.name}.{secrets.token_hex(4)}.new")
        building.mkdir(parents=True, mode=0o711)
        try:
            for leftover in ("driftwatch.log", "postmaster.opts"):
                (data_dir / leftover).unlink(missing_ok=True)
            pack(data_dir, building / _ARCHIVE)
            saved = {**notes, "size": _size(building / _ARCHIVE)}
            (building / "notes.json").write_text(json.dumps(saved))
            if target.exists() and not self.has(key):  # damaged: this one replaces it
                shutil.rmtree(target, ignore_errors=True)
            with contextlib.suppress(OSError):  # somebody else published the same: equally good
                building.rename(target)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        self._prune()

    def _prune(self) -> None:
        """Templates not used for longest go first; one that is used or being built just now is left alone."""
        folder = self.options.cache_dir / "templates"
        entries = _newest_first(folder.iterdir())
        finished = [path for path in entries if path.suffix != ".new"]
        stale = [path for path in entries if path.suffix == ".new" and _used(path) < time.time() - 3600]
        idle = [path for path in finished[_TEMPLATES_KEPT:] if _used(path) < time.time() - _IN_USE_SECONDS]
        for path in idle + stale:
            shutil.rmtree(path, ignore_errors=True)


def _size(path: Path) -> int | None:
    """In bytes; None where it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _newest_first(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=_used, reverse=True)


def _used(path: Path) -> float:
    """When it was last used, in seconds; what another process removed meanwhile is oldest."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
