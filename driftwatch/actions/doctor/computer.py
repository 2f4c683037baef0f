"""The computer: what needs no configuration to be looked at."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from driftwatch.core.doctor import Answer, ok, warning, wrong
from driftwatch.git.repo import git_version

_OLDEST_GIT = (2, 31)


def driftwatch() -> Answer:
    """Whether what people and scripts type is what runs here."""
    version = importlib.metadata.version("driftwatch")
    on_path = shutil.which("driftwatch")
    here = f"{version}, Python {sys.version.split()[0]} at {sys.executable}"
    if on_path is None:
        return warning(
            f"{here}; the command driftwatch is not on PATH, so scripts of package.json don't find it",
            f"export PATH={Path(sys.executable).parent}:$PATH, or: pipx ensurepath",
        )
    own = Path(sys.executable).with_name("driftwatch")
    if own.exists() and not own.samefile(on_path):
        return ok(f"{here}; the command on PATH is another installation: {on_path}")
    return ok(here)


def git() -> Answer:
    """git, and whether it knows what we ask of it."""
    found = git_version()
    version = ".".join(map(str, found)) or "unknown"
    if found < _OLDEST_GIT:
        return wrong(f"version {version}", "Install git 2.31 or newer.")
    return ok(version)


def encoding() -> Answer:
    """Whether names and texts that are not English come through."""
    names = {"file names": sys.getfilesystemencoding(), "output": getattr(sys.stdout, "encoding", None) or "utf-8"}
    other = [f"{what} are {name}" for what, name in names.items() if name.lower().replace("-", "") != "utf8"]
    if other:
        locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "not set"
        return warning(f"{', '.join(other)} (locale: {locale})", "export LC_ALL=C.UTF-8, or PYTHONUTF8=1")
    return ok("UTF-8")


def other_tools() -> Answer:
    """The Supabase CLI and Docker: neither is needed."""
    found = {name: shutil.which(name) for name in ("supabase", "docker")}
    return ok("; ".join(f"{name}: {path or 'not installed, and not needed'}" for name, path in found.items()))


CHECKS: dict[str, Callable[[], Answer]] = {
    "driftwatch": driftwatch,
    "git": git,
    "encoding": encoding,
    "Supabase CLI, Docker": other_tools,
}
