"""A user's project in a temporary git repository, and the command line run in it as a user runs it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import psycopg
import pytest
from driftwatch.__main__ import run
from driftwatch.core.migrations import Migration
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.scratch import scratch_base
from driftwatch.postgres.shadow import Shadow


def url_of(shadow: Shadow, user: str = "postgres") -> str:
    """The URL of a shadow that plays a remote."""
    return f"postgresql://{user}@/postgres?host={shadow.cluster.conninfo()['host']}"


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
            "DRIFTWATCH_LOCAL__PORT": "0",
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

    def production_has(self, remote: Shadow, filename: str, sql: str) -> None:
        """The remote `production`, in PROD_URL; this migration of the folder is applied there."""
        self.environment["PROD_URL"] = url_of(remote)
        self.config('[remotes.production]\nurl_env = "PROD_URL"\n')
        self.write(filename, sql)
        version, _, name = filename.removesuffix(".sql").partition("_")
        with remote.runner() as runner:
            runner.apply(Migration(version, name, filename, sql))

    def remotes(self, shadow: Shadow, default: str, **users: str) -> None:
        """One database as several remotes, each for another role: `admin` has its URL in ADMIN_URL."""
        self.config(
            "".join(
                f'[remotes.{name}]\nurl_env = "{name.upper()}_URL"\ndefault = {str(name == default).lower()}\n'
                for name in users
            )
        )
        self.environment |= {f"{name.upper()}_URL": url_of(shadow, user) for name, user in users.items()}

    def run(
        self, *arguments: str, env: Mapping[str, str] | None = None, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs driftwatch in the repository and waits for it; without stdin nobody is there to answer questions."""
        process = self.start(*arguments, env=env, stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE)
        stdout, stderr = process.communicate(stdin, timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def start(
        self, *arguments: str, env: Mapping[str, str] | None = None, stdin: int = subprocess.DEVNULL
    ) -> subprocess.Popen[str]:
        """The same without waiting."""
        return subprocess.Popen(
            [sys.executable, "-m", "driftwatch", *arguments],
            cwd=self.root,
            env={**os.environ, **self.environment, **(env or {})},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def answer(self, *arguments: str, env: Mapping[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        """Runs it with --json: the exit code, and the one object that it writes to stdout."""
        done = self.run(*arguments, "--json", env=env)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout)

    def on_terminal(
        self, *arguments: str, env: Mapping[str, str] | None = None, stdin: str = "", stream: str = "stdout"
    ) -> tuple[int, str]:
        """Runs it with one of its streams on a terminal: the exit code, and what was shown there."""
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            pytest.skip(f"this system gives no pseudo-terminal: {error}")
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs}
        process = subprocess.Popen(
            [sys.executable, "-m", "driftwatch", *arguments],
            cwd=self.root,
            env={**os.environ, **self.environment, **(env or {}), "TERM": "xterm"},
            stdin=subprocess.PIPE,
            **streams,
        )
        os.close(theirs)
        assert process.stdin is not None
        process.stdin.write(stdin.encode())
        process.stdin.close()
        shown = b""
        with contextlib.suppress(OSError):  # Linux's way to say that the other side was closed
            while chunk := os.read(ours, 65536):
                shown += chunk
        os.close(ours)
        return process.wait(), shown.decode()

    def git(self, *arguments: str) -> str:
        """Runs git in the repository; its output."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout

    def sleeping(self, process: subprocess.Popen[str]) -> tuple[Path, int]:
        """Waits until the shadow of a started command runs a pg_sleep: its data directory and its server's pid."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert process.poll() is None, process.communicate()
            for data_dir in scratch_base().glob(f"s-{process.pid:x}-????????"):
                try:
                    with psycopg.connect(host=str(data_dir), user=SUPERUSER, dbname="postgres") as conn:
                        row = conn.execute("select 1 from pg_stat_activity where wait_event = 'PgSleep'").fetchone()
                    if row is not None:
                        return data_dir, int((data_dir / "postmaster.pid").read_text().splitlines()[0])
                except (psycopg.Error, OSError):
                    continue
            time.sleep(0.1)
        raise AssertionError("no migration sleeps")


_BECOMES_ANOTHER = {("db", "psql"), ("hooks", "run")}
"""Commands that end by becoming another program."""


class Here(World):
    """Runs the commands in this process, which spares each the start of a Python."""

    def run(
        self, *arguments: str, env: Mapping[str, str] | None = None, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        if arguments[:2] in _BECOMES_ANOTHER:
            return super().run(*arguments, env=env, stdin=stdin)
        out, err, said = io.StringIO(), io.StringIO(), io.TextIOWrapper(io.BytesIO((stdin or "").encode()))
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name, value in {**self.environment, **(env or {})}.items():
                patch.setenv(name, value)
            patch.chdir(self.root)
            patch.setattr(sys, "stdin", said)
            code = run(list(arguments))
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())
