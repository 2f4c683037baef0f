"""husky, lefthook, pre-commit, git-lfs and git's own config: installed into, started by, taken out of again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from driftwatch.errors import DriftwatchError
from driftwatch.git import hooks
from driftwatch.git.hooks_status import status

import hook_tools
from git_world import MIGRATIONS, World, git, run_git, write_script


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(tmp_path, monkeypatch)


@pytest.fixture(params=hook_tools.TOOLS)
def tool(
    request: pytest.FixtureRequest, cache_dir: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> hook_tools.Tool:
    made = hook_tools.TOOLS[request.param](cache_dir)
    monkeypatch.setenv("PATH", str(made.programs), prepend=":")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(world.base / "pre-commit-home"))
    made.set_up(world)
    return made


def files(root: Path) -> dict[str, bytes]:
    """Every file of the work tree that git would show, and the hooks."""
    found = [path for path in root.rglob("*") if path.is_file() and ".git/" not in f"{path.relative_to(root)}"]
    found += [path for path in (root / ".git/hooks").iterdir() if path.is_file()]
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(found)}


def theirs(world: World) -> str:
    """What the team's own hook saw."""
    file = world.base / "theirs"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def commit_all(world: World) -> None:
    git(world.dev, "add", "-A")
    git(world.dev, "commit", "-q", "--allow-empty", "-m", "the hooks")


def called(world: World) -> list[str]:
    """The hooks that started driftwatch."""
    return [line.split(" hook ")[1].split()[0] for line in world.calls if " hook " in line]


