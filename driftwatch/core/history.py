"""The migrations folder against the versions that a database says were applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Versioned(Protocol):
    """What both sides have: a version, compared as text, and a name."""

    @property
    def version(self) -> str: ...
    @property
    def name(self) -> str: ...


MEANINGS = {
    "pending": "pending (in git, not applied there)",
    "unknown": "unknown (applied there, not in git)",
    "edited": "edited (the file is not what was applied)",
    "renumbered": "the same content under another version",
    "duplicates": "the same version twice",
    "out_of_order": "out of order (pending, but older than what is applied)",
    "unproved": "applied, but the history kept no statements to compare the file with",
}
"""What can be the matter with versions, in words."""
DRIFT = ("unknown", "edited", "duplicates")
"""What of it the files don't explain."""
Local = TypeVar("Local", bound=Versioned)
Row = TypeVar("Row", bound=Versioned)


@dataclass(frozen=True)
class HistoryDrift:
    """How a folder and a history differ, as versions in their order.

    pending: files that are not applied yet (not drift). unknown: applied versions without a file. edited:
    applied with other content than the file's. duplicates: versions that several files have. out_of_order:
    pending ones before the newest applied one. unproved: applied without a record of the content, so that
    nobody can say whether the file was edited. renumbered: (pending, unknown) pairs of the same content under
    two versions; both are also named as pending and as unknown.
    """

    pending: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()

    @property
    def is_drift(self) -> bool:
        """Whether the history says something that the files do not; pending files alone are no drift."""
        return any(getattr(self, name) for name in DRIFT)


def compare_history(
    local: Iterable[Local],
    applied: Iterable[Row],
    same_content: Callable[[Local, Row], bool | None],
) -> HistoryDrift:
    """Compares by version first, then by content.

    same_content: whether a file is what was applied; None when the history does not record enough to tell.
    """
    files = sorted(local, key=_version)
    rows = {row.version: row for row in sorted(applied, key=_version)}
    counted = Counter(migration.version for migration in files)
    pending = [migration for migration in files if migration.version not in rows]
    unknown = [row for version, row in rows.items() if version not in counted]
    answers: dict[str, list[bool | None]] = {}
    for migration in files:
        if migration.version in rows:
            answer = same_content(migration, rows[migration.version])
            answers.setdefault(migration.version, []).append(answer)
    newest = max(rows, default="")
    return HistoryDrift(
        pending=tuple(dict.fromkeys(migration.version for migration in pending)),
        unknown=tuple(row.version for row in unknown),
        edited=tuple(version for version, given in answers.items() if not {True, None} & set(given)),
        duplicates=tuple(version for version, count in counted.items() if count > 1),
        out_of_order=tuple(dict.fromkeys(migration.version for migration in pending if migration.version < newest)),
        unproved=tuple(version for version, given in answers.items() if True not in given and None in given),
        renumbered=_renumbered(pending, unknown, same_content),
    )


def _renumbered(
    pending: Sequence[Local], unknown: Sequence[Row], same_content: Callable[[Local, Row], bool | None]
) -> tuple[tuple[str, str], ...]:
    """Pairs of one content under two versions; each row is used once, an equal name is preferred."""
    free = list(unknown)
    pairs = []
    for migration in pending:
        alike = [row for row in free if same_content(migration, row) is True]
        if alike:
            best = min(alike, key=lambda row: (row.name != migration.name, row.version))
            free = [row for row in free if row is not best]
            pairs.append((migration.version, best.version))
    return tuple(pairs)


def _version(entry: Versioned) -> str:
    return entry.version
