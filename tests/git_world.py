"""A bare origin, two clones and stand-ins for the interpreter in the hooks, cut off from the user's git."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
from driftwatch.git import hooks
from driftwatch.git.repo import Repo

MIGRATIONS = "supabase/migrations"
DRIVER = Path(__file__).with_name("hook_driver.py")


def isolate_git(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """No git configuration, repository or hook switch of the person who runs the tests reaches them."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "DRIFTWATCH_", "PRE_COMMIT")):
            monkeypatch.delenv(name)
    home.mkdir(parents=True, exist_ok=True)
    settings = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "xdg"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(home.parent),
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def git(where: Path, *args: str, ok: bool = True, env: dict[str, str] | None = None) -> str:
    """Runs git and returns what it wrote to both streams; asserts its success unless told otherwise."""
    done = run_git(where, *args, env=env)
    assert not ok or done.returncode == 0, f"git {args} in {where}: {done.stdout}"
    return done.stdout


def run_git(where: Path, *args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *args],
        cwd=where,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )


def write_script(path: Path, body: str, mode: int = 0o755) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}", encoding="utf-8")
    path.chmod(mode)
    return path


def driver_script(base: Path, folder: str, mode: str, outcome: str) -> Path:
    """Stands in for the Python of the hooks: DRIVER with these arguments; the question whether it is one costs none."""
    words = shlex.join([sys.executable, "-P", str(DRIVER), str(base), folder, mode, outcome])
    return write_script(base / "driver", f'case "$2" in -c) exit 0 ;; esac\nexec {words} "$0" "$@"\n')


class World:
    """origin.git, `dev` (whose hooks are tried) and `mate` (who pushes first); one migration on main."""

    def __init__(self, base: Path, monkeypatch: pytest.MonkeyPatch, folder: str = MIGRATIONS) -> None:
        isolate_git(monkeypatch, base / "home")
        self.base, self.folder = base, folder
        self.origin, self.dev, self.mate = base / "origin.git", base / "dev", base / "mate"
        git(base, "init", "-q", "--bare", "-b", "main", str(self.origin))
        git(base, "init", "-q", "-b", "main", str(self.mate))
        git(self.mate, "remote", "add", "origin", str(self.origin))
        self.migration(self.mate, "1_first")
        git(self.mate, "push", "-q", "-u", "origin", "main")
        git(base, "clone", "-q", str(self.origin), str(self.dev))

    @property
    def repo(self) -> Repo:
        found = Repo.find(self.dev)
        assert found is not None
        return found

    def migration(self, where: Path, name: str, text: str = "select 1;\n") -> None:
        self.commit(where, f"{self.folder}/{name}.sql", text)

    def commit(self, where: Path, path: str, text: str) -> None:
        file = where / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        git(where, "add", "--", path)
        git(where, "commit", "-q", "-m", f"change {path}")

    def mate_pushes(self, name: str, text: str = "select 2;\n") -> None:
        """A migration from the other clone arrives at origin."""
        self.migration(self.mate, name, text)
        git(self.mate, "push", "-q", "origin", "HEAD")

    def mate_pushes_other(self, path: str = "README", text: str = "words\n") -> None:
        """Something that is no migration arrives at origin."""
        self.commit(self.mate, path, text)
        git(self.mate, "push", "-q", "origin", "HEAD")

    # -- the interpreter that the hooks call

    @property
    def calls(self) -> list[str]:
        """What the recording interpreter was called with, a line per call; `input: …` lines are its stdin."""
        file = self.base / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def install_recorder(self, *, exit_code: int = 0, project: str = "") -> Path:
        """Installs the hooks with an interpreter that only writes down that it was started."""
        calls = shlex.quote(str(self.base / "calls"))
        recorder = write_script(
            self.base / "recorder",
            f'case "$2" in -c) exit 0 ;; esac\n'
            f'printf "%s\\n" "$*" >>{calls}\n'
            f'[ "$5" != pre-push ] && [ "$7" != pre-push ] || sed "s/^/input: /" >>{calls}\n'
            f"exit {exit_code}\n",
        )
        hooks.install(self.repo, self.folder, python=str(recorder), project=project)
        return recorder

    def install_driver(self, mode: str = "sync", outcome: str = "ok") -> None:
        """Installs the hooks with the real `after_pull`, whose sync only writes down that it ran."""
        driver = driver_script(self.base, self.folder, mode, outcome)
        hooks.install(self.repo, self.folder, python=str(driver))

    def events(self) -> list[str]:
        """What the driver did, once everything that it left running has ended."""
        file = self.base / "events"
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
            if lines.count("left running") == lines.count("ended"):
                return lines
            time.sleep(0.05)
        raise AssertionError(f"a background sync did not end: {lines}")

    def syncs(self) -> int:
        """How many syncs ran."""
        return self.events().count("sync")
