"""Installing, chaining, uninstalling; and what a push and every other git command cost and call."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from driftwatch.errors import DriftwatchError
from driftwatch.git import hooks
from driftwatch.git.hooks import HOOK_NAMES, SAVED
from driftwatch.git.hooks_status import status

import hook_tools
from git_world import MIGRATIONS, World, git, run_git, write_script


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(tmp_path, monkeypatch)


def picture(folder: Path) -> dict[str, tuple[int, bytes | str]]:
    """Every file below, with mode and content (of a link: where it points)."""
    return {
        str(path.relative_to(folder)): (
            stat.S_IMODE(path.lstat().st_mode),
            str(path.readlink()) if path.is_symlink() else path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def push(world: World, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return run_git(world.dev, "push", "-q", *(args or ("origin", "HEAD")), env=env)


# -- install and uninstall


def test_uninstall_leaves_the_git_folder_as_it_was(world: World) -> None:
    before = picture(world.dev / ".git")
    world.install_recorder()
    assert picture(world.dev / ".git") != before
    hooks.uninstall(world.repo)
    assert picture(world.dev / ".git") == before
    assert not (world.dev / ".git/driftwatch").exists()


def test_two_installs_are_one(world: World) -> None:
    recorder = world.install_recorder()
    first = picture(world.dev / ".git/hooks")
    again = hooks.install(world.repo, MIGRATIONS, python=str(recorder))
    assert again.changes == ()
    assert picture(world.dev / ".git/hooks") == first


def test_the_scripts_are_posix_sh_with_unix_line_ends_and_executable(world: World) -> None:
    world.install_recorder()
    for name in HOOK_NAMES:
        path = world.repo.hooks_path() / name
        content = path.read_bytes()
        assert content.startswith(b"#!/bin/sh\n")
        assert b"\r" not in content
        assert os.access(path, os.X_OK)
        subprocess.run(["sh", "-n", str(path)], check=True)


def test_foreign_hooks_come_back_byte_for_byte_with_mode_and_as_links(world: World) -> None:
    folder = world.dev / ".git/hooks"
    (folder / "pre-push").write_bytes(b"#!/bin/sh\r\n\xff\n")
    (folder / "pre-push").chmod(0o741)
    (folder / "post-merge").write_bytes(b"not executable")
    (folder / "post-merge").chmod(0o604)
    (folder / "post-commit").symlink_to("../../scripts/hook")
    before = picture(folder)
    world.install_recorder()
    world.install_recorder()
    assert {name: picture(folder)[name + SAVED] for name in ("pre-push", "post-merge", "post-commit")} == {
        name: before[name] for name in ("pre-push", "post-merge", "post-commit")
    }
    hooks.uninstall(world.repo)
    assert picture(folder) == before


def test_a_hook_put_in_our_place_is_never_touched(world: World) -> None:
    folder = world.dev / ".git/hooks"
    write_script(folder / "pre-push", "echo first\n")
    world.install_recorder()
    theirs = write_script(folder / "pre-push", "echo another tool\n").read_bytes()
    with pytest.raises(DriftwatchError, match="is not driftwatch's"):
        world.install_recorder()
    plan = hooks.uninstall(world.repo)
    assert (folder / "pre-push").read_bytes() == theirs
    assert (folder / ("pre-push" + SAVED)).exists()
    assert [step.do for step in plan.steps if step.path.name.startswith("pre-push")] == ["leave"]


def test_status_says_what_is_installed_outdated_foreign_and_missing(world: World) -> None:
    repo, folder = world.repo, world.dev / ".git/hooks"
    assert set(status(repo, MIGRATIONS).hooks.values()) == {"missing"}
    write_script(folder / "post-commit", "true\n")
    hooks.install(repo, MIGRATIONS)
    good = status(repo, MIGRATIONS)
    assert good.ok
    assert good.chained == ("post-commit",)
    assert status(repo, "db/migrations").hooks["pre-push"] == "outdated"
    (folder / "pre-push").chmod(0o644)
    (folder / "post-merge").unlink()
    write_script(folder / "post-rewrite", "true\n")
    found = status(repo, MIGRATIONS).hooks
    assert [found[name] for name in ("pre-push", "post-merge", "post-rewrite")] == [
        "not executable",
        "missing",
        "foreign",
    ]


def test_a_plain_hooks_path_is_used_and_a_folder_made_for_it_goes_again(world: World) -> None:
    world.repo.config_set("core.hooksPath", ".githooks")
    plan = hooks.plan_install(world.repo, MIGRATIONS)
    assert any("work tree" in note for note in plan.notes)
    world.install_recorder()
    world.migration(world.dev, "2_second")
    push(world)
    assert len([call for call in world.calls if "hook pre-push" in call]) == 1
    hooks.uninstall(world.repo)
    assert not (world.dev / ".githooks").exists()


def test_a_hooks_folder_of_all_repositories_is_not_filled_for_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook_tools.older_git()
    shared = world.base / "all-my-hooks"
    (world.base / "gitconfig").write_text(f"[core]\n\thooksPath = {shared}\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(world.base / "gitconfig"))
    with pytest.raises(DriftwatchError, match="your own git configuration"):
        hooks.install(world.repo, MIGRATIONS)
    assert not shared.exists()


# -- before a push


def test_a_push_that_changes_migrations_calls_driftwatch_with_gits_arguments_and_input(world: World) -> None:
    recorder = world.install_recorder()
    world.migration(world.dev, "2_second")
    old, new = (git(world.dev, "rev-parse", rev).strip() for rev in ("HEAD~1", "HEAD"))
    assert push(world).returncode == 0
    assert recorder.exists()
    assert world.calls == [
        f"-P -m driftwatch hook pre-push origin {world.origin}",
        f"input: HEAD {new} refs/heads/main {old}",
    ]


def test_the_exit_code_stops_the_push(world: World) -> None:
    world.install_recorder(exit_code=1)
    world.migration(world.dev, "2_second")
    assert push(world).returncode != 0
    assert git(world.origin, "rev-parse", "main") != git(world.dev, "rev-parse", "main")


@pytest.mark.parametrize(
    "args",
    [
        ("origin", "HEAD:refs/heads/new"),
        ("origin", "HEAD~0:main"),
        ("--dry-run", "origin", "main"),
        ("origin", "v1"),
        ("--force", "origin", "main"),
        ("origin", "main", "HEAD:refs/heads/second", "v1"),
        ("--atomic", "origin", "v1", ":refs/heads/old", "main"),
        ("--all", "origin"),
        ("--tags", "origin"),
        ("--follow-tags", "origin", "main"),
        ("--mirror", "origin"),
    ],
)
def test_every_form_of_push_with_a_new_migration_asks_once(world: World, args: tuple[str, ...]) -> None:
    git(world.dev, "push", "-q", "origin", "main:old")
    world.install_recorder()
    world.migration(world.dev, "2_second")
    git(world.dev, "tag", "-a", "-m", "one", "v1")
    push(world, *args)
    assert len([call for call in world.calls if "hook pre-push" in call]) == 1


@pytest.mark.parametrize(
    "args",
    [
        ("origin", "main"),
        ("origin", "main:refs/heads/new"),
        ("origin", ":side"),
        ("origin", "v1"),
        ("--force", "origin", "main~1:side"),
        ("origin", "HEAD@{0 days ago}:refs/heads/spaces"),
        ("origin", "origin/main:main"),
        ("--atomic", "origin", ":side", "main", "v1"),
        ("--all", "origin"),
        ("--tags", "origin"),
        ("--delete", "origin", "side"),
    ],
)
def test_no_form_of_push_without_a_migration_starts_python(world: World, args: tuple[str, ...]) -> None:
    git(world.dev, "push", "-q", "origin", "main:side")
    git(world.dev, "fetch", "-q")
    world.install_recorder(exit_code=1)
    world.commit(world.dev, "README", "words")
    git(world.dev, "tag", "v1")
    assert push(world, *args).returncode == 0
    assert world.calls == []


def test_a_remote_commit_that_is_unknown_here_is_no_trouble(world: World) -> None:
    world.install_recorder()
    world.mate_pushes_other()
    world.commit(world.dev, "other", "words")
    assert push(world, "--force", "origin", "main").returncode == 0
    assert world.calls == []
    git(world.mate, "pull", "-q", "--rebase")
    world.mate_pushes_other("more")
    world.migration(world.dev, "2_second")
    push(world, "--force", "origin", "main")
    assert "hook pre-push" in world.calls[0]


def test_skip_lets_the_push_out_and_no_verify_too(world: World) -> None:
    world.install_recorder(exit_code=1)
    world.migration(world.dev, "2_second")
    assert push(world, DRIFTWATCH_SKIP="1").returncode == 0
    world.migration(world.dev, "3_third")
    assert push(world, "--no-verify").returncode == 0
    assert world.calls == []


def test_an_earlier_hook_runs_first_with_the_same_arguments_and_input(world: World) -> None:
    log = world.base / "earlier"
    write_script(world.dev / ".git/hooks/pre-push", f'echo "$0 $*" >>"{log}"; cat >>"{log}"\n')
    world.install_recorder()
    world.migration(world.dev, "2_second")
    push(world, DRIFTWATCH_SKIP="1")
    seen = log.read_text(encoding="utf-8").splitlines()
    assert seen[0].endswith(f"pre-push{SAVED} origin {world.origin}")
    assert seen[1].startswith("HEAD ")
    world.migration(world.dev, "3_third")
    push(world)
    assert world.calls[1] == "input: " + log.read_text(encoding="utf-8").splitlines()[3]


def test_an_earlier_hook_that_fails_stops_the_push_before_driftwatch_is_asked(world: World) -> None:
    write_script(world.dev / ".git/hooks/pre-push", "exit 3\n")
    world.install_recorder()
    world.migration(world.dev, "2_second")
    assert push(world).returncode != 0
    assert world.calls == []


def test_an_earlier_hook_that_ignores_its_input_is_no_trouble(world: World) -> None:
    write_script(world.dev / ".git/hooks/pre-push", "exit 0\n")
    world.install_recorder()
    world.migration(world.dev, "2_second")
    assert push(world).returncode == 0
    assert len(world.calls) == 2


def test_an_earlier_hook_that_git_ignored_stays_ignored(world: World) -> None:
    write_script(world.dev / ".git/hooks/pre-push", "exit 3\n", mode=0o644)
    world.install_recorder()
    world.migration(world.dev, "2_second")
    assert push(world).returncode == 0
    assert len(world.calls) == 2


# -- what the hooks do without driftwatch, and what they cost


def lose_driftwatch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the stored interpreter nor any driftwatch on PATH; sh and git stay."""
    (world.base / "recorder").unlink(missing_ok=True)
    tools = world.base / "tools"
    tools.mkdir()
    for name in ("git", "sh", "cat"):
        found = shutil.which(name)
        assert found is not None
        (tools / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tools))


