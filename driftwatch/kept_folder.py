"""Where it is kept what took long to find out: small files, named by what it depends on, made again when gone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

_KEPT = 100


def load(folder: Path, key: str) -> Any:
    """What was kept under this key (JSON); None where there is nothing, or where the file is damaged."""
    try:
        found = json.loads(_path(folder, key).read_text(encoding="utf-8"))
        return found["found"] if found["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save(folder: Path, key: str, found: Any) -> None:
    """Writes the file whole or not at all, and lets the oldest of many go."""
    folder.mkdir(parents=True, exist_ok=True)
    target = _path(folder, key)
    building = folder / f".{target.name}.{os.getpid()}"
    building.write_text(json.dumps({"key": key, "found": found}), encoding="utf-8")
    building.replace(target)
    with contextlib.suppress(FileNotFoundError):  # another process may be at it too
        files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[_KEPT:]:
            path.unlink()


def _path(folder: Path, key: str) -> Path:
    return folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.json"
