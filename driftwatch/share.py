"""Where the files lie that come with driftwatch but are no Python: hook scripts, units, example config."""

from __future__ import annotations

from pathlib import Path

from driftwatch.errors import DriftwatchError

_PACKAGE = Path(__file__).resolve().parent


def share_path(name: str) -> Path:
    """The path of a shipped file or folder, such as `hooks/pre-push` or `config.example.toml`.

    A wheel carries them in `driftwatch/_share`; in an editable install they lie at the repository's root.
    Raises DriftwatchError when the installation lacks it.
    """
    for base in (_PACKAGE / "_share", _PACKAGE.parent):
        candidate = base / name
        if candidate.exists():
            return candidate
    raise DriftwatchError(
        f"This installation of driftwatch is incomplete: {name} is missing.",
        next_step="Install driftwatch again from where you had it, for example in its clone: pipx install --force .",
    )
