"""The base file: schema that was there before the first migration, or that contains the first ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from driftwatch.core.migrations import Applied, Migration

_CONTAINS = re.compile(r"^-- driftwatch: contains ([0-9]+)(?: (.*))?$", re.MULTILINE)


def header(applied: Iterable[Applied]) -> str:
    """The lines that say which versions a base contains; they are not replayed on top of it.

    Each is one line whatever a history holds: after a line's end a comment is over, and what follows would be run.
    """
    lines = [" ".join(f"-- driftwatch: contains {one.version} {one.name}".split()) for one in applied]
    return "\n".join(lines) + ("\n" if lines else "")


def contained(base: str) -> dict[str, str]:
    """The versions (and names) whose effect is already in the base. A hand-written base has none."""
    return {match.group(1): match.group(2) or "" for match in _CONTAINS.finditer(base)}


def on_top(base: str, migrations: Iterable[Migration]) -> tuple[Migration, ...]:
    """The migrations that are to be replayed on the base."""
    inside = contained(base)
    return tuple(one for one in migrations if one.version not in inside)
