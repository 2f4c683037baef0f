"""husky and lefthook from npm, pre-commit from PyPI, git-lfs and a newer git where this computer has them."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest
from driftwatch.git.repo import git_version

import package_managers
from git_world import World, git

PACKAGES = ("husky@9", "lefthook@1")
NEWER_GIT = "NEWER_GIT"
"""The variable that names a directory with a git of 2.54 or later, for the tests of hooks in git's config."""
_SECONDS = 240


def npm_programs(cache_dir: Path) -> Path:
    """The directory of husky and lefthook."""
    try:
        return package_managers.install(cache_dir / "hook-managers", PACKAGES)
    except package_managers.NotInstalled as missing:
        pytest.skip(str(missing))


def pre_commit_program(cache_dir: Path) -> Path:
    """The directory of pre-commit, in an environment of its own."""
    directory = cache_dir / "pre-commit"
    directory.mkdir(exist_ok=True)
    reason = directory / "reason"
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not reason.exists():
            reason.write_text(_pip_install(directory / "venv"))
    if said := reason.read_text():
        pytest.skip(said)
    return directory / "venv" / "bin"


def _pip_install(venv: Path) -> str:
    for words in ([sys.executable, "-m", "venv", venv], [venv / "bin" / "pip", "install", "-q", "pre-commit==4.*"]):
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"pre-commit could not be installed: {error}"
        if done.returncode:
            return f"pre-commit could not be installed: {done.stderr.strip()[-300:]}"
    return ""


@dataclass(frozen=True)
class Tool:
    """A hook manager in the clone `dev`. file: its file that driftwatch writes into; theirs: what the team has there.

    The team's own hook adds what git says on stdin before a push to the file `theirs` beside the clone.
    """

    name: str
    programs: Path
    file: str
    theirs: str

    def set_up(self, world: World) -> None:
        path = world.dev / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.theirs.replace("LOG", str(world.base / "theirs")).encode())
        self.start(world)
        git(world.dev, "add", "-A")
        git(world.dev, "commit", "-q", "--no-verify", "-m", "hooks")
        git(world.dev, "push", "-q", "--no-verify", "origin", "HEAD:main")
        git(world.mate, "pull", "-q", "origin", "main")

    def start(self, world: World) -> None:
        """As npm's prepare script does, or as each of the team types once; again after a change of the file."""
        stages = [word for name in ("pre-push", "post-merge", "post-rewrite") for word in ("-t", name)]
        more = [word for name in ("post-checkout", "post-commit") for word in ("-t", name)]
        words = {"lefthook": ["install"], "pre-commit": ["install", *stages, *more]}.get(self.name, [])
        environment = {**os.environ, "PATH": f"{self.programs}:{os.environ['PATH']}"}
        subprocess.run(
            [self.programs / self.name, *words], cwd=world.dev, env=environment, check=True, capture_output=True
        )


def husky(cache_dir: Path) -> Tool:
    return Tool("husky", npm_programs(cache_dir), ".husky/pre-push", 'echo "the team\'s"\ncat >>"LOG"')


def lefthook(cache_dir: Path) -> Tool:
    text = """\
        # the team's hooks
        output: [summary, failure]

        pre-push:
          parallel: true   # as fast as it can
          commands:
              theirs:
                use_stdin: true
                run: cat >>"LOG"
        pre-commit:
          jobs:
            - run: "true" """
    return Tool("lefthook", npm_programs(cache_dir), "lefthook.yml", textwrap.dedent(text).rstrip())


def pre_commit(cache_dir: Path) -> Tool:
    text = """\
        default_stages: [pre-commit]
        repos:   # the team's
          - repo: local
            hooks:
              - id: theirs
                name: theirs
                language: system
                stages: [pre-push]
                always_run: true
                pass_filenames: false
                entry: sh -c 'echo "$PRE_COMMIT_TO_REF" >>"LOG"'"""
    return Tool("pre-commit", pre_commit_program(cache_dir), ".pre-commit-config.yaml", textwrap.dedent(text))


TOOLS = {"husky": husky, "lefthook": lefthook, "pre-commit": pre_commit}


def newer_git() -> Path:
    """The directory of a git that reads hooks from its config."""
    directory = os.environ.get(NEWER_GIT)
    program = shutil.which("git", path=directory) if directory else shutil.which("git")
    found = subprocess.run([program or "git", "version"], capture_output=True, text=True, check=True).stdout.split()[2]
    if tuple(int(part) for part in found.split(".")[:2]) < (2, 54):
        pytest.skip(f"git is {found}; hooks in its config came with 2.54: name another one's directory in {NEWER_GIT}")
    return Path(str(program)).parent


def older_git() -> None:
    """Skips where the git on PATH takes hooks from its config, too."""
    if git_version() >= (2, 54):
        pytest.skip("this git reads hooks from its config")


def git_lfs() -> None:
    if shutil.which("git-lfs") is None:
        pytest.skip("git-lfs is missing")
