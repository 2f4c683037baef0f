"""Every form of pull, wherever the repository lies: one sync when migrations came, none otherwise, nothing harmed.

Each form is tried twice, in a clone with the hooks and in one without: both must end alike.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest
from driftwatch.git import hooks
from driftwatch.git.repo import Repo

from git_world import MIGRATIONS, World, driver_script, git

ME = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")


@dataclass
class Clone:
    """A work tree that pulls. env: all that its git gets, None for what the tests have; hooked: with our hooks."""

    root: Path
    folder: str
    hooked: bool
    env: dict[str, str] | None = None
    number: int = field(default=0)

    def git(self, *words: str, ok: bool = True) -> str:
        done = subprocess.run(
            ["git", *ME, *words],
            cwd=self.root,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        said = done.stdout.decode(errors="replace")
        assert not ok or done.returncode == 0, f"git {words} in {self.root}: {said}"
        return said

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self, path: str, text: str) -> None:
        self.write(path, text)
        self.git("add", "--", path)
        self.git("commit", "-q", "-m", f"mine {path}")

    @cached_property
    def git_dir(self) -> Path:
        return Path(self.git("rev-parse", "--absolute-git-dir").strip())

    def picture(self) -> tuple[str, ...]:
        """Where the work tree, the index, the stash and the history stand."""
        asked = (
            ("status", "--porcelain", "--branch"),
            ("ls-files", "-s"),
            ("diff",),
            ("stash", "list", "--format=%s"),
            ("log", "--first-parent", "-3", "--format=%s %T"),
        )
        left = sorted(path.name for path in self.git_dir.iterdir())
        under_way = [name for name in left if name.startswith(("rebase", "MERGE", "CHERRY", "AUTO_MERGE"))]
        return (*(self.git(*words) for words in asked), *under_way)


# -- forms of pull: what is done here once the other has pushed something


def merged(clone: Clone) -> None:
    clone.git("pull", "--no-ff", "--no-edit")


def fetched_and_merged(clone: Clone) -> None:
    clone.git("fetch", "-q")
    clone.git("merge", "-q", "--no-edit", "@{upstream}")


def own_commit_merged(clone: Clone) -> None:
    clone.commit(f"mine{clone.number}", "words\n")
    clone.git("pull", "--no-rebase", "--no-edit")


def own_commit_rebased(clone: Clone) -> None:
    clone.commit(f"mine{clone.number}", "words\n")
    clone.git("pull", "--rebase")


def dirty_and_staged(clone: Clone) -> None:
    clone.write("edited", f"not committed {clone.number}\n")
    clone.write("staged", f"staged {clone.number}\n")
    clone.git("add", "staged")


def autostash_fast_forward(clone: Clone) -> None:
    dirty_and_staged(clone)
    clone.git("pull", "--no-rebase", "--no-edit", "--autostash")


def autostash_rebased(clone: Clone) -> None:
    clone.commit(f"mine{clone.number}", "words\n")
    dirty_and_staged(clone)
    clone.git("pull", "--rebase", "--autostash")


def squashed(clone: Clone) -> None:
    clone.git("stash", "-q")
    clone.git("pull", "--no-rebase", "--squash")
    clone.git("commit", "-q", "--allow-empty", "-m", "squashed")
    clone.git("stash", "pop", "-q")


def conflict_merged(clone: Clone) -> None:
    clone.commit(f"both{clone.number}", "mine\n")
    clone.git("stash", "-q")
    clone.git("pull", "--no-rebase", ok=False)
    assert (clone.root / f"both{clone.number}").read_text().startswith("<<<<<<<")
    clone.write(f"both{clone.number}", "both\n")
    clone.git("add", ".")
    clone.git("commit", "-q", "--no-edit")
    clone.git("stash", "pop", "-q")


def conflict_rebased(clone: Clone) -> None:
    clone.git("reset", "-q", "--hard", "@{upstream}")
    clone.commit(f"both{clone.number}", "mine\n")
    clone.git("pull", "--rebase", ok=False)
    assert (clone.root / f"both{clone.number}").read_text().startswith("<<<<<<<")
    clone.write(f"both{clone.number}", "both\n")
    clone.git("add", ".")
    clone.git("-c", "core.editor=true", "rebase", "--continue")


FORMS: tuple[Callable[[Clone], None], ...] = (
    merged,
    fetched_and_merged,
    own_commit_merged,
    own_commit_rebased,
    autostash_fast_forward,
    autostash_rebased,
    squashed,
    conflict_merged,
    conflict_rebased,
)


# -- places


class Place:
    """The other's repository and the two clones. project: the project's directory in the repository."""

    def __init__(self, base: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
        base = base / "größer und weiter" if where == "spaces and umlauts" else base
        base.mkdir(exist_ok=True)
        self.base, self.where = base, where
        self.project = "apps/läden" if where in ("monorepo", "two projects") else ""
        self.folder = f"{self.project}/{MIGRATIONS}".lstrip("/")
        self.world = World(base, monkeypatch, self.folder)
        self.world.commit(self.world.mate, "edited", "words\n")
        self.world.mate_pushes_other("staged")
        git(self.world.origin, "config", "uploadpack.allowFilter", "true")
        self.driver = driver_script(base, MIGRATIONS, "sync", "ok")
        self.clones = [self._clone("with", hooked=True), self._clone("without", hooked=False)]

    def _clone(self, name: str, *, hooked: bool) -> Clone:
        root, origin = self.base / name, f"file://{self.world.origin}"
        env = {"PATH": "/usr/bin:/bin"} if self.where == "GUI" else None
        if self.where == "worktree":
            git(self.base, "clone", "-q", origin, str(root))
            git(root, "checkout", "-q", "--detach")
            git(root, "worktree", "add", "-q", f"{root} linked", "main")
            root = Path(f"{root} linked")
        elif self.where == "submodule":
            git(self.base, "init", "-q", str(root))
            git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "-b", "main", origin, "sub")
            root /= "sub"
        else:
            more = {"shallow": ["--depth=1"], "partial": ["--filter=blob:none"]}.get(self.where, [])
            crlf = ["-c", "core.autocrlf=true"] if self.where == "Windows line ends" else []
            git(self.base, "clone", "-q", *more, *crlf, origin, str(root))
        if hooked:
            repo = Repo.find(root)
            assert repo is not None
            if self.where == "two projects":
                hooks.install(repo, f"other/{MIGRATIONS}", project="other", python=str(self.driver))
            hooks.install(repo, self.folder, project=self.project, python=str(self.driver))
        return Clone(root, self.folder, hooked, env)

    def pull(self, form: Callable[[Clone], None], path: str, text: str) -> None:
        """The other pushes this, and something that conflicts with ours; both clones pull."""
        number = self.clones[0].number + 1
        self.world.commit(self.world.mate, path, text)
        self.world.mate_pushes_other(f"both{number}", "theirs\n")
        for clone in self.clones:
            clone.number = number
            form(clone)


PLACES = (
    "plain",
    "worktree",
    "submodule",
    "monorepo",
    "two projects",
    "shallow",
    "partial",
    "spaces and umlauts",
    "Windows line ends",
    "GUI",
)


@pytest.mark.parametrize("where", PLACES)
def test_every_form_of_pull_syncs_once_and_ends_as_without_hooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    place = Place(tmp_path, monkeypatch, where)
    hooked, plain = place.clones
    expected: list[str] = []
    for number, form in enumerate(FORMS, 2):
        place.pull(form, f"{place.folder}/{number}_new.sql", "select 1;\r\nselect 2;\n")
        expected.append(f"sync {place.project}".rstrip())
        syncs = [event for event in place.world.events() if event.startswith("sync")]
        assert syncs == expected, f"{form.__name__} brought a migration"
        assert hooked.picture() == plain.picture(), form.__name__
        place.pull(form, "README", f"words {number}\n")
        syncs = [event for event in place.world.events() if event.startswith("sync")]
        assert syncs == expected, f"{form.__name__} brought no migration"
        assert hooked.picture() == plain.picture(), form.__name__


@pytest.mark.parametrize("where", PLACES)
def test_a_push_is_looked_at_where_it_brings_a_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    place = Place(tmp_path, monkeypatch, where)
    clone = place.clones[0]
    clone.commit("mine", "words\n")
    clone.git("push", "-q", "origin", "HEAD:refs/heads/side")
    clone.git("push", "-q", "--force", "origin", "HEAD~0:refs/heads/other", ":refs/heads/side")
    assert place.world.events() == []
    clone.commit(f"{place.folder}/2_mine.sql", "select 1;\n")
    clone.git("push", "-q", "origin", "HEAD:refs/heads/side")
    assert place.world.events() == ["push"]


def test_each_of_two_projects_is_synced_for_its_own_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path, monkeypatch, "two projects")
    place.pull(merged, f"other/{MIGRATIONS}/1_first.sql", "select 1;\n")
    assert place.world.events() == ["sync other"]
    place.world.commit(place.world.mate, f"other/{MIGRATIONS}/2_second.sql", "select 1;\n")
    place.pull(merged, f"{place.folder}/2_second.sql", "select 1;\n")
    assert sorted(place.world.events()[1:]) == ["sync apps/läden", "sync other"]


def test_a_pull_that_moves_a_submodule_syncs_the_project_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path, monkeypatch, "submodule")
    sub = place.clones[0].root
    ours = sub.parent
    git(ours, "commit", "-q", "-m", "with the submodule")
    upstream = tmp_path / "super.git"
    git(tmp_path, "clone", "-q", "--bare", str(ours), str(upstream))
    git(ours, "remote", "add", "origin", str(upstream))
    git(ours, "fetch", "-q")
    branch = git(ours, "branch", "--show-current").strip()
    git(ours, "branch", "-q", f"--set-upstream-to=origin/{branch}")

    other = tmp_path / "other"
    allow = ("-c", "protocol.file.allow=always")
    git(tmp_path, *allow, "clone", "-q", "--recurse-submodules", str(upstream), str(other))

    def bump(path: str) -> None:
        place.world.commit(place.world.mate, path, "select 2;\n")
        git(place.world.mate, "push", "-q", "origin", "HEAD")
        git(other / "sub", "pull", "-q", "origin", "main")
        git(other, "commit", "-q", "-a", "-m", "bump")
        git(other, "push", "-q")

    bump("README")
    git(ours, *allow, "pull", "-q", "--recurse-submodules")
    assert place.world.syncs() == 0
    bump(f"{MIGRATIONS}/2_second.sql")
    git(ours, *allow, "pull", "-q", "--recurse-submodules")
    assert place.world.syncs() == 1
    assert (sub / MIGRATIONS / "2_second.sql").exists()
