"""The tools that are measured: driftwatch, pg_dump, and two that have to be installed first, apart from everything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from driftwatch.postgres.dump import environment

MIGRA = ("migra==3.0.1663481299", "setuptools<81", "psycopg2-binary>=2.9", "sqlalchemy<2.1")
SUPABASE = "supabase@3.1.0"
_INSTALL_SECONDS = 300

Command = Callable[[str], list[str | Path]]


@dataclass(frozen=True)
class Tool:
    """name: in the table. command: for a database's URL. env: what it runs with besides PATH, HOME and the like."""

    name: str
    command: Command
    env: Callable[[str], dict[str, str]]


def tools(home: Path, pg_dump: Path) -> list[Tool]:
    """Those that can be had here, pg_dump first; a line says why another one can't."""
    found = [
        Tool("pg_dump --schema-only", lambda url: [pg_dump, "--schema-only"], environment),
        _driftwatch(home, "driftwatch fingerprint", lambda url: ["fingerprint", url]),
        _driftwatch(home, "driftwatch diff", lambda url: ["diff", url, url]),
    ]
    for make in (_migra, _supabase):
        tool = make(home)
        if isinstance(tool, str):
            print(f"left out: {tool}")
        else:
            found.append(tool)
    return found


def _plain(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "NO_COLOR": "1"}


def _driftwatch(home: Path, name: str, arguments: Callable[[str], list[str]]) -> Tool:
    env = {"DRIFTWATCH_PATHS__CACHE": str(home / "cache"), "DRIFTWATCH_PATHS__DATA": str(home / "data")}
    return Tool(
        name,
        lambda url: [sys.executable, "-P", "-m", "driftwatch", *arguments(url)],
        lambda url: _plain(home) | env,
    )


def _cache() -> Path:
    return Path(platformdirs.user_cache_dir("driftwatch-bench"))


def _migra(home: Path) -> Tool | str:
    directory = _cache() / "migra"
    program = directory / "bin" / "migra"
    stamp = directory / ".installed"
    if not stamp.exists() or stamp.read_text() != "\n".join(MIGRA):
        shutil.rmtree(directory, ignore_errors=True)
        try:
            venv.create(directory, with_pip=True)
        except (OSError, subprocess.CalledProcessError) as error:
            return f"migra: no virtual environment could be made ({error})"
        failed = _install([directory / "bin" / "pip", "install", "-q", *MIGRA], directory)
        if failed:
            return f"migra: pip could not install it ({failed})"
        stamp.write_text("\n".join(MIGRA))
    return Tool("migra", lambda url: [program, "--unsafe", "--with-privileges", url, url], lambda url: _plain(home))


def supabase_program() -> Path | str:
    """The Supabase CLI, or why it can't be had.

    The program itself comes in an optional package per platform: no script of npm's has to run.
    """
    directory = _cache() / SUPABASE
    pattern = "node_modules/@supabase/cli-*/bin/supabase"
    if not list(directory.glob(pattern)):
        npm = shutil.which("npm")
        if npm is None:
            return "Supabase CLI: npm is not installed"
        directory.mkdir(parents=True, exist_ok=True)
        flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--fetch-retries=1"]
        failed = _install([npm, "install", *flags, "--prefix", directory, SUPABASE], directory)
        if failed:
            return f"Supabase CLI: npm could not install {SUPABASE} ({failed})"
    programs = sorted(directory.glob(pattern))
    return programs[0] if programs else f"Supabase CLI: {SUPABASE} brings no program for this platform"


def supabase_environment(home: Path) -> dict[str, str]:
    """It has nothing to ask of the internet: whatever it tries ends at a closed port."""
    closed = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    silent = {"SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", "SUPABASE_NO_UPDATE_NOTIFIER": "1"}
    return _plain(home) | closed | silent


def _supabase(home: Path) -> Tool | str:
    program = supabase_program()
    if isinstance(program, str):
        return program
    work = home / "supabase-cli"
    (work / "supabase").mkdir(parents=True, exist_ok=True)
    (work / "supabase" / "config.toml").write_text('project_id = "bench"\n')
    return Tool(
        "supabase db diff",
        lambda url: [program, "db", "diff", "--from", url, "--to", url, "--workdir", work],
        lambda url: supabase_environment(work),
    )


def _install(command: list[str | Path], directory: Path) -> str:
    """Why it failed; "" when it did not."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_INSTALL_SECONDS, cwd=directory, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or [f"code {done.returncode}"])[-1]