def test_installed_into_the_manager_it_runs_once_beside_the_teams_own_and_goes_again(
    world: World, tool: hook_tools.Tool
) -> None:
    before = files(world.dev)
    recorder = world.install_recorder()
    assert hooks.install(world.repo, MIGRATIONS, python=str(recorder)).changes == ()
    tool.start(world)
    found = status(world.repo, MIGRATIONS, python=str(recorder))
    assert (found.ok, found.problems) == (True, ())
    assert found.called_from["pre-push"] == str(world.dev / tool.file)
    commit_all(world)
    world.mate_pushes_other()
    git(world.dev, "pull", "-q", "--rebase", "origin", "main")
    git(world.dev, "push", "-q", "origin", "HEAD:main")
    git(world.dev, "checkout", "-q", "-b", "side")
    assert world.calls == [], "nothing of this brought a migration"

    world.migration(world.dev, "2_second")
    sha = git(world.dev, "rev-parse", "HEAD").strip()
    git(world.dev, "push", "-q", "origin", "HEAD:refs/heads/side")
    assert called(world) == ["pre-push"]
    assert sha in world.calls[1], "the pushed commit is known"
    assert sha in theirs(world), "the team's own hook has had its input, too"
    git(world.mate, "pull", "-q", "--no-rebase", "origin", "main")
    world.mate_pushes("3_third")
    git(world.dev, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert called(world) == ["pre-push", "post-merge"]

    git(world.dev, "checkout", "-q", "-B", "main", "origin/main")
    hooks.uninstall(world.repo)
    tool.start(world)
    after = files(world.dev)
    own = {name for name in after if name.startswith(".git/hooks/")} - set(before)
    assert {name: text for name, text in after.items() if name in before} == before
    assert not own or tool.name == "lefthook", "lefthook leaves the hooks that it once made"
    assert not (world.dev / ".git/driftwatch").exists()


def test_a_failure_stops_the_push(world: World, tool: hook_tools.Tool) -> None:
    world.install_recorder(exit_code=1)
    tool.start(world)
    commit_all(world)
    world.migration(world.dev, "2_second")
    assert run_git(world.dev, "push", "origin", "HEAD:main").returncode != 0
    assert called(world) == ["pre-push"]
    assert git(world.origin, "rev-parse", "main") != git(world.dev, "rev-parse", "HEAD")


def test_every_ref_of_a_push_is_looked_at(world: World, tool: hook_tools.Tool) -> None:
    world.install_recorder(exit_code=1)
    tool.start(world)
    commit_all(world)
    two_branches(world)
    first, second = (git(world.dev, "rev-parse", name).strip() for name in ("first", "second"))
    assert run_git(world.dev, "push", "origin", "first", "second").returncode != 0
    assert called(world) == ["pre-push"]
    assert [line.split()[-3:-1] for line in world.calls[1:]] == [
        [first, "refs/heads/first"],
        [second, "refs/heads/second"],
    ]
    assert "second" not in git(world.origin, "branch")


def two_branches(world: World) -> None:
    """`first` brings no migration to origin, `second` does."""
    git(world.dev, "checkout", "-q", "-b", "first")
    world.commit(world.dev, "words", "words")
    git(world.dev, "checkout", "-q", "-b", "second")
    world.migration(world.dev, "2_second")


@pytest.fixture
def only_the_config(cache_dir: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A clone where pre-commit runs, and driftwatch is known from the team's .pre-commit-config.yaml alone."""
    made = hook_tools.pre_commit(cache_dir)
    monkeypatch.setenv("PATH", str(made.programs), prepend=":")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(world.base / "pre-commit-home"))
    made.set_up(world)
    world.install_recorder()
    commit_all(world)
    (world.dev / ".git/hooks/pre-push.legacy").unlink()
    return world


def test_the_refs_that_pre_commit_keeps_to_itself_are_named(only_the_config: World) -> None:
    world = only_the_config
    assert any("first ref" in problem for problem in status(world.repo, MIGRATIONS).problems)
    two_branches(world)
    pushed = git(world.dev, "push", "origin", "first", "second")
    assert called(world) == []
    assert "pre-commit hands on only the first ref of a push: refs/heads/first" in pushed
    assert "should the push bring them, too: second\n" in pushed
    assert "should the push bring them" not in git(world.dev, "push", "origin", "HEAD~1:refs/heads/more")


def test_a_first_push_of_everything_is_looked_at_under_pre_commit(only_the_config: World) -> None:
    world = only_the_config
    git(world.base, "init", "-q", "--bare", "empty.git")
    git(world.dev, "remote", "add", "empty", str(world.base / "empty.git"))
    git(world.dev, "push", "-q", "empty", "HEAD:refs/heads/main")
    assert called(world) == ["pre-push"]
    assert git(world.dev, "rev-parse", "HEAD").strip() in world.calls[1]


def test_an_earlier_hook_that_pre_commit_calls_goes_on_running_and_comes_back(
    world: World, cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = write_script(world.dev / ".git/hooks/pre-push", f'cat >>"{world.base}/theirs"\n').read_bytes()
    made = hook_tools.pre_commit(cache_dir)
    monkeypatch.setenv("PATH", str(made.programs), prepend=":")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(world.base / "pre-commit-home"))
    made.set_up(world)
    before = files(world.dev)
    recorder = world.install_recorder()
    commit_all(world)
    two_branches(world)
    git(world.dev, "push", "-q", "origin", "first", "second")
    assert called(world) == ["pre-push"]
    assert "refs/heads/second" in theirs(world)
    git(world.dev, "reset", "-q", "--hard", "origin/main")
    hooks.uninstall(world.repo)
    assert files(world.dev) == before
    hooks.install(world.repo, MIGRATIONS, python=str(recorder))
    subprocess.run([made.programs / "pre-commit", "uninstall", "-t", "pre-push"], cwd=world.dev, check=True)
    hooks.uninstall(world.repo)
    assert (world.dev / ".git/hooks/pre-push").read_bytes() == earlier


def test_a_clone_without_driftwatch_is_told_and_not_stopped(world: World, tool: hook_tools.Tool) -> None:
    world.install_recorder()
    tool.start(world)
    (world.dev / ".git/driftwatch/hooks/pre-push").unlink()
    commit_all(world)
    world.migration(world.dev, "2_second")
    path = f"{tool.programs}:/usr/bin:/bin"
    pushed = run_git(world.dev, "push", "origin", "HEAD:main", env={"PATH": path})
    assert pushed.returncode == 0, pushed.stdout
    assert "driftwatch is not installed here: migrations are not proved" in pushed.stdout


def test_a_teammates_clone_makes_its_own_scripts_when_first_called(world: World, tool: hook_tools.Tool) -> None:
    world.install_recorder()
    tool.start(world)
    own = world.dev / ".git/driftwatch/hooks"
    whole = {path.name: path.read_bytes() for path in own.iterdir()}
    for path in own.iterdir():
        path.unlink()
    commit_all(world)
    write_script(world.base / "bin/driftwatch", f'exec "{sys.executable}" -P -m driftwatch "$@"\n')
    pushed = run_git(
        world.dev, "push", "origin", "HEAD:main", env={"PATH": f"{world.base / 'bin'}:{os.environ['PATH']}"}
    )
    assert pushed.returncode == 0, pushed.stdout
    assert {path.name: path.read_bytes() for path in own.iterdir()} == whole


def test_in_a_teammates_clone_the_status_is_what_the_committed_lines_do(
    world: World, tool: hook_tools.Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.install_recorder()
    tool.start(world)
    for path in (world.dev / ".git/driftwatch/hooks").iterdir():
        path.unlink()
    monkeypatch.setenv("PATH", f"{tool.programs}:/usr/bin:/bin")
    found = status(world.repo, MIGRATIONS)
    assert set(found.hooks.values()) == {"skipped"}
    assert "no driftwatch is on PATH" in found.problems[0]
    write_script(world.base / "bin/driftwatch", "true\n")
    monkeypatch.setenv("PATH", str(world.base / "bin"), prepend=":")
    found = status(world.repo, MIGRATIONS)
    assert (found.ok, found.problems) == (True, ())
    assert found.called_from["pre-push"] == str(world.dev / tool.file)


def test_a_manager_that_is_not_started_is_named(world: World, tool: hook_tools.Tool) -> None:
    world.install_recorder()
    git(world.dev, "config", "core.hooksPath", ".git/hooks" if tool.name == "husky" else "elsewhere")
    found = status(world.repo, MIGRATIONS, python=str(world.base / "recorder"))
    assert set(found.hooks.values()) == {"not run"}
    assert any(tool.name in problem for problem in found.problems)


def test_older_lines_of_ours_are_replaced(world: World, tool: hook_tools.Tool) -> None:
    before = files(world.dev)
    recorder = world.install_recorder()
    path = world.dev / tool.file
    new = path.read_bytes()
    path.write_bytes(new.replace(b"command -v driftwatch", b"command -v older"))
    assert status(world.repo, MIGRATIONS, python=str(recorder)).hooks["pre-push"] == "outdated"
    hooks.install(world.repo, MIGRATIONS, python=str(recorder))
    assert path.read_bytes() == new
    hooks.uninstall(world.repo)
    assert files(world.dev) == before


def test_a_manager_installed_after_us_takes_us_along(
    world: World, cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_script(world.dev / ".git/hooks/pre-push", "echo first\n")
    recorder = world.install_recorder()
    made = hook_tools.lefthook(cache_dir)
    made.set_up(world)
    found = status(world.repo, MIGRATIONS, python=str(recorder))
    assert found.hooks["pre-push"] == "missing"
    assert any("moved driftwatch's pre-push aside" in problem for problem in found.problems)
    hooks.install(world.repo, MIGRATIONS, python=str(recorder))
    made.start(world)
    assert status(world.repo, MIGRATIONS, python=str(recorder)).ok
    assert (world.dev / ".git/hooks/pre-push.old").read_text() == "#!/bin/sh\necho first\n"


def test_what_a_person_wrote_is_left_as_it_is_and_counts(world: World) -> None:
    ids = "".join(f"  - id: driftwatch-{name}\n" for name in hooks.HOOK_NAMES[:-1])
    text = f"repos:\n- repo: https://example.com/driftwatch\n  rev: v1\n  hooks:\n{ids}"
    (world.dev / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
    for name in hooks.HOOK_NAMES:
        write_script(world.dev / ".git/hooks" / name, "# File generated by pre-commit\n")
    recorder = world.install_recorder()
    assert (world.dev / ".pre-commit-config.yaml").read_text(encoding="utf-8") == text
    found = status(world.repo, MIGRATIONS, python=str(recorder)).hooks
    assert [found[name] for name in hooks.HOOK_NAMES] == ["installed"] * 4 + ["missing"]


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        (".pre-commit-config.yaml", "repos: []\n", "pre-commit"),
        (".pre-commit-config.yaml", "{repos: [{repo: local, hooks: []}]}\n", "pre-commit"),
        (".pre-commit-config.yaml", "repos: &all\n- repo: local\n", "pre-commit"),
        ("lefthook.yml", "pre-push: {jobs: [{run: 'true'}]}\n", "lefthook"),
        ("lefthook.yml", "'pre-push':\n  jobs:\n  - run: x\n", "lefthook"),
        ("lefthook.yml", "pre-push:\n  jobs: *theirs\n", "lefthook"),
        ("lefthook.toml", "[pre-push.commands.x]\nrun = 'true'\n", "lefthook"),
    ],
)
def test_where_a_line_is_not_surely_right_it_is_shown_and_nothing_is_changed(
    world: World, file: str, text: str, name: str
) -> None:
    hook_tools.older_git()
    (world.dev / file).write_text(text, encoding="utf-8")
    before = files(world.dev)
    with pytest.raises(DriftwatchError, match=f"managed by {name}") as refused:
        hooks.install(world.repo, MIGRATIONS)
    assert "driftwatch hooks run pre-push" in refused.value.next_step
    assert files(world.dev) == before


def test_git_lfs_keeps_running_first_and_its_hooks_come_back(world: World) -> None:
    hook_tools.git_lfs()
    git(world.dev, "lfs", "install", "--local")
    before = files(world.dev)
    recorder = world.install_recorder()
    assert status(world.repo, MIGRATIONS, python=str(recorder)).ok
    (world.dev / ".gitattributes").write_text("*.bin filter=lfs diff=lfs merge=lfs -text\n")
    world.commit(world.dev, "one.bin", "large")
    world.migration(world.dev, "2_second")
    git(world.dev, "push", "-q", "origin", "HEAD:main")
    assert called(world) == ["pre-push"]
    assert list((world.origin / "lfs").rglob("*")), "the large file was pushed by git-lfs's own hook"
    git(world.dev, "lfs", "update", "--force")
    hooks.install(world.repo, MIGRATIONS, python=str(recorder))
    hooks.uninstall(world.repo)
    assert {name: text for name, text in files(world.dev).items() if name in before} == before


def test_a_newer_git_calls_us_from_its_config_where_no_file_is_ours_to_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(hook_tools.newer_git()), prepend=":")
    shared = world.base / "all-my-hooks"
    (world.base / "gitconfig").write_text(f"[core]\n\thooksPath = {shared}\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(world.base / "gitconfig"))
    theirs_there = write_script(shared / "pre-push", f'cat >>"{world.base}/theirs"\n').read_bytes()
    before, config = files(world.dev), (world.dev / ".git/config").read_bytes()
    recorder = world.install_recorder()
    assert hooks.install(world.repo, MIGRATIONS, python=str(recorder)).changes == ()
    found = status(world.repo, MIGRATIONS, python=str(recorder))
    assert (found.ok, found.called_from["pre-push"]) == (True, "git's config")
    world.migration(world.dev, "2_second")
    git(world.dev, "push", "-q", "origin", "HEAD:main")
    assert called(world) == ["pre-push"]
    assert "refs/heads/main" in theirs(world)
    git(world.mate, "pull", "-q", "origin", "main")
    world.mate_pushes("3_third")
    git(world.dev, "pull", "-q", "origin", "main")
    git(world.dev, "checkout", "-q", "-b", "side")
    assert called(world) == ["pre-push", "post-merge"]
    git(world.dev, "reset", "-q", "--hard", "main~2")
    hooks.uninstall(world.repo)
    assert (files(world.dev), (world.dev / ".git/config").read_bytes()) == (before, config)
    assert [path.read_bytes() for path in shared.iterdir()] == [theirs_there]
    assert not (world.dev / ".git/driftwatch").exists()


def test_a_git_that_does_not_read_hooks_from_its_config_is_told(world: World) -> None:
    hook_tools.older_git()
    for name in hooks.HOOK_NAMES:
        git(world.dev, "config", f"hook.driftwatch-{name}.command", "x")
    found = status(world.repo, MIGRATIONS)
    assert set(found.hooks.values()) == {"not run"}
    assert "does not read it" in found.problems[0]


def test_a_hook_that_can_t_start_is_told_with_its_reason(world: World) -> None:
    folder = world.dev / ".git/hooks"
    write_script(folder / "pre-push", "true\n").write_bytes(b"#!/bin/sh\r\ntrue\r\n")
    write_script(folder / "post-merge", "true\n").write_bytes(b"#!/gone/venv/bin/python\n")
    world.install_recorder()
    said = "\n".join(status(world.repo, MIGRATIONS).problems)
    assert f"{folder / 'pre-push.before-driftwatch'} can't start: it has Windows line ends" in said
    assert "its interpreter /gone/venv/bin/python is gone" in said


def test_the_manifest_for_pre_commit_names_every_hook(cache_dir: Path) -> None:
    manifest = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
    program = hook_tools.pre_commit_program(cache_dir) / "pre-commit"
    done = subprocess.run([program, "validate-manifest", manifest], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    text = manifest.read_text()
    assert all(f"driftwatch hooks run {name}" in text for name in hooks.HOOK_NAMES)
