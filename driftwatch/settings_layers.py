"""The layers that settings are made of: TOML files as plain values, one laid over the other."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from driftwatch.errors import ConfigurationError

SOURCES = ("url", "url_env", "url_file", "url_command")
"""The ways to say where a URL is found; one section uses one of them."""


def over(lower: dict[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """The upper layer's keys win, section by section; where it says where a URL is found, no other way is left."""
    kept = {key: value for key, value in lower.items() if key not in SOURCES or upper.keys().isdisjoint(SOURCES)}
    for key, value in upper.items():
        below = kept.get(key)
        kept[key] = over(below if isinstance(below, dict) else {}, value) if isinstance(value, Mapping) else value
    return kept


def anchored(layer: dict[str, Any], folder: Path) -> dict[str, Any]:
    """With url_file relative to the file that says it, not to where driftwatch happens to be called."""

    def one(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return anchored(value, folder)
        return str(folder / Path(value).expanduser()) if key == "url_file" and value else value

    return {key: one(key, value) for key, value in layer.items()}


def read_toml(path: Path, *, required: bool = False) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if required:
            raise ConfigurationError(f"{path} does not exist.") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from None
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}") from None


def from_supabase(path: Path) -> dict[str, Any]:
    """What supabase/config.toml says that concerns us: [db] major_version."""
    try:
        db = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("db", {})
    except (OSError, ValueError):  # the Supabase CLI's own business
        return {}
    major = db.get("major_version") if isinstance(db, dict) else None
    return {"shadow": {"major": major}} if type(major) is int else {}


def respell(entries: Any, known: Mapping[str, Any]) -> None:
    """Gives the keys, which come from variables' names, the spelling that they have in the files."""
    spelling = {name.lower().replace("-", "_"): name for name in known}
    for name in list(entries) if isinstance(entries, dict) else ():
        if name.lower() in spelling:
            entries[spelling[name.lower()]] = entries.pop(name)
