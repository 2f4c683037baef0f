"""Makes the daemon a service: writes the files, has the service manager take them up, and takes all of it back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from driftwatch.core.units import Kind, Service, file_names, property_list, templates, unit
from driftwatch.errors import DriftwatchError
from driftwatch.share import share_path

KINDS: tuple[Kind, ...] = ("user", "system", "timer", "launchd")
_SECONDS = 60


@dataclass(frozen=True)
class Done:
    """written: the files that are new or changed; there: all of them. to_type: what could not be done for the user."""

    there: tuple[Path, ...]
    written: tuple[Path, ...] = ()
    to_type: tuple[str, ...] = ()


def folder_of(kind: Kind) -> Path:
    """Where the service manager looks for the files of this kind."""
    if kind == "system":
        return Path("/etc/systemd/system")
    if kind == "launchd":
        return Path.home() / "Library" / "LaunchAgents"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def texts(service: Service, kind: Kind, log: Path) -> dict[str, str]:
    """File name -> content. log: where launchd puts what systemd gives to the journal."""
    names = file_names(service.name, kind)
    if kind == "launchd":
        return {names[0]: property_list(service, log)}
    shipped = (share_path(name).read_text(encoding="utf-8") for name in templates(kind))
    return {name: unit(text, service, kind) for name, text in zip(names, shipped, strict=True)}


def install(service: Service, kind: Kind, files: Mapping[str, str], into: Path | None) -> Done:
    """Writes what is not there yet and starts the service; with `into` it only writes, into that folder.

    Raises DriftwatchError where the folder may not be written.
    """
    folder = into or folder_of(kind)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in () if into else service.writable:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, text in files.items():
            path = folder / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                written.append(path)
    except OSError as error:
        raise DriftwatchError(
            f"{error.filename} can't be written: {error.strerror}.",
            next_step="Write the files elsewhere and copy them: driftwatch daemon install --system --into DIR"
            if kind == "system"
            else "",
        ) from error
    there = tuple(folder / name for name in files)
    commands = () if into else _starting(kind, there[-1])
    return Done(there, tuple(written), _run(kind, commands))


def uninstall(name: str, into: Path | None) -> Done:
    """Stops and removes the services of this name, of whatever kind. Raises DriftwatchError where it may not."""
    removed: list[Path] = []
    to_type: list[str] = []
    for kind in KINDS:
        folder = into or folder_of(kind)
        found = [folder / file for file in file_names(name, kind) if (folder / file).exists()]
        if not found:
            continue
        to_type += _run(kind, () if into else _stopping(kind, found[-1]))
        for path in found:
            try:
                path.unlink()
            except OSError as error:
                raise DriftwatchError(f"{path} can't be removed: {error.strerror}.") from error
            removed.append(path)
        to_type += _run(kind, () if into or kind == "launchd" else (_systemctl(kind, "daemon-reload"),))
    return Done((), tuple(removed), tuple(to_type))


def program(config: str) -> tuple[str, ...]:
    """How to start this driftwatch again, from any folder: what lies there is not taken for it (-P)."""
    given = ("--config", str(Path(config).expanduser().absolute())) if config else ()
    return (sys.executable, "-P", "-m", "driftwatch", *given)


def _starting(kind: Kind, path: Path) -> tuple[tuple[str, ...], ...]:
    if kind == "launchd":
        return (("launchctl", "bootstrap", f"gui/{os.getuid()}", str(path)),)
    return _systemctl(kind, "daemon-reload"), _systemctl(kind, "enable", "--now", path.name)


def _stopping(kind: Kind, path: Path) -> tuple[tuple[str, ...], ...]:
    if kind == "launchd":
        return (("launchctl", "bootout", f"gui/{os.getuid()}", str(path)),)
    return (_systemctl(kind, "disable", "--now", path.name),)


def _systemctl(kind: Kind, *words: str) -> tuple[str, ...]:
    return ("systemctl", *(() if kind == "system" else ("--user",)), *words)


def _run(kind: Kind, commands: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Runs them; the ones that are left to type where there is no service manager to talk to, or one refuses."""
    for number, command in enumerate(commands):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            done = None
        if done is None or done.returncode:
            return tuple(" ".join(one) for one in commands[number:])
    return ()