def test_without_driftwatch_a_push_of_migrations_says_how_to_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.install_recorder()
    world.migration(world.dev, "2_second")
    lose_driftwatch(world, monkeypatch)
    stopped = push(world)
    assert stopped.returncode != 0
    for words in ("driftwatch hooks install", "git push --no-verify", "DRIFTWATCH_SKIP=1", "recorder"):
        assert words in stopped.stdout
    assert push(world, DRIFTWATCH_SKIP="1").returncode == 0


def test_without_driftwatch_a_pull_goes_through_and_says_how_to_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.install_recorder()
    world.mate_pushes("2_second")
    lose_driftwatch(world, monkeypatch)
    pulled = run_git(world.dev, "pull", "-q")
    assert pulled.returncode == 0
    assert "driftwatch hooks install" in pulled.stdout
    assert (world.dev / MIGRATIONS / "2_second.sql").exists()


def test_an_interpreter_that_lost_driftwatch_is_as_good_as_none_and_path_is_tried(world: World) -> None:
    recorder = world.install_recorder()
    write_script(recorder, "exit 1\n")
    calls = world.base / "calls"
    write_script(world.base / "bin/driftwatch", f'echo "from PATH: $*" >>"{calls}"\n')
    world.migration(world.dev, "2_second")
    assert push(world, PATH=f"{world.base / 'bin'}:{os.environ['PATH']}").returncode == 0
    assert world.calls == [f"from PATH: hook pre-push origin {world.origin}"]


