"""Every form of pull brings exactly one sync; everything that is no pull brings none."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from driftwatch.git import marks

from git_world import MIGRATIONS, World, git, run_git, write_script


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(tmp_path, monkeypatch)
    made.install_driver()
    return made


def settled(world: World) -> bool:
    """Whether HEAD's migrations are remembered as synced."""
    return marks.read_marks(world.repo, MIGRATIONS).synced == world.repo.tree_id("HEAD", MIGRATIONS)


def dirty(world: World) -> None:
    (world.dev / MIGRATIONS / "1_first.sql").write_text("select 'mine';\n", encoding="utf-8")


@pytest.mark.parametrize(
    "args",
    [
        ["--ff-only"],
        ["--no-ff", "--no-edit"],
        ["--rebase"],
        ["--rebase=merges"],
        ["--ff-only", "--autostash"],
        ["--rebase", "--autostash"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("own", ["nothing", "a commit", "a migration"])
def test_every_pull_of_a_migration_syncs_once(world: World, args: list[str], own: str) -> None:
    if own == "a commit":
        world.commit(world.dev, "mine", "words")
    elif own == "a migration":
        world.migration(world.dev, "3_mine")
    if "--ff-only" in args and own != "nothing":
        args = ["--no-rebase", "--no-edit", *args[1:]]
    if "--autostash" in args:
        dirty(world)
    world.mate_pushes("2_theirs")
    pulled = run_git(world.dev, "pull", *args)
    assert pulled.returncode == 0, pulled.stdout
    assert world.syncs() == 1, pulled.stdout
    assert settled(world)
    assert run_git(world.dev, "pull", *args).returncode == 0
    assert world.syncs() == 1, "up to date"


def test_a_rebase_that_drops_every_local_commit_syncs_once(world: World) -> None:
    world.migration(world.mate, "2_same")
    git(world.mate, "push", "-q", "origin", "HEAD")
    world.mate_pushes("3_more")
    world.migration(world.dev, "2_same")
    git(world.dev, "pull", "--rebase")
    assert world.syncs() == 1
    assert settled(world)


def test_a_rebasing_pull_says_once_that_it_syncs_in_the_background(world: World) -> None:
    for number in (2, 3):
        world.commit(world.dev, f"mine{number}", "words")
        world.mate_pushes(f"{number}_theirs")
        pulled = git(world.dev, "pull", "--rebase")
        assert pulled.count("in the background") == 1, pulled
        assert world.syncs() == number - 1
        assert settled(world)


def test_a_rebasing_pull_is_synced_though_another_work_tree_is_amid_one(world: World) -> None:
    linked = world.base / "linked"
    git(world.dev, "worktree", "add", "-q", "-b", "side", str(linked), "origin/main")
    world.migration(linked, "2_both", "select 'mine';\n")
    world.mate_pushes("2_both", "select 'theirs';\n")
    assert run_git(linked, "pull", "--rebase", "origin", "main").returncode != 0
    world.commit(world.dev, "mine", "words")
    world.mate_pushes("3_theirs")
    assert "in the background" in git(world.dev, "pull", "--rebase")
    git(linked, "rebase", "--abort")
    world.events()
    assert settled(world)


def test_a_merge_conflict_ends_with_a_commit_and_one_sync(world: World) -> None:
    world.migration(world.dev, "2_both", "select 'mine';\n")
    world.mate_pushes("2_both", "select 'theirs';\n")
    assert run_git(world.dev, "pull", "--no-rebase").returncode != 0
    assert world.syncs() == 0
    (world.dev / MIGRATIONS / "2_both.sql").write_text("select 'both';\n", encoding="utf-8")
    git(world.dev, "add", ".")
    git(world.dev, "commit", "-q", "--no-edit")
    assert world.syncs() == 1
    assert settled(world)


def test_a_rebase_conflict_syncs_once_when_it_is_continued(world: World) -> None:
    world.migration(world.dev, "2_both", "select 'mine';\n")
    world.mate_pushes("2_both", "select 'theirs';\n")
    assert run_git(world.dev, "pull", "--rebase").returncode != 0
    (world.dev / MIGRATIONS / "2_both.sql").write_text("select 'both';\n", encoding="utf-8")
    git(world.dev, "add", ".")
    git(world.dev, "rebase", "--continue", env={"GIT_EDITOR": "true"})
    assert world.syncs() == 1
    assert settled(world)


def test_a_rebase_that_is_given_up_syncs_nothing(world: World) -> None:
    world.migration(world.dev, "2_both", "select 'mine';\n")
    world.mate_pushes("2_both", "select 'theirs';\n")
    run_git(world.dev, "pull", "--rebase")
    git(world.dev, "rebase", "--abort")
    assert world.syncs() == 0


def test_a_squashing_pull_syncs_at_the_commit_that_follows(world: World) -> None:
    world.mate_pushes("2_theirs")
    git(world.dev, "pull", "-q", "--squash")
    assert world.syncs() == 0
    git(world.dev, "commit", "-q", "-m", "squashed")
    assert world.syncs() == 1
    assert settled(world)


def test_a_squashing_pull_without_migrations_syncs_nothing(world: World) -> None:
    world.mate_pushes_other()
    git(world.dev, "pull", "-q", "--squash")
    git(world.dev, "commit", "-q", "-m", "squashed")
    assert world.syncs() == 0


def test_what_is_no_pull_syncs_nothing(world: World) -> None:
    git(world.dev, "checkout", "-q", "-b", "side")
    world.migration(world.dev, "2_mine")
    git(world.dev, "commit", "-q", "--amend", "-m", "amended")
    git(world.dev, "checkout", "-q", "main")
    git(world.dev, "checkout", "-q", "side")
    git(world.dev, "checkout", "-q", "main", "--", MIGRATIONS)
    git(world.dev, "reset", "-q", "--hard")
    git(world.dev, "stash", "-q", "--include-untracked")
    git(world.dev, "worktree", "add", "-q", str(world.base / "linked"), "main")
    assert world.events() == []


def test_a_pull_after_switching_branches_syncs_what_it_brings(world: World) -> None:
    git(world.dev, "checkout", "-q", "-b", "side")
    world.migration(world.dev, "2_mine")
    git(world.dev, "checkout", "-q", "main")
    world.mate_pushes("3_theirs")
    git(world.dev, "pull", "-q")
    assert world.syncs() == 1


def test_an_autostash_is_given_back_before_the_sync_and_the_pull_does_not_wait(world: World) -> None:
    dirty(world)
    world.mate_pushes("2_theirs")
    said = git(world.dev, "pull", "--rebase", "--autostash")
    assert "in the background" in said
    assert str(marks.marks_folder(world.repo, MIGRATIONS) / marks.LOG) in said
    assert world.events() == ["left running", "sync", "ended"]
    assert "mine" in (world.dev / MIGRATIONS / "1_first.sql").read_text(encoding="utf-8")
    assert "synced with" in (marks.marks_folder(world.repo, MIGRATIONS) / marks.LOG).read_text(encoding="utf-8")


def test_a_foreground_sync_shows_its_output(world: World) -> None:
    world.mate_pushes("2_theirs")
    assert "synced with" in git(world.dev, "pull")


def test_a_pull_into_a_pipe_does_not_wait_for_the_background(world: World) -> None:
    """The background sync waits as long as the autostash is there; a pipe that it held would stay open."""
    world.commit(world.dev, "mine", "words")
    world.mate_pushes("2_theirs")
    write_script(world.dev / ".git/hooks/pre-rebase", ": >.git/MERGE_AUTOSTASH\n")
    started = time.monotonic()
    subprocess.run(["sh", "-c", "git pull --rebase 2>&1 | cat >/dev/null"], cwd=world.dev, check=True, timeout=8)
    assert time.monotonic() - started < 8
    assert "ended" not in (world.base / "events").read_text(encoding="utf-8")
    (world.dev / ".git/MERGE_AUTOSTASH").unlink()
    assert world.syncs() == 1


def test_skip_brings_no_sync_and_the_next_pull_catches_up(world: World) -> None:
    world.mate_pushes("2_theirs")
    git(world.dev, "pull", "-q", env={"DRIFTWATCH_SKIP": "1"})
    assert world.syncs() == 0
    world.mate_pushes_other()
    git(world.dev, "pull", "-q")
    assert world.syncs() == 1


def test_a_foreign_hook_keeps_running_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path, monkeypatch)
    write_script(world.dev / ".git/hooks/post-merge", f'echo "earlier $*" >>"{tmp_path}/events"; exit 3\n')
    write_script(world.dev / ".git/hooks/post-rewrite", f'sed "s/ .*//" >>"{tmp_path}/rewritten"\n')
    world.install_driver()
    world.mate_pushes("2_theirs")
    assert run_git(world.dev, "pull", "-q").returncode == 0
    assert world.events() == ["earlier 0", "sync"]
    world.commit(world.dev, "mine", "words")
    mine = git(world.dev, "rev-parse", "HEAD").strip()
    world.mate_pushes("3_theirs")
    git(world.dev, "pull", "-q", "--rebase")
    assert world.syncs() == 2
    assert (tmp_path / "rewritten").read_text(encoding="utf-8").split() == [mine]


@pytest.mark.parametrize("outcome", ["failed", "unreachable"])
def test_a_sync_that_fails_leaves_the_pull_alone_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    world = World(tmp_path, monkeypatch)
    world.install_driver(outcome=outcome)
    world.mate_pushes("2_theirs")
    said = git(world.dev, "pull", "-q")
    assert "was not synced" in said
    assert "driftwatch sync from-remote" in said
    assert not settled(world)
    world.mate_pushes_other()
    git(world.dev, "pull", "-q")
    assert world.syncs() == 2


def test_remind_says_so_once_and_never_syncs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path, monkeypatch)
    world.install_driver("remind")
    world.mate_pushes("2_theirs")
    git(world.dev, "pull", "-q")
    world.mate_pushes_other()
    git(world.dev, "pull", "-q")
    assert world.events() == ["reminded"]


def test_off_does_nothing_and_stops_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path, monkeypatch)
    world.install_driver("off")
    world.mate_pushes("2_theirs")
    git(world.dev, "pull", "-q")
    assert world.events() == []
    world.install_recorder()
    world.mate_pushes_other()
    git(world.dev, "pull", "-q")
    assert world.calls == []


