"""The real pnpm and yarn from npm's registry, installed once a run, and npm itself; a project driven by its scripts."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from driftwatch.postgres.shadow import Shadow

from cli_world import World
from git_world import write_script

PACKAGES = ("pnpm@10", "yarn@1")
_SECONDS = 240
_SILENT = {"NO_UPDATE_NOTIFIER": "1", "npm_config_update_notifier": "false", "npm_config_fund": "false"}


class NotInstalled(Exception):
    """Why there are none here."""


def install(directory: Path, packages: Sequence[str] = PACKAGES) -> Path:
    """The directory of their programs, filled by the first worker that asks. Raises NotInstalled."""
    directory.mkdir(exist_ok=True)
    reason = directory / "reason"
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not reason.exists():
            reason.write_text(_npm_install(directory, packages))
    if said := reason.read_text():
        raise NotInstalled(said)
    return directory / "node_modules" / ".bin"


def _npm_install(directory: Path, packages: Sequence[str]) -> str:
    """Why it failed; "" when it did not."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is missing"
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--fetch-retries=1"]
    command = [npm, "install", *flags, "--prefix", str(directory), *packages]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, cwd=directory)
    except subprocess.TimeoutExpired:
        return f"npm install {' '.join(packages)} took longer than {_SECONDS} s"
    return "" if done.returncode == 0 else f"npm install {' '.join(packages)} failed: {done.stderr.strip()[-300:]}"


class Scripted(World):
    """A project whose scripts in package.json are typed, with a remote in PROD_URL."""

    def __init__(self, place: Path, cache_dir: Path, programs: Path, remote: Shadow) -> None:
        super().__init__(place, cache_dir)
        self.remote = remote
        write_script(place / "bin" / "driftwatch", f'exec "{sys.executable}" -P -m driftwatch "$@"\n')
        info = remote.cluster.conninfo()
        self.environment |= {
            "PATH": f"{place / 'bin'}:{programs}:{os.environ['PATH']}",
            "PROD_URL": f"postgresql://{info['user']}@/{info['dbname']}?host={info['host']}",
            **_SILENT,
        }
        (self.root / "package.json").write_text('{"name": "shop", "private": true}\n')
        done = self.run("init", "--yes")
        assert done.returncode == 0, done.stderr

    def type(self, line: str, *, code: int | None = 0, root: Path | None = None) -> str:
        """Types a line in the project, as a person does in a shell; what was shown on both streams.

        code: how it ends; None: in any other way than well.
        """
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=root or self.root,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        ended = done.returncode > 0 if code is None else done.returncode == code
        assert ended, f"{line} ended with {done.returncode}:\n{done.stdout}"
        return done.stdout

    def json(self, line: str, *, code: int = 0) -> dict[str, object]:
        """The object that a line with --json shows, among what the package manager says around it."""
        shown = self.type(line, code=code)
        found: dict[str, object] = json.loads(shown[shown.index("{\n") : shown.rindex("}") + 1])
        return found

    def on_remote(self, statement: str) -> list[tuple[object, ...]]:
        """As `postgres`, on the remote; the rows, if there are any."""
        with self.remote.session() as conn:
            cursor = conn.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def on_local(self, statement: str) -> str:
        """As `postgres`, on the local database."""
        return self.type(f'driftwatch db psql -Atqc "{statement}"').strip()

    def add_table(self, name: str, manager: str = "pnpm") -> Path:
        """A new migration by the script, with a table of this name; its file."""
        before = set(self.migrations.iterdir())
        self.type(f"{manager} db:sync:create-migration add_{name}_table")
        (made,) = set(self.migrations.iterdir()) - before
        made.write_text(f"create table public.{name} (id int primary key);\n")
        return made


@contextmanager
def scripted(place: Path, cache_dir: Path, programs: Path, remote: Shadow) -> Iterator[Scripted]:
    """The same, with its local database stopped at the end."""
    world = Scripted(place, cache_dir, programs, remote)
    try:
        yield world
    finally:
        world.run("db", "stop")