def test_no_python_starts_when_no_migration_changed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hook runs, with an interpreter and a python on PATH that would leave a mark."""
    mark = world.base / "python-was-started"
    trap = write_script(world.base / "trap/python3", f': >"{mark}"\n')
    for name in ("python", "driftwatch"):
        shutil.copy(trap, trap.with_name(name))
    hooks.install(world.repo, MIGRATIONS, python=str(trap))
    lose_driftwatch(world, monkeypatch)
    monkeypatch.setenv("PATH", f"{trap.parent}:{os.environ['PATH']}")
    world.commit(world.dev, "README", "words")
    push(world)
    git(world.mate, "pull", "-q", "--rebase", "origin", "main")
    world.mate_pushes_other("one")
    git(world.dev, "pull", "-q")
    world.mate_pushes_other("two")
    world.commit(world.dev, "mine", "words")
    git(world.dev, "pull", "-q", "--rebase")
    world.mate_pushes_other("three")
    git(world.dev, "pull", "-q", "--no-rebase", "--no-edit")
    git(world.dev, "checkout", "-q", "-b", "side")
    git(world.dev, "checkout", "-q", "main")
    git(world.dev, "commit", "-q", "--amend", "-m", "again")
    push(world)
    assert not mark.exists()
    world.migration(world.dev, "2_second")
    assert not mark.exists(), "the user's own migration is no pull"
    push(world)
    assert mark.exists(), "the trap works"


def test_after_ones_own_migration_a_pull_without_one_still_starts_no_python(world: World) -> None:
    world.install_recorder()
    world.migration(world.dev, "2_mine")
    git(world.dev, "commit", "-q", "--amend", "-m", "amended")
    world.mate_pushes_other()
    git(world.dev, "pull", "-q", "--rebase")
    world.mate_pushes_other("more")
    git(world.dev, "pull", "-q", "--no-rebase", "--no-edit")
    assert world.calls == []


# -- where the repository lies


def test_names_with_spaces_quotes_and_umlauts_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = tmp_path / "it's a größer $HOME"
    base.mkdir()
    world = World(base, monkeypatch, folder="dä tabase/my 'migrations' [1]*")
    world.install_recorder(project="dä tabase")
    world.commit(world.dev, "dä tabase/my 'migrations' 1 is matched as a pattern", "words")
    push(world)
    assert world.calls == []
    world.migration(world.dev, "2_zweite Änderung")
    push(world)
    assert world.calls[0] == f"-P -m driftwatch --project dä tabase hook pre-push origin {world.origin}"
    git(world.mate, "pull", "-q")
    world.mate_pushes("3_x")
    git(world.dev, "pull", "-q")
    assert world.calls[2] == "-P -m driftwatch --project dä tabase hook post-merge 0"


def test_migrations_at_the_repository_root_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path, monkeypatch, folder=".")
    world.install_recorder()
    world.mate_pushes("2_second")
    git(world.dev, "pull", "-q")
    world.migration(world.dev, "3_third")
    push(world)
    assert [call.split()[4] for call in world.calls if "hook" in call] == ["post-merge", "pre-push"]


def test_a_linked_worktree_uses_the_same_hooks(world: World) -> None:
    world.install_recorder()
    linked = world.base / "linked"
    git(world.dev, "worktree", "add", "-q", "-b", "side", str(linked), "origin/main")
    assert world.calls == []
    world.commit(linked, "README", "words")
    git(linked, "push", "-q", "origin", "side")
    assert world.calls == []
    world.migration(linked, "2_second")
    git(linked, "push", "-q", "origin", "side")
    assert len(world.calls) == 2
    world.mate_pushes("3_third")
    git(linked, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert world.calls[2:] == ["-P -m driftwatch hook post-merge 0"]


def test_a_foreign_post_checkout_keeps_its_exit_code(world: World) -> None:
    """git 2.39 makes 1 of every failure; the hook itself hands on what it was given."""
    write_script(world.dev / ".git/hooks/post-checkout", "exit 7\n")
    world.install_recorder()
    assert run_git(world.dev, "checkout", "-q", "-b", "side").returncode != 0
    hook = [str(world.dev / ".git/hooks/post-checkout"), "HEAD", "HEAD", "1"]
    assert subprocess.run(hook, cwd=world.dev, check=False).returncode == 7
