"""The layers that settings are made of: TOML files as plain values, one laid over the other."""

from __future__ import annotations

import os
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
    """What supabase/config.toml says that concerns us: [db] major_version and port, [db.seed], [api] schemas."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):  # the Supabase CLI's own business
        return {}
    found = _exposed(said.get("api"))
    db = said.get("db", {})
    if not isinstance(db, dict):
        return found
    if type(major := db.get("major_version")) is int:
        found["shadow"] = {"major": major}
    local: dict[str, Any] = {"port": port} if type(port := db.get("port")) is int and 0 <= port <= 65535 else {}
    if (seeds := _seeds(db.get("seed"))) is not None:
        local["seeds"] = seeds
    return {**found, "local": local} if local else found


def _exposed(section: Any) -> dict[str, Any]:
    """The schemas that the API serves."""
    schemas = section.get("schemas") if isinstance(section, dict) else None
    if not isinstance(schemas, list) or not all(isinstance(one, str) for one in schemas):
        return {}
    return {"lint": {"schemas": schemas}}


def _seeds(section: Any) -> list[str] | None:
    """The globs of [db.seed], which are relative to the folder supabase; None where nothing is said."""
    if not isinstance(section, dict):
        return None
    if section.get("enabled") is False:
        return []
    paths = section.get("sql_paths")
    if not isinstance(paths, list):
        return None
    return [os.path.normpath(os.path.join("supabase", one)) for one in paths if isinstance(one, str) and one]  # noqa: PTH118 - globs are no paths


def respell(entries: Any, known: Mapping[str, Any]) -> None:
    """Gives the keys, which come from variables' names, the spelling that they have in the files."""
    spelling = {name.lower().replace("-", "_"): name for name in known}
    for name in list(entries) if isinstance(entries, dict) else ():
        if name.lower() in spelling:
            entries[spelling[name.lower()]] = entries.pop(name)
