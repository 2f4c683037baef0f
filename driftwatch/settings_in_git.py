"""What the project's file may not say, because it is in git: whoever can push would say it on every computer.

No secrets, no commands, no programs, and no other computer as the local database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from driftwatch.errors import ConfigurationError

_HARMLESS_CHANNEL = re.compile(r"^(json|form|xml)s?://(127\.0\.0\.1|localhost|\[::1\])[:/]")
_LOGIN = re.compile(r":/*[^:/@\s]*:.*@", re.DOTALL)
_LOCAL = re.compile(
    r"^postgres(ql)?://([^/@]*@)?(localhost|127\.[\d.]+|\[::1\])?(:\d+)?(/[^?]*)?(\?(?!.*\bhost(addr)?=[^/%]).*)?$"
)
_PASSWORD = re.compile(r"passw(or)?d\s*=", re.IGNORECASE)
_PLACES = (("shadow", "postgres"), ("paths", "cache"), ("paths", "data"))


def refuse(path: Path, layer: Mapping[str, Any], root: Path, user_file: Path) -> None:
    """Raises ConfigurationError for the first such key; never with its value. root: the project's directory.

    A file outside the repository, named with --config, may say everything.
    """
    if not path.parent.resolve().is_relative_to(_repository(root.resolve())):
        return
    for key, value in _texts(layer):
        name = key.rpartition(".")[2]
        if name == "url" and _is_secret(value, channel=key.startswith("notify.")):
            raise ConfigurationError(
                f"{path}: {key}: holds a secret, and this file is in git.",
                next_step=f'Use {key}_env = "NAME_OF_A_VARIABLE" or {key}_file, or move it to {user_file}.',
            )
        if name == "url_command" and value:
            raise ConfigurationError(
                f"{path}: {key}: a command is refused here: this file is in git, so it would run on everybody's "
                "computer.",
                next_step=f"Move it to {user_file}, or use url_env.",
            )
    for section, name in _PLACES:
        value = _get(layer, section, name)
        if value and not _outside(value, root):
            raise ConfigurationError(
                f"{path}: {section}.{name}: expected an absolute path outside the repository: programs in git would "
                "run on everybody's computer.",
                next_step=f"Move it to {user_file}, or set DRIFTWATCH_{section.upper()}__{name.upper()}.",
            )
    local = _get(layer, "local", "url")
    if local and not _LOCAL.match(local):
        raise ConfigurationError(
            f"{path}: local.url: expected a database on this computer: a sync after a pull writes to it, and this "
            "file is in git.",
            next_step=f"Move it to {user_file}, or set DRIFTWATCH_LOCAL__URL.",
        )


def _is_secret(url: str, *, channel: bool) -> bool:
    if channel and not _HARMLESS_CHANNEL.match(url):
        return True
    return bool(_LOGIN.search(url) or _PASSWORD.search(url))


def _outside(value: str, root: Path) -> bool:
    path = Path(value).expanduser()
    return path.is_absolute() and not path.resolve().is_relative_to(_repository(root.resolve()))


def _repository(root: Path) -> Path:
    """The work tree that holds the project, which may be one of several in it."""
    return next((one for one in (root, *root.parents) if (one / ".git").exists()), root)


def _get(layer: Mapping[str, Any], section: str, name: str) -> str:
    inner = layer.get(section)
    value = inner.get(name, "") if isinstance(inner, Mapping) else ""
    return value if isinstance(value, str) else ""


def _texts(layer: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in layer.items():
        if isinstance(value, Mapping):
            yield from _texts(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            yield f"{prefix}{key}", value