def test_a_projects_first_migrations_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path, monkeypatch, folder="later")
    world.folder = MIGRATIONS
    world.install_driver()
    world.mate_pushes("1_first")
    git(world.dev, "pull", "-q")
    assert world.syncs() == 1


def test_a_linked_worktree_syncs_once_as_well(world: World) -> None:
    linked = world.base / "linked"
    git(world.dev, "worktree", "add", "-q", "-b", "side", str(linked), "origin/main")
    world.mate_pushes("2_theirs")
    git(linked, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert world.syncs() == 1
    world.commit(linked, "mine", "words")
    world.mate_pushes("3_theirs")
    git(linked, "pull", "-q", "--rebase", "origin", "main")
    assert world.syncs() == 2


def test_a_clone_without_commits_catches_up_at_its_second_pull(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """git runs no hook when the first pull makes the branch."""
    world = World(tmp_path, monkeypatch)
    for name in ("dev", "origin.git"):
        shutil.rmtree(tmp_path / name)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    git(tmp_path, "clone", "-q", "origin.git", "dev")
    world.install_driver()
    git(world.mate, "push", "-q", "origin", "HEAD")
    git(world.dev, "pull", "-q")
    world.mate_pushes_other()
    git(world.dev, "pull", "-q")
    assert world.syncs() == 1
