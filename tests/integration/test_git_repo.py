from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from driftwatch.errors import DriftwatchError
from driftwatch.git.repo import Repo, clean_environment, git_version

from git_world import MIGRATIONS, World, git, isolate_git

NO_COMMIT = "0" * 40


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(tmp_path, monkeypatch)


@pytest.fixture
def push(world: World) -> Callable[..., bool]:
    """Whether pushing HEAD of dev (or another sha) over what the remote has would bring migrations."""

    def ask(remote_sha: str | None = None, local: str = "HEAD", remote: str = "origin") -> bool:
        known = remote_sha or git(world.dev, "rev-parse", "origin/main").strip()
        return world.repo.commits_touching(world.repo.commit_id(local), remote, known, MIGRATIONS)

    return ask


def test_a_repository_is_found_from_a_folder_inside_it(world: World) -> None:
    found = Repo.find(world.dev / "supabase")
    assert found == Repo(world.dev, world.dev / ".git", world.dev / ".git")


def test_outside_and_in_a_bare_repository_there_is_none(world: World) -> None:
    assert Repo.find(world.base) is None
    assert Repo.find(world.origin) is None


def test_a_linked_worktree_has_its_own_git_dir_and_shares_the_common_one(world: World) -> None:
    git(world.dev, "worktree", "add", "-q", str(world.base / "linked"))
    found = Repo.find(world.base / "linked")
    assert found is not None
    assert found.git_dir == world.dev / ".git/worktrees/linked"
    assert found.common_dir == world.dev / ".git"
    assert found.hooks_path() == world.dev / ".git/hooks"


def test_what_the_calling_git_left_in_the_environment_leads_nowhere_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(world.mate / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(world.mate))
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    assert world.repo.root == world.dev
    assert world.repo.uncommitted_paths(MIGRATIONS) == ()


def test_cleaning_keeps_how_git_connects_and_who_the_user_is() -> None:
    kept = {"PATH": "p", "GIT_SSH_COMMAND": "s", "GIT_CONFIG_KEY_0": "k", "GIT_AUTHOR_NAME": "a"}
    assert clean_environment(kept | {"GIT_DIR": "x", "GIT_PREFIX": "", "GIT_QUARANTINE_PATH": "q"}) == kept


def test_a_missing_git_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = world.repo
    monkeypatch.setenv("PATH", str(world.base))
    with pytest.raises(DriftwatchError, match="git was not found on PATH"):
        repo.head()


def test_a_refusal_carries_gits_own_words(world: World) -> None:
    with pytest.raises(DriftwatchError, match="Needed a single revision"):
        world.repo.commit_id("no-such-branch")
    with pytest.raises(DriftwatchError, match="knows no revision no-such-branch"):
        world.repo.tree_id("no-such-branch", MIGRATIONS)


def test_a_revision_that_looks_like_an_option_is_none(world: World) -> None:
    with pytest.raises(DriftwatchError):
        world.repo.tree_id("--batch-all-objects", MIGRATIONS)
    with pytest.raises(DriftwatchError):
        world.repo.commit_id("--all")


def test_a_missing_folder_is_named(world: World) -> None:
    with pytest.raises(DriftwatchError, match="no folder"):
        Repo.find(world.base / "not-there")


def test_head_is_none_before_the_first_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate_git(monkeypatch, tmp_path / "home")
    git(tmp_path, "init", "-q", str(tmp_path / "new"))
    fresh = Repo.find(tmp_path / "new")
    assert fresh is not None
    assert (fresh.head(), fresh.last_commit_of("x"), fresh.upstream()) == (None, None, None)


def test_the_tree_id_changes_with_the_migrations_only(world: World) -> None:
    repo = world.repo
    before = repo.tree_id("HEAD", MIGRATIONS)
    world.commit(world.dev, "README", "words")
    assert repo.tree_id("HEAD", MIGRATIONS) == before
    world.migration(world.dev, "2_second")
    assert repo.tree_id("HEAD", MIGRATIONS) not in (before, None)
    assert repo.tree_id("HEAD~1", MIGRATIONS) == before


def test_a_folder_that_is_missing_or_a_file_has_no_tree_id(world: World) -> None:
    assert world.repo.tree_id("HEAD", "nowhere") is None
    assert world.repo.tree_id("HEAD", f"{MIGRATIONS}/1_first.sql") is None
    assert world.repo.files_at("HEAD", "nowhere") == {}


