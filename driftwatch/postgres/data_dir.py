"""Data directories of Postgres: made, and copied, under the server's account."""

from __future__ import annotations

import shutil
from pathlib import Path

from driftwatch.errors import DriftwatchError
from driftwatch.postgres.installation import Installation
from driftwatch.postgres.server_account import how_to_let_it_in, own, run_as_server

SUPERUSER = "supabase_admin"
"""The bootstrap superuser, as on Supabase. Migrations never log in as it."""


def initdb(installation: Installation, data_dir: Path) -> None:
    """Makes a new data directory (0700, owned by the server's account). Raises DriftwatchError."""
    own(data_dir)
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if installation.major >= 17
        else ["--locale=C.UTF-8"]
    )
    command: list[str | Path] = [
        installation.tool("initdb"), f"--pgdata={data_dir}", f"--username={SUPERUSER}", "--auth-local=trust",
        "--auth-host=reject", "--encoding=UTF8", "--no-sync", "--no-instructions", "--wal-segsize=1",
    ]  # fmt: skip
    done = run_as_server([*command, *locale])
    if done.returncode != 0 and installation.major < 17:  # macOS has no C.UTF-8
        shutil.rmtree(data_dir, ignore_errors=True)
        own(data_dir)
        done = run_as_server([*command, "--locale=C"])
    if done.returncode != 0:
        raise DriftwatchError(
            f"initdb of Postgres {installation.version} failed.",
            details=(done.stderr or done.stdout).strip()[-2000:],
        )


def copy_data_dir(source: Path, target: Path) -> None:
    """Copies a *stopped* cluster's directory with its owner. Raises DriftwatchError, leaving no half copy."""
    own(target)
    done = run_as_server(["cp", "-R", f"{source}/.", str(target)])
    if done.returncode != 0:
        shutil.rmtree(target, ignore_errors=True)
        words = done.stderr.strip()[-500:]
        step = how_to_let_it_in() if "Permission denied" in words else "Free some space there."
        raise DriftwatchError(f"Could not copy a Postgres data directory to {target}.", details=words, next_step=step)
