"""The operating system's account that runs our servers, and what it may get at."""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from driftwatch.errors import DriftwatchError


@dataclass(frozen=True)
class Account:
    """The operating system's account that runs the server."""

    uid: int
    gid: int


@cache
def server_account() -> Account:
    """Ourselves; as root an unprivileged account, because Postgres refuses to run as root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ("nobody", "postgres", "daemon"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise DriftwatchError(
        "Postgres does not run as root, and this computer has no account 'nobody' to run it as.",
        next_step="Run driftwatch as an ordinary user.",
    )


def run_as_server(
    command: list[str | Path], *, stdin: IO[bytes] | int = subprocess.DEVNULL, stdout: IO[bytes] | int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Runs a program under the server's account, with a clean environment.

    stdin, stdout: files that are open already, so that the account needs no way to them.
    Raises DriftwatchError where that account can't get to the program.
    """
    try:
        return subprocess.run(
            command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, cwd="/",
            env=clean_environment(), **as_server(),
        )  # fmt: skip
    except PermissionError as error:
        raise DriftwatchError(
            f"Could not run {command[0]}.", details=error.strerror or "", next_step=how_to_let_it_in()
        ) from error


def how_to_let_it_in() -> str:
    account = pwd.getpwuid(server_account().uid).pw_name
    return (
        f"The account {account} has to get there; or name other places: "
        "DRIFTWATCH_PATHS__CACHE, DRIFTWATCH_PATHS__DATA."
    )


def as_server() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    account = server_account()
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def clean_environment() -> dict[str, str]:
    """PG* variables and locales of the caller must not reach the server: they change what it does."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH")}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def own(directory: Path) -> None:
    """Makes an empty directory that only the server's account may enter (and root)."""
    make_way(directory.parent)
    directory.mkdir(mode=0o700)
    if os.geteuid() == 0:
        account = server_account()
        os.chown(directory, account.uid, account.gid)


def make_way(directory: Path) -> None:
    """Makes a directory that the server's account can get through, with its parents, whatever the umask."""
    for path in reversed((directory, *directory.parents)):
        if not path.is_dir():
            path.mkdir(exist_ok=True)
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)