def test_files_come_from_the_revision_with_any_name_and_content(world: World) -> None:
    contents = {"2_ü b.sql": b"-- \xff\x00\r\n", "3_empty.sql": b"", "1_first.sql": b"select 1;\n"}
    for name, content in contents.items():
        (world.dev / MIGRATIONS / name).write_bytes(content)
    odd = os.fsdecode(b"4_\xe9.sql")
    (world.dev / MIGRATIONS / odd).write_bytes(b"latin")
    (world.dev / MIGRATIONS / "inner").mkdir()
    (world.dev / MIGRATIONS / "inner/9_below.sql").write_bytes(b"not a migration")
    git(world.dev, "add", ".")
    git(world.dev, "commit", "-q", "-m", "many")
    (world.dev / MIGRATIONS / "1_first.sql").write_bytes(b"edited in the work tree")
    assert world.repo.files_at("HEAD", MIGRATIONS) == contents | {odd: b"latin"}


def test_a_push_of_a_migration_touches(world: World, push: Callable[..., bool]) -> None:
    world.migration(world.dev, "2_second")
    assert push()
    assert push(NO_COMMIT)
    assert push("1" * 40), "a remote sha that is unknown here"


def test_a_push_of_something_else_does_not_touch(world: World, push: Callable[..., bool]) -> None:
    world.commit(world.dev, "README", "words")
    assert not push()
    assert not push(NO_COMMIT), "a new branch: what the remote has elsewhere is known"
    assert not push("1" * 40)


def test_a_push_to_a_remote_that_was_never_fetched_brings_everything(push: Callable[..., bool]) -> None:
    assert push(NO_COMMIT, remote="https://example.com/other.git")


def test_a_push_that_goes_back_brings_nothing(world: World, push: Callable[..., bool]) -> None:
    world.migration(world.dev, "2_second")
    git(world.dev, "push", "-q", "origin", "main")
    assert not push(local="HEAD~1")


def test_the_last_commit_of_a_file_has_author_and_date(world: World) -> None:
    world.migration(world.dev, "2_second")
    world.commit(world.dev, "README", "words")
    found = world.repo.last_commit_of(f"{MIGRATIONS}/2_second.sql")
    assert found is not None
    assert found.sha == world.repo.commit_id("HEAD~1")
    assert (found.author, found.subject) == ("Ada <ada@example.com>", f"change {MIGRATIONS}/2_second.sql")
    assert found.date.startswith("20")
    assert "T" in found.date
    assert world.repo.last_commit_of("nowhere") is None


def test_uncommitted_paths_are_those_of_the_folder(world: World) -> None:
    (world.dev / "README").write_text("new", encoding="utf-8")
    (world.dev / MIGRATIONS / "1_first.sql").write_text("edited", encoding="utf-8")
    (world.dev / MIGRATIONS / "3_ü b.sql").write_text("new", encoding="utf-8")
    assert world.repo.uncommitted_paths(MIGRATIONS) == (f"{MIGRATIONS}/1_first.sql", f"{MIGRATIONS}/3_ü b.sql")


def test_pathspec_magic_in_a_folder_name_is_taken_literally(world: World) -> None:
    for path in ("[ab]/x.sql", "a/y.sql"):
        (world.dev / path).parent.mkdir()
        (world.dev / path).write_text("1", encoding="utf-8")
    assert world.repo.uncommitted_paths("[ab]") == ("[ab]/x.sql",)


def test_branch_upstream_and_distance(world: World) -> None:
    repo = world.repo
    world.commit(world.dev, "README", "words")
    assert (repo.branch(), repo.upstream()) == ("main", "origin/main")
    assert repo.ahead_behind("origin/main") == (1, 0)
    git(world.dev, "checkout", "-q", "--detach")
    assert (repo.branch(), repo.upstream()) == (None, None)


def test_a_merge_and_a_rebase_under_way_are_seen(world: World) -> None:
    repo = world.repo
    assert not repo.has_merge_parent()
    git(world.dev, "checkout", "-q", "-b", "side")
    world.commit(world.dev, "same", "side")
    git(world.dev, "checkout", "-q", "main")
    world.commit(world.dev, "same", "main")
    git(world.dev, "rebase", "side", ok=False)
    assert repo.in_rebase()
    git(world.dev, "rebase", "--abort")
    assert not repo.in_rebase()
    git(world.dev, "merge", "-q", "-X", "ours", "side", "-m", "merge")
    assert repo.has_merge_parent()


def test_the_scope_of_a_config_key_is_known(world: World) -> None:
    repo = world.repo
    assert repo.config_scope("driftwatch.x") is None
    repo.config_set("driftwatch.x", "a ü")
    assert repo.config_scope("driftwatch.x") == "local"


def test_user_and_remotes(world: World) -> None:
    assert world.repo.user() == "Ada <ada@example.com>"
    assert world.repo.remotes() == ("origin",)
    assert world.repo.remote_url("origin") == str(world.origin)
    assert world.repo.remote_url("nowhere") is None


def test_the_version_of_git_is_a_tuple() -> None:
    assert git_version() >= (2, 31)
