"""Says when the content of the migrations folder has changed: the only place that knows watchdog.

Events only wake us up; whether something changed is decided by content, after the folder has been quiet
for a moment. So 1,800 events for 300 files, or an editor's atomic save, make one change or none.

Two directories are watched: the folder (where it really is, behind symlinks) with all below it, and the
nearest existing directory above it, without what is below. The second tells when the folder is deleted,
re-made or replaced. After each event and at every look the watches are compared with what is on disk and
set anew when they differ or when one died: watchdog's emitters end silently with their directory.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

Report = Callable[[str], None]
# Not opened and closed_no_write: reading the content would wake us up again, for ever.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]


class _Watched(NamedTuple):
    path: str
    recursive: bool
    device: int
    inode: int


class FolderWatch:
    """Calls `on_change` from a thread of its own each time the folder's content is another than before.

    folder: need not exist. content_key: the same text exactly when the content is the same; it may be
    slow, and may raise while files come and go (it is then tried again).
    quiet: seconds without events before the content is looked at, at most `longest_wait` in all.
    look_every: seconds between looks at the watches themselves. recheck_every: seconds between looks at
    the content without any event, for file systems that send none.
    polling: do not ask the kernel for events, poll. report: takes one line about trouble.
    """

    def __init__(
        self,
        folder: Path,
        *,
        on_change: Callable[[], None],
        content_key: Callable[[], str],
        quiet: float = 0.5,
        longest_wait: float = 10.0,
        look_every: float = 2.0,
        recheck_every: float = 30.0,
        polling: bool = False,
        report: Report = lambda line: None,
    ) -> None:
        self._folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would lose the symlinks
        self._on_change, self._content_key, self._report = on_change, content_key, report
        self._quiet, self._longest_wait = quiet, longest_wait
        self._look_every, self._recheck_every = look_every, recheck_every
        self._polling = polling
        self._touched, self._stopping = threading.Event(), threading.Event()
        self._observer: BaseObserver | None = None
        self._watched: frozenset[_Watched] = frozenset()
        self._known: str | None = None
        self._trouble = self._complaint = ""
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="folder-watch", daemon=True)

    def start(self) -> None:
        """Returns when the folder is watched: what changes from then on is told. Waits at most 2 seconds."""
        self._thread.start()
        self._ready.wait(2)

    def stop(self) -> None:
        """Ends the watch; a call of `on_change` that is under way is not waited for. May be called twice."""
        self._stopping.set()
        self._touched.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(2)

    def alive(self) -> bool:
        return self._thread.is_alive() and not self._stopping.is_set()

    def problem(self) -> str:
        """Why changes may go unseen, "" when all is well."""
        if not self.alive():
            return "the folder is not watched any more"
        return self._trouble

    def _run(self) -> None:
        try:
            self._arm()
            self._look(first=True)
            self._ready.set()
            looked = time.monotonic()
            while not self._stopping.is_set():
                touched = self._touched.wait(self._look_every)
                if touched:
                    self._wait_until_quiet()
                rearmed = self._arm()
                if touched or rearmed or time.monotonic() - looked >= self._recheck_every:
                    looked = time.monotonic()
                    self._look()
        finally:
            self._ready.set()
            self._disarm()

    def _wait_until_quiet(self) -> None:
        deadline = time.monotonic() + self._longest_wait
        while not self._stopping.is_set() and time.monotonic() < deadline:
            self._touched.clear()
            if not self._touched.wait(self._quiet):
                return
        self._touched.clear()

    def _look(self, *, first: bool = False) -> None:
        if self._stopping.is_set():
            return
        try:
            key = self._content_key()
        except Exception as error:  # noqa: BLE001 - whatever reading the folder raises must not end the watch
            self._trouble = f"the content of {self._folder} cannot be read: {error}"
            self._complain(self._trouble)
            self._touched.set()
            # Not in a tight loop while it stays so.
            self._stopping.wait(self._look_every)
            return
        self._trouble = self._complaint = ""
        changed, self._known = key != self._known, key
        if not changed or first:
            return
        try:
            self._on_change()
        except Exception as error:  # noqa: BLE001 - the receiver's failure must not end the watch
            self._complain(f"a change of {self._folder} could not be handled: {error}")

    def _arm(self) -> bool:
        """Sets the watches anew if they are not what they should be; True if it did."""
        wanted = _to_watch(self._folder)
        alive = self._observer is not None and _alive(self._observer, len(wanted))
        if alive and wanted == self._watched:
            return False
        self._disarm()
        try:
            self._observer = self._observe(wanted)
        except OSError as error:
            # Tried again after the quiet time: with polling, unless a directory just went away.
            self._touched.set()
            if all(Path(watched.path).is_dir() for watched in wanted):
                self._complain(f"no events for {self._folder} ({error}); it is polled")
                self._polling = True
            return True
        self._watched = wanted
        return True

    def _observe(self, wanted: frozenset[_Watched]) -> BaseObserver:
        observer: BaseObserver = PollingObserver() if self._polling else Observer()
        handler = _Touch(self._touched)
        try:
            for watched in wanted:
                observer.schedule(handler, watched.path, recursive=watched.recursive, event_filter=_EVENTS)
            observer.start()
        except BaseException:
            _end(observer)
            raise
        return observer

    def _complain(self, line: str) -> None:
        if line != self._complaint:
            self._complaint = line
            self._report(line)

    def _disarm(self) -> None:
        observer, self._observer, self._watched = self._observer, None, frozenset()
        if observer is not None:
            _end(observer)


def folder_key(folder: Path) -> str:
    """A hash over the names and bytes of all files in the folder; a missing folder is an empty one.

    Raises OSError when a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, content = os.fsencode(path.relative_to(folder)), path.read_bytes()
        digest.update(b"%d:%s%d:%s" % (len(name), name, len(content), content))
    return digest.hexdigest()


class _Touch(FileSystemEventHandler):
    """Only sets a flag: a handler that raises would end watchdog's dispatcher."""

    def __init__(self, touched: threading.Event) -> None:
        self._touched = touched

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._touched.set()


def _to_watch(folder: Path) -> frozenset[_Watched]:
    above = folder.parent
    while not above.is_dir() and above != above.parent:
        above = above.parent
    wanted = ((Path(os.path.realpath(above)), False), (Path(os.path.realpath(folder)), True))
    found = set()
    for path, recursive in wanted:
        try:
            status = path.stat()
        except OSError:
            continue
        if path.is_dir():
            found.add(_Watched(str(path), recursive, status.st_dev, status.st_ino))
    return frozenset(found)


def _alive(observer: BaseObserver, expected: int) -> bool:
    emitters = list(observer.emitters)
    return observer.is_alive() and len(emitters) == expected and all(one.is_alive() for one in emitters)


def _end(observer: BaseObserver) -> None:
    observer.stop()
    if observer.is_alive():
        observer.join(2)
