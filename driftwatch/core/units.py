"""The texts of the files that make a daemon a service: systemd's units, launchd's property list."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Kind = Literal["user", "system", "timer", "launchd"]
_PLAIN = re.compile(r"[\w@+=:,./-]+")
_WRITTEN = (
    "# Written by `driftwatch daemon install`, which may be run again; `driftwatch daemon uninstall` removes it.\n"
)
_OF_ROOT = {
    # Its Postgres runs as an account without rights, and as root it has to see that account's processes.
    "CapabilityBoundingSet": "CAP_SETUID CAP_SETGID CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_KILL",
    "PrivateUsers": "no",
    "ProtectProc": "default",
    "SystemCallFilter=~@privileged": "~@resources @mount @cpu-emulation @debug @obsolete",
}


@dataclass(frozen=True)
class Service:
    """What the service of one project needs.

    name: of the unit, without an ending. program: that, run with these arguments, is driftwatch. environment: what it
    gets besides the account's. credentials: variables that hold secrets, and the file with the value of each. writable:
    where it writes.
    """

    name: str
    project: Path
    program: tuple[str, ...]
    user: str
    environment: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, Path] = field(default_factory=dict)
    writable: tuple[Path, ...] = ()


def file_names(name: str, kind: Kind) -> tuple[str, ...]:
    """The files of a kind; the last one is the one that is switched on."""
    if kind == "launchd":
        return (f"{name}.plist",)
    return (f"{name}-check.service", f"{name}-check.timer") if kind == "timer" else (f"{name}.service",)


def templates(kind: Kind) -> tuple[str, ...]:
    """The shipped files that those of this kind are made of, in the same order."""
    return {
        "user": ("systemd/driftwatch.service",),
        "system": ("systemd/system/driftwatch.service",),
        "timer": ("systemd/driftwatch-check.service", "systemd/driftwatch-check.timer"),
        "launchd": (),
    }[kind]


def unit(template: str, service: Service, kind: Kind) -> str:
    """A shipped unit with the project's values in it."""
    words = ("check",) if kind == "timer" else ("daemon", "run")
    fill = {
        "WorkingDirectory": _specifiers(str(service.project)),
        "ExecStart": " ".join(_word(word) for word in (*service.program, *words)),
    }
    if kind == "system":
        fill |= {"User": service.user, **(_OF_ROOT if service.user == "root" else {})}
        fill["ReadWritePaths"] = " ".join(_quoted(f"-{path}") for path in service.writable)
    more = [f"Environment={_quoted(f'{name}={value}')}" for name, value in service.environment.items()]
    more += [f"LoadCredential={name}:{_specifiers(str(path))}" for name, path in service.credentials.items()]
    lines: list[str] = []
    for line in template[template.index("[Unit]") :].splitlines():
        key = next((key for key in fill if line.startswith(key if "=" in key else f"{key}=")), None)
        lines.append(line if key is None else f"{key.partition('=')[0]}={fill[key]}")
        lines += more if key == "ExecStart" else []
    return _WRITTEN + "\n".join(lines) + "\n"


def property_list(service: Service, log: Path) -> str:
    """The same for launchd, which has no credentials: the files' values come from `url_file` or a command."""
    made = {
        "Label": service.name,
        "ProgramArguments": [*service.program, "daemon", "run"],
        "WorkingDirectory": str(service.project),
        "EnvironmentVariables": dict(service.environment),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 10,
        "ProcessType": "Background",
        "Umask": 0o077,
        "StandardErrorPath": str(log),
    }
    return plistlib.dumps(made).decode()


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """For systemd.syntax(7): quoted where it has to be."""
    text = _specifiers(text)
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _word(text: str) -> str:
    """One argument of a command line, in which variables would be expanded too."""
    return _quoted(text.replace("$", "$$"))
