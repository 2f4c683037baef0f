"""What the hooks remember between two operations, of each migrations folder, below the git common directory.

The sh hooks read the same two files; both hold a tree id of that folder:
`last-synced-tree`, with which the local database was last synced, and `last-seen-tree`, about which nothing
is to be done though it was not synced (the user's own commit, a branch switch, a pull only reported).
After a squashing pull `last-seen-tree` says `squash` until the commit that follows.
`waiting-…`, one for each work tree, is locked by the process that waits there until git has ended a rebase.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from driftwatch.git.repo import Repo

SYNCED = "last-synced-tree"
SEEN = "last-seen-tree"
SQUASH = "squash"
LOG = "after-pull.log"
_LOCK = "after-pull.lock"


@dataclass(frozen=True)
class Marks:
    """The remembered tree ids; None where nothing is remembered."""

    synced: str | None
    seen: str | None

    def settled(self, tree: str | None) -> bool:
        """Whether nothing is to be done for this tree of the migrations folder (None: it does not exist)."""
        return tree is None or tree in (self.synced, self.seen)


def all_marks(repo: Repo) -> Path:
    """Where the marks of every folder lie; shared by linked work trees, as the local database is."""
    return repo.common_dir / "driftwatch" / "marks"


def marks_folder(repo: Repo, folder: str) -> Path:
    """Where the marks of this migrations folder lie. folder: relative to the root, "" for the root itself."""
    return all_marks(repo) / folder


def read_marks(repo: Repo, folder: str) -> Marks:
    """What the hooks remember now."""
    return Marks(_read(marks_folder(repo, folder) / SYNCED), _read(marks_folder(repo, folder) / SEEN))


def record_synced(repo: Repo, folder: str, tree: str) -> None:
    """Remembers that the local database was synced with this tree of the migrations folder."""
    _write(marks_folder(repo, folder) / SYNCED, tree)
    (marks_folder(repo, folder) / SEEN).unlink(missing_ok=True)


def record_seen(repo: Repo, folder: str, tree: str) -> None:
    """Remembers that the hooks have nothing to do about this tree."""
    _write(marks_folder(repo, folder) / SEEN, tree)


@contextmanager
def one_at_a_time(repo: Repo, folder: str) -> Iterator[None]:
    """Holds the lock of "after a pull" for this folder; waits for another holder to end."""
    marks_folder(repo, folder).mkdir(parents=True, exist_ok=True)
    with (marks_folder(repo, folder) / _LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def take_waiting(repo: Repo, folder: str) -> BinaryIO | None:
    """The one place to wait until git's operation in this work tree has ended; None: somebody waits there already.

    It is held by every process that has the file open, until one of them calls `leave_waiting` or the last one ends.
    """
    place = marks_folder(repo, folder)
    place.mkdir(parents=True, exist_ok=True)
    file = (place / f"waiting-{repo.git_dir.name}").open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def leave_waiting(file: int) -> None:
    """Frees the place. file: a descriptor of what `take_waiting` gave; another one is no matter."""
    with suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_UN)


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip() or None
    except FileNotFoundError:
        return None


def _write(path: Path, tree: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(f"{tree}\n", encoding="ascii")
    fresh.replace(path)
