"""Changes of a real folder are told: once, by content, and whatever becomes of the folder itself."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driftwatch.daemon.watch import FolderWatch, folder_key
from watchdog.observers.api import BaseObserver

NEVER = 3600.0


class Watching:
    """A watch of `folder` with the keys of the content at each change. Without the look at the content that
    needs no event, so that only events can tell."""

    def __init__(self, folder: Path, *, recheck_every: float = NEVER, polling: bool = False) -> None:
        self.folder = folder
        self.changes: list[str] = []
        self.reads = 0
        self.reports: list[str] = []
        self.watch = FolderWatch(
            folder,
            on_change=lambda: self.changes.append(folder_key(folder)),
            content_key=self._key,
            quiet=0.2,
            look_every=0.3,
            recheck_every=recheck_every,
            polling=polling,
            report=self.reports.append,
        )
        self.watch.start()

    def _key(self) -> str:
        self.reads += 1
        return folder_key(self.folder)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline, f"{what}; changes {self.changes}, reports {self.reports}"
            time.sleep(0.05)

    def expect_told(self) -> None:
        """The content as it is now has been told."""
        self.until(lambda: self.changes[-1:] == [folder_key(self.folder)], "not told")

    def expect_nothing_but(self, number: int) -> None:
        """No more changes than these are told."""
        time.sleep(1.5)
        assert len(self.changes) == number


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "supabase" / "migrations"
    made.mkdir(parents=True)
    (made / "1_first.sql").write_text("select 1;")
    return made


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    made = Watching(folder)
    yield made
    made.watch.stop()


def test_a_new_file_a_change_and_a_deletion_are_told(watching: Watching) -> None:
    new = watching.folder / "2_second.sql"
    for change in (lambda: new.write_text("a"), lambda: new.write_text("b"), new.unlink):
        change()
        watching.expect_told()
    assert len(watching.changes) == 3


def test_an_editors_atomic_save_is_told(watching: Watching, tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    draft.write_text("select 2;")
    draft.rename(watching.folder / "1_first.sql")
    watching.expect_told()
    inside = watching.folder / ".1_first.sql.swp"
    inside.write_text("select 3;")
    inside.rename(watching.folder / "1_first.sql")
    watching.expect_told()
    assert len(watching.changes) == 2


def test_many_writes_are_few_changes(watching: Watching) -> None:
    for number in range(300):
        (watching.folder / f"{number + 10}_file.sql").write_text(str(number))
    watching.expect_told()
    assert len(watching.changes) <= 3


def test_reading_and_writing_the_same_again_is_no_change(watching: Watching) -> None:
    for path in list(watching.folder.iterdir()):
        path.read_text()
        path.write_text("select 1;")
        path.touch()
    watching.expect_nothing_but(0)


def test_our_own_reads_do_not_wake_us(watching: Watching) -> None:
    (watching.folder / "2_second.sql").write_text("x")
    watching.expect_told()
    time.sleep(0.7)
    reads = watching.reads
    time.sleep(1.5)
    assert watching.reads == reads


def test_a_folder_deleted_and_made_again_is_still_watched(watching: Watching) -> None:
    for number in range(3):
        shutil.rmtree(watching.folder)
        watching.expect_told()
        watching.folder.mkdir()
        (watching.folder / f"{number}_again.sql").write_text("one")
        watching.expect_told()
        (watching.folder / f"{number}_again.sql").write_text("two")
        watching.expect_told()
    assert watching.watch.problem() == ""


def test_a_folder_replaced_at_once_is_still_watched(watching: Watching) -> None:
    """As a branch switch does it: away and there again before anybody looks."""
    other = watching.folder.with_name("other")
    other.mkdir()
    (other / "9_other.sql").write_text("x")
    shutil.rmtree(watching.folder)
    other.rename(watching.folder)
    watching.expect_told()
    (watching.folder / "9_other.sql").write_text("y")
    watching.expect_told()


def test_the_folder_above_may_vanish_too(watching: Watching) -> None:
    shutil.rmtree(watching.folder.parent)
    watching.expect_told()
    watching.folder.mkdir(parents=True)
    (watching.folder / "1_back.sql").write_text("x")
    watching.expect_told()
    (watching.folder / "1_back.sql").write_text("y")
    watching.expect_told()


def test_a_folder_that_is_missing_at_first_is_watched_when_it_comes(tmp_path: Path) -> None:
    watching = Watching(tmp_path / "not" / "yet" / "there")
    try:
        assert watching.watch.problem() == ""
        watching.folder.mkdir(parents=True)
        (watching.folder / "1.sql").write_text("x")
        watching.expect_told()
        (watching.folder / "1.sql").write_text("y")
        watching.expect_told()
    finally:
        watching.watch.stop()


def test_behind_a_symlink_the_real_folder_is_watched(tmp_path: Path) -> None:
    one, two, link = tmp_path / "one", tmp_path / "two", tmp_path / "project" / "migrations"
    for made in (one, two, link.parent):
        made.mkdir()
    (two / "2.sql").write_text("two")
    link.symlink_to(one)
    watching = Watching(link)
    try:
        (one / "1.sql").write_text("x")
        watching.expect_told()
        link.unlink()
        link.symlink_to(two)
        watching.expect_told()
        (two / "2.sql").write_text("changed")
        watching.expect_told()
    finally:
        watching.watch.stop()


def test_dead_emitters_are_noticed_and_replaced(watching: Watching) -> None:
    observer = watching.watch._observer
    assert observer is not None
    for emitter in list(observer.emitters):
        emitter.stop()
    (watching.folder / "unseen.sql").write_text("x")
    watching.expect_told()
    watching.until(lambda: watching.watch._observer is not observer, "not armed anew")
    (watching.folder / "2.sql").write_text("x")
    watching.expect_told()


def test_what_git_does_to_the_folder_is_told(tmp_path: Path) -> None:
    repo, folder = tmp_path / "repo", tmp_path / "repo" / "supabase" / "migrations"
    folder.mkdir(parents=True)

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        subprocess.run(["git", *who, *arguments], cwd=repo, check=True, capture_output=True)

    def commit(name: str, text: str) -> None:
        (folder / name).write_text(text)
        git("add", ".")
        git("commit", "-qm", name)

    git("init", "-q", "--initial-branch=main")
    commit("1_first.sql", "select 1;")
    git("switch", "-qc", "feature")
    commit("2_second.sql", "select 2;")
    watching = Watching(folder)
    try:
        git("switch", "-q", "main")
        watching.expect_told()
        assert [path.name for path in folder.iterdir()] == ["1_first.sql"]
        git("reset", "-q", "--hard", "feature")
        watching.expect_told()
        git("rm", "-rq", "supabase")
        watching.expect_told()
        assert not folder.exists()
        git("reset", "-q", "--hard")
        watching.expect_told()
        (folder / "1_first.sql").write_text("select 3;")
        watching.expect_told()
        git("stash", "-q")
        watching.expect_told()
        assert (folder / "1_first.sql").read_text() == "select 1;"
    finally:
        watching.watch.stop()


def test_polling_tells_the_same(folder: Path) -> None:
    watching = Watching(folder, polling=True)
    try:
        (folder / "2.sql").write_text("x")
        watching.expect_told()
    finally:
        watching.watch.stop()


def test_without_events_from_the_kernel_the_folder_is_polled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> BaseObserver:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("driftwatch.daemon.watch.Observer", refuse)
    watching = Watching(folder)
    try:
        watching.until(lambda: watching.watch._observer is not None, "not armed")
        (folder / "2.sql").write_text("x")
        watching.expect_told()
        assert len(watching.reports) == 1
        assert "it is polled" in watching.reports[0]
    finally:
        watching.watch.stop()


def test_where_no_events_come_at_all_the_content_is_looked_at_now_and_then(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("driftwatch.daemon.watch._Touch.on_any_event", lambda self, event: None)
    watching = Watching(folder, recheck_every=0.5)
    try:
        (folder / "2.sql").write_text("x")
        watching.expect_told()
    finally:
        watching.watch.stop()


def test_a_content_that_cannot_be_read_and_a_receiver_that_raises_end_nothing(folder: Path) -> None:
    broken = threading.Event()
    calls: list[str] = []
    reports: list[str] = []

    def key() -> str:
        if broken.is_set():
            raise PermissionError("no reading now")
        return folder_key(folder)

    def receive() -> None:
        calls.append(folder_key(folder))
        raise RuntimeError("receiver broke")

    watch = FolderWatch(folder, on_change=receive, content_key=key, quiet=0.1, look_every=0.2, report=reports.append)
    watch.start()

    def until(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline, reports
            time.sleep(0.05)

    try:
        broken.set()
        (folder / "2.sql").write_text("x")
        until(lambda: "cannot be read" in watch.problem())
        broken.clear()
        until(lambda: calls == [folder_key(folder)])
        until(lambda: watch.problem() == "")
        (folder / "3.sql").write_text("x")
        until(lambda: calls[-1] == folder_key(folder))
    finally:
        watch.stop()
    assert "not watched any more" in watch.problem()


def test_the_key_tells_names_and_bytes_apart_and_takes_a_missing_folder_for_an_empty_one(
    tmp_path: Path,
) -> None:
    one, two, empty = tmp_path / "one", tmp_path / "two", tmp_path / "empty"
    for made in (one, two, empty):
        made.mkdir()
    (one / "a").write_text("bc")
    (two / "ab").write_text("c")
    assert len({folder_key(one), folder_key(two), folder_key(empty)}) == 3
    assert folder_key(tmp_path / "missing") == folder_key(empty)
