"""What the service of a project needs, from its settings; and how the daemon of a project is."""

from __future__ import annotations

import getpass
import http.client
import json
import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from driftwatch import __version__
from driftwatch.cli.project import find_root, load_settings, make_project, project_id, variable
from driftwatch.cli.remembered import STATE, opened
from driftwatch.cli.watching import page_address
from driftwatch.core.units import Kind, Service
from driftwatch.daemon.install import program
from driftwatch.daemon.lock import Running, running
from driftwatch.errors import DriftwatchError, UsageError
from driftwatch.grounds import user_file

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.cli.options import Options
    from driftwatch.core.remote_state import RemoteState
    from driftwatch.settings import Settings

_PLACES = ("DRIFTWATCH_PATHS__CACHE", "DRIFTWATCH_PATHS__DATA")
_SYSTEM_SECRETS = Path("/etc/driftwatch/credentials")
_SECONDS = 5.0
_NO_ANSWER = "Its /healthz does not answer."


@dataclass(frozen=True)
class Made:
    """missing: variables that hold secrets, and the file where each is looked for. log: for launchd."""

    service: Service
    log: Path
    missing: dict[str, Path]
    hints: tuple[str, ...]


def name(root: Path) -> str:
    """Of the service of the project at root: another one for each clone."""
    return f"driftwatch-{project_id(root)}"


def service(options: Options, kind: Kind) -> Made:
    """What is to be installed. Raises UsageError where a service of the system would not run as the owner."""
    root = find_root(options)
    if kind == "system" and root.stat().st_uid != os.geteuid():
        raise UsageError(
            f"{root} belongs to {_owner(root)}, and the service has to run as that account.",
            untouched="Nothing was written.",
            next_step=f"sudo -u {_owner(root)} driftwatch daemon install --system --into DIR",
        )
    settings = load_settings(options, root)
    project = make_project(root, settings)
    folder = _SYSTEM_SECRETS if kind == "system" else user_file().parent / "credentials"
    files = {secret: folder / secret for secret in _variables(settings)}
    there = {secret: path for secret, path in files.items() if path.exists()} if kind != "launchd" else {}
    missing = {secret: path for secret, path in files.items() if secret not in there}
    places = {place: os.environ[place] for place in _PLACES if os.environ.get(place)}
    writable = (settings.cache_dir, settings.data_dir, project.receipts.parent)
    made = Service(name(root), root, program(options.config), getpass.getuser(), places, there, writable)
    return Made(made, project.home / "daemon.log", missing, _hints(kind, missing))


def _variables(settings: Settings) -> list[str]:
    secrets = (*settings.remotes.values(), *settings.notify.channels.values())
    names = (*(one.url_env for one in secrets), settings.daemon.token_env)
    return list(dict.fromkeys(name for name in names if name))


def _hints(kind: Kind, missing: dict[str, Path]) -> tuple[str, ...]:
    if kind == "launchd":
        return tuple(f"{one} is a variable of your shell, which launchd has not: use url_file." for one in missing)
    sudo, flag = ("sudo ", " --system") if kind == "system" else ("", " --timer" if kind == "timer" else "")
    lines = []
    for secret, path in missing.items():
        lines.append(f"{secret} is a variable of your shell, which the service has not. To give it the value:")
        lines.append(f"  printenv {secret} | {sudo}install -D -m 600 /dev/stdin {shlex.quote(str(path))}")
    if missing:
        lines.append(f"  driftwatch daemon install{flag}")
    if kind == "user":
        lines.append("To have it run while nobody is logged in: loginctl enable-linger")
    return tuple(lines)


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:
        return str(path.stat().st_uid)


@dataclass(frozen=True)
class State:
    """How a daemon is. problems: in its own words, or of its memory; None where it does not say, and silence why.
    remotes: what it last saw.
    """

    running: Running | None
    problems: tuple[str, ...] | None
    silence: str
    remotes: tuple[RemoteState, ...]

    @property
    def outdated(self) -> bool:
        return self.running is not None and self.running.version not in ("", __version__)

    @property
    def word(self) -> str:
        if self.running is None:
            return "stopped"
        return "unwell" if self.problems or self.silence == _NO_ANSWER else "running"

    def lines(self) -> list[str]:
        """For a terminal."""
        if self.running is None:
            seen = [*(self.problems or ()), *self._seen()]
            return ["No daemon watches this project.", *seen, "Next: driftwatch daemon install"]
        pid = f": process {self.running.pid}" if self.running.pid else ""
        said = [f"A daemon watches this project{pid}, since {_local(self.running.since)}."]
        if self.outdated:
            said.append(f"It runs driftwatch {self.running.version}, and {__version__} is installed: start it again.")
        if self.problems is None:
            said.append(self.silence)
        else:
            said += [f"It is not well: {one}" for one in self.problems] or ["It is well."]
        return said + self._seen()

    def to_json(self) -> dict[str, Any]:
        now = self.running
        return {
            "pid": now.pid if now else None,
            "since": now.since.isoformat() if now else None,
            "version": now.version if now else None,
            "installed_version": __version__,
            "problems": None if self.problems is None else list(self.problems),
            "remotes": [
                {
                    "remote": one.remote,
                    "checked_at": one.checked_at.isoformat() if one.checked_at else None,
                    "drifted": one.drift_id is not None,
                    "failures": one.failures,
                    "reason": one.reason,
                }
                for one in self.remotes
            ],
        }

    def _seen(self) -> list[str]:
        return [f"  {one.remote}: {_standing(one)}" for one in self.remotes]


def state(project: Project, settings: Settings) -> State:
    """Looks at the lock, asks /healthz, and reads what the daemon remembers."""
    now = running(project.home / "daemon.lock")
    remembered: tuple[RemoteState, ...] = ()
    if (project.home / STATE).exists():
        try:
            with opened(project) as memory:
                remembered = tuple(one for one in memory.remotes() if one.remote in project.remotes)
        except DriftwatchError as error:
            return State(now, (error.message,), "", ())
    problems, silence = _asked(settings) if now is not None else (None, "")
    return State(now, problems, silence, remembered)


def _asked(settings: Settings) -> tuple[tuple[str, ...] | None, str]:
    """What it says is wrong; None where it does not say, and why."""
    asked, token = settings.daemon, variable(settings.daemon.token_env)
    if not asked.port:
        return None, "It serves no /healthz: [daemon] port is 0."
    if asked.token_env and not token:
        return None, f"Its /healthz wants the token in {asked.token_env}, which is not set here."
    at = urlsplit(page_address(asked.bind, asked.port))
    connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=_SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Authorization": f"Bearer {token}"} if token else {})
        return tuple(json.load(connection.getresponse())["problems"]), ""
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None, _NO_ANSWER
    finally:
        connection.close()


def _standing(one: RemoteState) -> str:
    if one.checked_at is None:
        known = "never compared yet"
    else:
        known = f"{'drifted' if one.drift_id else 'in sync'}, compared {_local(one.checked_at)}"
    return known if not one.failures else f"{known}; could not be checked since, {one.failures} times: {one.reason}"


def _local(at: Any) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"
