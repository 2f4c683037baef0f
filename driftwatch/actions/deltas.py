"""What every migration changed, object by object: found out once by replaying, then kept by content."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from driftwatch.actions.replay import Progress, keys_of
from driftwatch.core import base
from driftwatch.core.blame import Delta, Tree, delta, grow
from driftwatch.core.catalog import ObjectId
from driftwatch.core.fingerprint import tree
from driftwatch.core.migrations import Migration
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.execute import MigrationFailed
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.reader_id import reader_id
from driftwatch.postgres.shadow import Shadows

_FORMAT = 1
_KEPT = 4000
"""Files of one delta each; the least recently written go first."""
_DIGITS = 20
"""Of each hash: they are compared within one project's history only."""
"""What makes the hashes: files of the package."""


@dataclass
class Deltas:
    """The deltas of a chain of migrations.

    keys: the chain; todo: the migrations, one less. found: begins with the ground, and ends early where a migration
    failed or the time was over.
    """

    keys: list[str]
    todo: tuple[Migration, ...]
    found: list[Delta] = field(default_factory=list)
    failed: MigrationFailed | None = None

    @property
    def complete(self) -> bool:
        return len(self.found) == len(self.keys)


def read_deltas(
    shadows: Shadows,
    migrations: Sequence[Migration],
    progress: Progress = lambda line: None,
    *,
    seconds: float | None = None,
) -> Deltas:
    """The deltas of all migrations: from the cache, the rest by replaying. A migration that fails ends the list.

    seconds: how long to replay at most, 0 for not at all; what was found out until then is kept for the next time.
    """
    result = Deltas(keys_of(shadows, migrations), base.on_top(shadows.options.base, migrations))
    for key in result.keys:
        known = _load(shadows, key)
        if known is None:
            break
        result.found.append(known)
    if not result.complete and seconds != 0:
        _replay_rest(shadows, result, progress, None if seconds is None else time.monotonic() + seconds)
    return result


def _replay_rest(shadows: Shadows, result: Deltas, progress: Progress, deadline: float | None) -> None:
    shadows.ensure_base()
    first = len(result.found)
    before: Tree = {}
    for known in result.found:
        grow(before, known)
    start = shadows.longest_prefix(result.keys[: max(first, 1)])
    with shadows.open(result.keys[start]) as shadow, shadow.session() as reader, shadow.runner() as runner:
        try:
            for index in range(start, len(result.keys)):
                if index > start:
                    progress(f"{index}/{len(result.todo)} {result.todo[index - 1].filename}")
                    runner.apply(result.todo[index - 1])
                if index < first:
                    continue
                if deadline is not None and time.monotonic() > deadline:
                    return
                after = _tree(reader)
                change = delta(before, after)
                _save(shadows, result.keys[index], change)
                result.found.append(change)
                before = after
        except MigrationFailed as failed:
            result.failed = failed
    _prune(shadows)


def _tree(conn: Connection) -> Tree:
    return {id_: hash_[:_DIGITS] for hash_, id_ in tree(read_catalog(conn))}


# -- the cache: a file for each link of a chain, with what that migration changed


def _path(shadows: Shadows, key: str) -> Path:
    name = hashlib.sha256(f"{_FORMAT} {reader_id()} {key}".encode()).hexdigest()[:40]
    return shadows.options.cache_dir / "deltas" / f"{name}.json"


def _load(shadows: Shadows, key: str) -> Delta | None:
    content = _read(_path(shadows, key))
    if content is None:
        return None
    return {ObjectId(kind, identity): hash_ for kind, identity, hash_ in content["objects"]}


def _save(shadows: Shadows, key: str, change: Delta) -> None:
    objects = [[*id_, hash_] for id_, hash_ in sorted(change.items())]
    _write(_path(shadows, key), {"objects": objects, "lines": []})


def known_line(shadows: Shadows, key: str, id_: ObjectId) -> int | None:
    """The line that `keep_line` kept for an object in the migration of this key."""
    content = _read(_path(shadows, key))
    lines = content["lines"] if content else []
    return next((line for kind, identity, line in lines if (kind, identity) == id_), None)


def keep_line(shadows: Shadows, key: str, id_: ObjectId, line: int) -> None:
    """Keeps where in the file the object was touched: finding out takes a replay."""
    path = _path(shadows, key)
    content = _read(path)
    if content is not None:
        content["lines"].append([*id_, line])
        _write(path, content)


def _read(path: Path) -> dict[str, Any] | None:
    """None where there is no such file, or a damaged one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return content if {"objects", "lines"} <= content.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def _write(path: Path, content: dict[str, Any]) -> None:
    """Whole or not at all, whoever else writes the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        building.write_text(json.dumps(content), encoding="utf-8")
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)


def _prune(shadows: Shadows) -> None:
    with contextlib.suppress(OSError):  # another process may be pruning too
        entries = sorted(
            (entry.stat().st_mtime, entry.path) for entry in os.scandir(shadows.options.cache_dir / "deltas")
        )
        for _, path in entries[:-_KEPT]:
            Path(path).unlink(missing_ok=True)
