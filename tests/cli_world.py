"""A user's project in a temporary git repository, and the command line run in it as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


class World:
    """root: the repository. toml: what driftwatch.toml holds now."""

    def __init__(self, place: Path, cache_dir: Path) -> None:
        self.root = place / "project"
        self.migrations = self.root / "supabase" / "migrations"
        self.migrations.mkdir(parents=True)
        self.toml = ""
        self.environment = {
            "DRIFTWATCH_PATHS__CACHE": str(cache_dir),
            "DRIFTWATCH_PATHS__DATA": str(place / "data"),
            "HOME": str(place),
        }
        self.git("init", "-q", "--initial-branch=main")
        self.git("config", "user.name", "Test")
        self.git("config", "user.email", "test@example.com")

    def write(self, name: str, sql: str) -> None:
        """A file of the migrations folder."""
        (self.migrations / name).write_text(sql, encoding="utf-8")

    def config(self, toml: str) -> None:
        """The whole of driftwatch.toml."""
        self.toml = toml
        (self.root / "driftwatch.toml").write_text(toml, encoding="utf-8")

    def run(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Runs driftwatch in the repository and waits for it; nobody is there to answer questions."""
        return subprocess.run(
            [sys.executable, "-m", "driftwatch", *arguments],
            cwd=self.root,
            env={**os.environ, **self.environment, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def git(self, *arguments: str) -> str:
        """Runs git in the repository; its output."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout
