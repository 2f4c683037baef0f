"""Data directories of Postgres: made, and copied, under the server's account."""

from __future__ import annotations

import shutil
import sys
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


def write_to_disk(installation: Installation, data_dir: Path) -> None:
    """Returns when all of a stopped cluster's directory would survive a power cut. Raises DriftwatchError."""
    command: list[str | Path] = [installation.tool("initdb"), "--sync-only", f"--pgdata={data_dir}"]
    done = None
    if installation.major >= 17 and sys.platform == "linux":  # the file system once, instead of two thousand files
        done = run_as_server([*command, "--sync-method=syncfs"])
    if done is None or done.returncode != 0:  # or this Postgres was built without it
        done = run_as_server(command)
    if done.returncode != 0:
        raise DriftwatchError(
            "The new local database could not be written to disk.", details=done.stderr.strip()[-500:]
        )


def pack(data_dir: Path, archive: Path) -> None:
    """Writes a *stopped* cluster's directory as one file. Raises DriftwatchError.

    One file, because a data directory is some two thousand, and a disk takes one much sooner.
    """
    archive.touch(mode=0o600, exist_ok=False)  # as closed as the directory: there are secrets in it
    with archive.open("wb") as file:
        done = run_as_server([_tar(), *_BLOCKS, "-cf", "-", "-C", data_dir, "."], stdout=file)
    if done.returncode != 0:
        raise _not_copied(archive, done.stderr)


def unpack(archive: Path, data_dir: Path) -> None:
    """Makes a data directory from what `pack` wrote. Raises DriftwatchError, leaving no half of it."""
    try:
        with archive.open("rb") as file:
            own(data_dir)
            done = run_as_server([_tar(), *_BLOCKS, "-xmf", "-", "-C", data_dir], stdin=file)
    except FileNotFoundError as error:  # pruned by another process
        raise _not_copied(data_dir, f"{archive} is gone") from error
    if done.returncode != 0:
        shutil.rmtree(data_dir, ignore_errors=True)
        raise _not_copied(data_dir, done.stderr)


_BLOCKS = ["-b", "2048"]
"""A mebibyte is read and written at a time."""


def _tar() -> str:
    found = shutil.which("tar")
    if found is None:
        raise DriftwatchError(
            "There is no tar on PATH, and data directories are kept as its archives.",
            next_step="Install tar, or put it on PATH.",
        )
    return found


def _not_copied(target: Path, said: str) -> DriftwatchError:
    words = said.strip()[-500:]
    step = how_to_let_it_in() if "Permission denied" in words else "Free some space there."
    return DriftwatchError(f"Could not copy a Postgres data directory to {target}.", details=words, next_step=step)
