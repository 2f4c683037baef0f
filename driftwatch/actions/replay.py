"""Replays migrations in a shadow and reads the schema that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from driftwatch.core import base, snapshot
from driftwatch.core.catalog import Catalog, NotCompared
from driftwatch.core.migrations import Migration, chain
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.execute import MigrationFailed
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.reader_id import reader_id
from driftwatch.postgres.shadow import Shadows

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Replayed:
    """The schema that the migrations make.

    key names what was replayed; replayed: how many were run just now; notes: what was not run as it stands.
    """

    catalog: Catalog
    key: str
    replayed: int
    postgres: str
    notes: tuple[str, ...] = ()


def replay(shadows: Shadows, migrations: Sequence[Migration], progress: Progress = lambda line: None) -> Replayed:
    """Replays what was not replayed before, keeps the result as a template, and returns the catalog.

    Raises MigrationFailed at the first statement that Postgres refuses.
    """
    keys = keys_of(shadows, migrations)
    known = _known(shadows, keys[-1])
    if known is not None:
        return known
    if shadows.has(keys[-1]):
        return _read_again(shadows, keys[-1])
    todo = base.on_top(shadows.options.base, migrations)
    started = start = shadows.longest_prefix(keys)
    if not start:
        shadows.ensure_base()
    checkpoint = _common_prefix(keys, shadows.previous_chain(keys))
    shadows.remember_chain(keys)
    if start < checkpoint < len(todo):
        _advance(shadows, todo, keys, start, checkpoint, progress)
        start = checkpoint
    catalog, notes = _advance(shadows, todo, keys, start, len(todo), progress)
    return Replayed(catalog, keys[-1], len(todo) - started, shadows.installation.version, tuple(notes))


def keys_of(shadows: Shadows, migrations: Sequence[Migration]) -> list[str]:
    """The chain of what is replayed: beginning with the ground, a link for each migration not in the base."""
    return chain(shadows.base_key, base.on_top(shadows.options.base, migrations))


def _advance(
    shadows: Shadows, todo: Sequence[Migration], keys: Sequence[str], start: int, end: int, progress: Progress
) -> tuple[Catalog, list[str]]:
    """From the template of keys[start] to one of keys[end]. A failure keeps what came before it as a template."""
    notes: list[str] = (shadows.notes(keys[start]) or {}).get("notes", [])
    with shadows.open(keys[start]) as shadow:
        try:
            with shadow.runner() as runner:
                for index in range(start, end):
                    progress(f"{index + 1}/{len(todo)} {todo[index].filename}")
                    runner.apply(todo[index])
        except MigrationFailed as failed:
            if index > start and not failed.partly_applied:
                shadows.save(shadow, keys[index], {"notes": notes + shadow.embedded.notes})
            failed.untouched = "It ran in a shadow only, which is thrown away."
            raise
        with shadow.session() as conn:
            catalog = _with_stand_ins(read_catalog(conn), shadows)
        notes += shadow.embedded.notes
        shadows.save(shadow, keys[end], _notes(catalog, notes))
    return catalog, notes


def _notes(catalog: Catalog, notes: Sequence[str]) -> dict[str, Any]:
    return {"catalog": snapshot.dumps(catalog), "reader": reader_id(), "notes": list(notes)}


def _read_again(shadows: Shadows, key: str) -> Replayed:
    """A template whose catalog was read by another version of driftwatch, or is not fit to be used."""
    notes: list[str] = (shadows.notes(key) or {}).get("notes", [])
    with shadows.open(key) as shadow, shadow.session() as conn:
        catalog = _with_stand_ins(read_catalog(conn), shadows)
    shadows.note(key, _notes(catalog, notes))
    return Replayed(catalog, key, 0, shadows.installation.version, tuple(notes))


def _known(shadows: Shadows, key: str) -> Replayed | None:
    """What an earlier replay of exactly this found out."""
    saved = shadows.notes(key)
    if not saved or saved.get("reader") != reader_id() or not shadows.has(key):
        return None  # without its template the result could not be built upon
    try:
        catalog = snapshot.loads(saved["catalog"])
    except DriftwatchError:  # damaged, or of another format: it is found out again
        return None
    return Replayed(catalog, key, 0, shadows.installation.version, tuple(saved.get("notes", ())))


def _common_prefix(keys: Sequence[str], previous: Sequence[str]) -> int:
    """The last link that this chain shares with the one replayed before: what follows is being edited."""
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(keys, previous, strict=False))
    return max(sum(1 for _ in shared) - 1, 0)


def _with_stand_ins(catalog: Catalog, shadows: Shadows) -> Catalog:
    used = sorted(
        obj.id.identity
        for obj in catalog
        if obj.id.kind == "extension" and obj.id.identity.strip('"') in shadows.stand_ins
    )
    notes = tuple(
        NotCompared(f"extension {name}", "a stand-in in the shadow: its members and version are not compared")
        for name in used
    )
    return Catalog(catalog.objects, catalog.server_version, catalog.not_compared + notes)
