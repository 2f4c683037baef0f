"""Running git: in an environment of our own, with git's own words kept when it refuses."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from driftwatch.errors import DriftwatchError

_KEPT = frozenset(
    {
        "GIT_EXEC_PATH",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSH_VARIANT",
        "GIT_SSL_CAINFO",
        "GIT_SSL_NO_VERIFY",
        "GIT_ASKPASS",
        "GIT_TERMINAL_PROMPT",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_COUNT",
        "GIT_CEILING_DIRECTORIES",
        "GIT_AUTHOR_NAME",
        "GIT_AUTHOR_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_COMMITTER_EMAIL",
    }
)
_KEPT_NUMBERED = re.compile(r"GIT_CONFIG_(KEY|VALUE)_\d+")


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without what ties git to the operation that called us (GIT_DIR, GIT_INDEX_FILE, …).

    Who the user is, how git connects and which config files it reads stay.
    """
    return {
        name: value
        for name, value in environ.items()
        if not name.startswith("GIT_") or name in _KEPT or _KEPT_NUMBERED.fullmatch(name)
    }


@dataclass(frozen=True)
class WorkTree:
    """A git work tree. root: where the files are; git_dir: this work tree's; common_dir: all work trees'."""

    root: Path
    git_dir: Path
    common_dir: Path

    def _line(self, *asked: str, none_on: tuple[int, ...]) -> str | None:
        answer = self._git(list(asked), none_on=none_on)
        return os.fsdecode(answer.removesuffix(b"\n")) or None

    def _git(
        self,
        asked: Sequence[str],
        *,
        folder: str | None = None,
        stdin: bytes = b"",
        none_on: tuple[int, ...] = (),
    ) -> bytes:
        """git's answer; empty for an exit code in `none_on`. Other failures raise DriftwatchError."""
        literal = [] if folder is None else ["--literal-pathspecs"]
        within = [] if folder is None else ["--", folder or "."]
        done = run([*literal, *asked, *within], self.root, stdin)
        if done.returncode in none_on:
            return b""
        if done.returncode:
            raise refused(asked, done)
        return done.stdout


def git_version() -> tuple[int, ...]:
    """The version of the git on PATH, such as (2, 39, 5). Raises DriftwatchError when there is none."""
    answer = run(["version"], Path("/")).stdout.decode(errors="replace")
    found = re.search(r"\d+(?:\.\d+)+", answer)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def run(asked: Sequence[str], where: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """git\'s answer to this question, asked in that folder. Raises DriftwatchError where it can\'t be asked."""
    environment = clean_environment(os.environ)
    # English words, because some are looked at; and reading must not take the index lock from the user's git.
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *asked], cwd=where, env=environment, input=stdin, capture_output=True, check=False
        )
    except FileNotFoundError as error:
        if not where.is_dir():
            raise DriftwatchError(f"There is no folder {where}.") from error
        raise DriftwatchError(
            "git was not found on PATH.", next_step="Install git 2.31 or newer, or mend PATH."
        ) from error
    except NotADirectoryError as error:
        raise DriftwatchError(f"{where} is not a folder.") from error


def refused(asked: Sequence[str], done: subprocess.CompletedProcess[bytes]) -> DriftwatchError:
    """The error that says what git said."""
    words = done.stderr.decode(errors="replace").strip() or f"it ended with code {done.returncode}"
    first = words.splitlines()[0].removeprefix("fatal: ").removeprefix("error: ")
    return DriftwatchError(f"git {asked[0]} failed: {first}", details=words if "\n" in words else "")
