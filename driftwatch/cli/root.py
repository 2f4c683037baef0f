"""Where a project is: found without importing anything that costs time."""

from __future__ import annotations

from pathlib import Path

from driftwatch.errors import UsageError

_MARKS = ("driftwatch.toml", "supabase", ".git")


class NoProject(UsageError):
    """The current directory belongs to no project."""


def project_root(given: str) -> Path:
    """The given directory, else the nearest one upwards with a driftwatch.toml, else with supabase/ or .git.

    A repository is the border: what lies above it is another's, and may not configure this one. Raises UsageError.
    """
    if given:
        named = Path(given).expanduser()
        if not named.is_dir():
            raise UsageError(f"--project: {named} is not a directory.")
        return named.resolve()
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise UsageError("The current directory is gone.", next_step="Go to the project's directory.") from None
    upwards = [here, *here.parents]
    repository = next((index for index, directory in enumerate(upwards) if (directory / ".git").exists()), None)
    for mark in _MARKS:
        for directory in upwards if repository is None else upwards[: repository + 1]:
            if (directory / mark).exists():
                return directory
    raise NoProject(
        f"{here} is not in a project: neither driftwatch.toml nor supabase/ nor a git repository was found.",
        next_step="Go to the project's directory, or name it with --project DIR.",
    )
