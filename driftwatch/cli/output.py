"""What people and scripts see of results."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from driftwatch.errors import redact_all

if TYPE_CHECKING:
    from driftwatch.actions.check import Checked
    from driftwatch.core.catalog import Catalog
    from driftwatch.core.history import HistoryDrift
    from driftwatch.errors import DriftwatchError


def emit(command: str, status: str, body: dict[str, Any]) -> None:
    """The one JSON object of a command, on stdout."""
    print(json.dumps({"format": 1, "command": command, "status": status, **redact_all(body)}, indent=1))


def unnamed(*catalogs: Catalog) -> list[dict[str, str]]:
    """What was not compared, each once, in the contract's form."""
    every = dict.fromkeys(one for catalog in catalogs for one in catalog.not_compared)
    return [{"what": one.what, "reason": one.reason} for one in every]


def checked_json(name: str, result: Checked | DriftwatchError) -> dict[str, Any]:
    """One remote's result as JSON; an error says that it could not be checked."""
    from driftwatch.core.drift import to_json
    from driftwatch.errors import DriftwatchError

    if isinstance(result, DriftwatchError):
        return {"remote": name, "status": "could_not", "error": result.message, "next_step": result.next_step}
    return {
        "remote": name,
        "status": "drifted" if result.drifted else "in_sync",
        "fingerprint": result.fingerprint,
        "expected": result.expected,
        "changes": [to_json(change) for change in result.changes],
        "history": history_json(result.history),
        "hint": result.hint,
        "not_compared": [{"what": one.what, "reason": one.reason} for one in result.not_compared],
    }


def history_json(drift: HistoryDrift) -> dict[str, Any]:
    """The versions by what is the matter with them; renumbered as (file's, applied) pairs."""
    return {name: list(getattr(drift, name)) for name in _MEANINGS}


def checked_text(name: str, result: Checked | DriftwatchError, *, limit: int, color: bool) -> str:
    """One remote's result for a terminal."""
    from driftwatch.core.report import as_text
    from driftwatch.errors import DriftwatchError

    if isinstance(result, DriftwatchError):
        return f"{name}: could not check: {result.message}"
    lines = [f"{name}: {verdict(result)}"]
    lines += history_lines(result.history)
    if result.changes:
        lines.append(as_text(result.changes, limit=limit, color=color).rstrip("\n"))
    if result.hint:
        lines.append(f"Hint: {result.hint}")
    if result.drifted:
        lines.append(f"Next: driftwatch diff migrations {name}   or write it down: driftwatch sync from-remote {name}")
    return "\n".join(lines)


def verdict(result: Checked) -> str:
    """One line: in sync, or what is not. A new table and its columns are one object."""
    from driftwatch.core.report import entries

    parts = []
    if result.changes:
        count = len(entries(result.changes))
        parts.append(f"drifted ({count} object{'s' if count != 1 else ''})")
    for word in ("unknown", "edited", "duplicates"):
        count = len(getattr(result.history, word))
        parts += [f"{count} {word}"] if count else []
    pending = len(result.history.pending)
    if not parts:
        parts.append("in sync with its migrations")
    if pending:
        parts.append(f"{pending} pending")
    return ", ".join(parts)


_MEANINGS = {
    "pending": "pending (in git, not applied there)",
    "unknown": "unknown (applied there, not in git)",
    "edited": "edited (the file is not what was applied)",
    "renumbered": "the same content under another version",
    "duplicates": "the same version twice",
    "out_of_order": "out of order (pending, but older than what is applied)",
    "unproved": "applied, but the history kept no statements to compare the file with",
}


def history_lines(drift: HistoryDrift) -> list[str]:
    """The versions behind the counts, with what each word means."""
    return [
        f"  {meaning}: {', '.join(' is '.join(one) if isinstance(one, tuple) else one for one in found)}"
        for name, meaning in _MEANINGS.items()
        if (found := getattr(drift, name))
    ]
