"""The real Supabase CLI from npm, and a project that it and driftwatch work on against one embedded server."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from driftwatch.actions.check import Checked, check_remote
from driftwatch.actions.project import Project, Remote
from driftwatch.core.migrations import Applied, Migration
from driftwatch.core.scope import Scope
from driftwatch.migrations_folder import read_folder
from driftwatch.postgres import history
from driftwatch.postgres.shadow import Shadow, Shadows

VERSION = "3.1.0"
_INSTALL_SECONDS = 240
_SILENT = {"SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", "SUPABASE_NO_UPDATE_NOTIFIER": "1"}


class NotInstalled(Exception):
    """Why there is no CLI here."""


def install(directory: Path) -> Path:
    """The CLI's program, installed into `directory` by the first worker that asks. Raises NotInstalled.

    The program comes in an optional dependency per platform, so no install script has to download it.
    """
    directory.mkdir(exist_ok=True)
    reason = directory / "reason"
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not reason.exists():
            reason.write_text(_npm_install(directory))
    found = sorted(directory.glob("node_modules/@supabase/cli-*/bin/supabase"))
    if not found:
        raise NotInstalled(reason.read_text() or f"supabase@{VERSION} brings no program for this platform")
    return found[0]


def _npm_install(directory: Path) -> str:
    """Why it failed; "" when it did not."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is missing"
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--fetch-retries=1"]
    command = [npm, "install", *flags, "--prefix", str(directory), f"supabase@{VERSION}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_INSTALL_SECONDS, cwd=directory)
    except subprocess.TimeoutExpired:
        return f"npm install supabase@{VERSION} took longer than {_INSTALL_SECONDS} s"
    said = [line.removeprefix("npm error ") for line in done.stderr.splitlines() if line.startswith("npm error ")]
    return "" if done.returncode == 0 else f"npm install supabase@{VERSION} failed: {'; '.join(said[:3])}"


@dataclass(frozen=True)
class Supabase:
    """Runs the CLI with a home of its own, with the way to the internet closed."""

    program: Path
    home: Path
    proxy: str

    def run(self, project: Path, *args: str) -> subprocess.CompletedProcess[str]:
        """Without a terminal, so that it asks nothing."""
        silent = {**_SILENT, "HTTPS_PROXY": self.proxy, "HTTP_PROXY": self.proxy}
        return subprocess.run(
            [self.program, *args, "--workdir", str(project)],
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), "NO_COLOR": "1", **silent},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )


@contextmanager
def kept_silent(program: Path, home: Path) -> Iterator[Supabase]:
    """Fails at the end if the CLI called home: whatever it wants of the internet arrives at a listener here."""
    home.mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Supabase(program, home, f"http://127.0.0.1:{listener.getsockname()[1]}")
        listener.setblocking(False)
        try:
            caller, _ = listener.accept()
        except BlockingIOError:
            return
        with caller:
            caller.settimeout(1)
            raise AssertionError(f"the CLI called home: {caller.recv(200)!r}")


@dataclass
class World:
    """A project's folder, the server that is its remote, and both tools."""

    root: Path
    shadows: Shadows
    shadow: Shadow
    cli: Supabase
    url: str = field(init=False)

    def __post_init__(self) -> None:
        # The host that counts is the second one: the socket's directory. The CLI wants to see one before it too.
        directory = self.shadow.cluster.conninfo()["host"]
        self.url = f"postgresql://postgres@localhost/postgres?host={directory}&sslmode=disable"
        # The CLI knows no rules of earlier times: this server allows what they allowed.
        self.shadow.embedded.prepare(Migration("001", "", "", ""))
        self.folder.mkdir(parents=True)
        (self.root / "supabase" / "config.toml").write_text('project_id = "interoperation"\n')
        (self.root / "driftwatch.toml").write_text('[remotes.production]\nurl_env = "PRODUCTION_DB_URL"\n')

    @property
    def folder(self) -> Path:
        return self.root / "supabase" / "migrations"

    @property
    def migrations(self) -> tuple[Migration, ...]:
        return read_folder(self.folder).migrations

    @property
    def versions(self) -> list[str]:
        return [one.version for one in self.migrations]

    @property
    def remote(self) -> Remote:
        return Remote("production", lambda: self.url)

    @property
    def project(self) -> Project:
        return Project(
            root=self.root,
            migrations_dir="supabase/migrations",
            base_file="",
            shadow_options=self.shadows.options,
            scope=Scope.supabase(),
            receipts=self.root / "receipts",
            home=self.root / "home",
            remotes={"production": self.remote},
        )

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def copy(self, files: Path) -> None:
        shutil.copytree(files, self.folder, dirs_exist_ok=True)

    # -- what both see

    def rows(self) -> tuple[Applied, ...]:
        with self.shadow.session() as conn:
            return history.read(conn)

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """As `postgres`; the rows, if there are any."""
        with self.shadow.session() as conn:
            cursor = conn.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def check(self) -> Checked:
        return check_remote(self.project, self.remote)

    # -- the two tools

    def supabase(self, *args: str) -> dict[str, Any]:
        """Runs the CLI on the remote; its JSON."""
        done = self.cli.run(self.root, *args, f"--remote={self.url}", "--yes", "--output-format", "json")
        assert done.returncode == 0, done.stdout + done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def push(self) -> list[str]:
        """`db push` by the CLI: the files that it applied."""
        applied: list[str] = self.supabase("db", "push", "--include-all")["migrations"]
        return applied

    def listed(self) -> list[tuple[str, str]]:
        """`migration list` of the CLI: (local, remote) versions, "" where one side lacks it."""
        return [(one["local"], one["remote"]) for one in self.supabase("migration", "list")["migrations"]]

    def run_driftwatch(self, *args: str) -> subprocess.CompletedProcess[str]:
        paths = {"DRIFTWATCH_PATHS__CACHE": str(self.shadows.options.cache_dir)}
        paths |= {"DRIFTWATCH_PATHS__DATA": str(self.root / "data"), "HOME": str(self.root)}
        paths |= {"DRIFTWATCH_LOCAL__PORT": "0"}  # a stack that happens to run here is none of ours
        return subprocess.run(
            [sys.executable, "-P", "-m", "driftwatch", "--yes", "--json", *args],
            cwd=self.root,
            env={**os.environ, **paths, "PRODUCTION_DB_URL": self.url},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def driftwatch(self, *args: str) -> dict[str, Any]:
        """Runs driftwatch as its users do; its JSON. Fails unless the exit code says that all is well."""
        done = self.run_driftwatch(*args)
        assert done.returncode == 0, done.stdout + done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found
