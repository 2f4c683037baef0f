"""What the last look at each database found, so that what has not changed since need not be read and compared again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from driftwatch.actions.check import Checked
from driftwatch.actions.project import Project
from driftwatch.core.catalog import NotCompared
from driftwatch.core.history import HistoryDrift
from driftwatch.core.migrations import Migration


@dataclass(frozen=True)
class LastLook:
    """Kept in the project's home, a file a database. Only what did not drift is kept: drift is explained anew."""

    project: Project
    migrations: tuple[Migration, ...]

    def recall(self, name: str, state: str) -> Checked | None:
        """What was found, if the database, the files, the settings and driftwatch itself are as they were then."""
        try:
            kept = json.loads(self._file(name).read_text(encoding="utf-8"))
            if kept["ground"] != self._ground or state not in kept["states"]:
                return None
            return _from_json(name, kept["found"])
        except (OSError, ValueError, KeyError, TypeError):  # never looked, or damaged: it is looked at again
            return None

    def keep(self, name: str, states: Collection[str], found: Checked) -> None:
        """Remembers it under these names of the database's state; what drifted is forgotten."""
        file = self._file(name)
        if found.drifted or not states:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        building = file.with_suffix(".new")
        building.write_text(json.dumps({"ground": self._ground, "states": sorted(states), "found": _to_json(found)}))
        building.replace(file)

    def _file(self, name: str) -> Path:
        return self.project.home / "looks" / f"{name}.json"

    @cached_property
    def _ground(self) -> str:
        """A hash over all that a comparison depends on besides the database."""
        digest = hashlib.sha256()
        digest.update("\n".join(_code()).encode())
        for settings in (self.project.scope, self.project.shadows.options):
            digest.update(json.dumps(asdict(settings), default=_plain).encode())
        for one in self.migrations:
            digest.update(one.content_hash.encode())
        return digest.hexdigest()


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _code() -> list[str]:
    """Every file of driftwatch, with its size and when it was changed."""
    found = []
    folders = [os.fspath(Path(__file__).parents[1])]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders += [entry.path] if entry.name != "__pycache__" else []
                else:
                    found.append(f"{entry.path} {entry.stat().st_size} {entry.stat().st_mtime_ns}")
    return sorted(found)


def _to_json(found: Checked) -> dict[str, Any]:
    return {
        "fingerprint": found.fingerprint,
        "expected": found.expected,
        "history": asdict(found.history),
        "not_compared": [[one.what, one.reason] for one in found.not_compared],
        "hint": found.hint,
    }


def _from_json(name: str, found: dict[str, Any]) -> Checked:
    history = {field: tuple(map(_frozen, value)) for field, value in found["history"].items()}
    left = tuple(NotCompared(what, reason) for what, reason in found["not_compared"])
    return Checked(name, found["fingerprint"], found["expected"], (), HistoryDrift(**history), left, found["hint"])


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
