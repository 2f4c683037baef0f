"""What every judgement stands on besides migrations and databases: this program, its settings and surroundings.

As one key, without importing anything that costs time: who finds the same key again need not judge again.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT_FILE = "driftwatch.toml"
_ASIDE = {"DRIFTWATCH_SKIP"}
"""Says whether a hook runs, not what it finds."""


def user_file() -> Path:
    """The user's own settings, which need not be there."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "driftwatch" / "config.toml"


def settings_files(root: Path, config: Path | None = None) -> tuple[Path, Path, Path]:
    """Where settings are read from, later wins: Supabase's file, the user's, the project's (or config in its place)."""
    return root / "supabase" / "config.toml", user_file(), config or root / PROJECT_FILE


def key(root: Path, config: Path | None = None) -> str:
    """Another one whenever this program, a settings file, a variable that counts, or the Postgres on PATH is."""
    digest = hashlib.sha256(_program())
    for path in settings_files(root, config):
        digest.update(b"%s\0%s\0" % (os.fsencode(path), _content(path)))
    for word in (*_variables(), str((root / "supabase").exists()), _on_path("postgres"), str(os.geteuid())):
        digest.update(os.fsencode(word) + b"\0")
    return digest.hexdigest()


@cache
def _program() -> bytes:
    """This program as it was when the process first asked: one that lives on does not become what replaced it."""
    package = Path(__file__).parent
    digest = hashlib.sha256(f"{sys.version} {sys.prefix} {package}".encode())
    libraries = (folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages")))
    for path in (*libraries, *_files(str(package))):
        if os.path.exists(path):  # noqa: PTH110 - hundreds of them, on the way of every push
            found = os.stat(path)  # noqa: PTH116
            digest.update(f"{path} {found.st_mtime_ns} {found.st_size}\0".encode())
    return digest.digest()


def _files(top: str) -> Iterator[str]:
    for folder, below, files in os.walk(top):
        below[:] = sorted(name for name in below if name != "__pycache__")
        yield from (f"{folder}/{name}" for name in sorted(files))


def _content(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError as error:
        return type(error).__name__.encode()


def _variables() -> list[str]:
    wanted = ("DRIFTWATCH_", "XDG_")
    named = [name for name in os.environ if name.startswith(wanted) and name not in _ASIDE]
    return [f"{name}={os.environ[name]}" for name in sorted([*named, "HOME"]) if name in os.environ]


def _on_path(program: str) -> str:
    """git puts its own directory in front of PATH, so what is found counts, not where it was looked for."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder and os.access(found := f"{folder}/{program}", os.X_OK):
            return found
    return ""
