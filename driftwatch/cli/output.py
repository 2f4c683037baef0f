"""What people and scripts see of results."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from driftwatch.errors import redact_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from driftwatch.actions.blame import Origin
    from driftwatch.actions.capture import Nothing
    from driftwatch.actions.check import Checked
    from driftwatch.core.audit import Recorded
    from driftwatch.core.catalog import Catalog, ObjectId
    from driftwatch.core.drift import ObjectChange
    from driftwatch.core.history import HistoryDrift
    from driftwatch.core.row_fingerprint import Fingerprinted
    from driftwatch.errors import DriftwatchError


_FEW = 3
"""So many versions are typed without a mistake."""


def emit(command: str, status: str, body: dict[str, Any]) -> None:
    """The one JSON object of a command, on stdout."""
    print(json.dumps({"format": 1, "command": command, "status": status, **redact_all(body)}, indent=1))


def unnamed(*catalogs: Catalog | Fingerprinted) -> list[dict[str, str]]:
    """What was not compared, each once, in the contract's form."""
    every = dict.fromkeys(one for catalog in catalogs for one in catalog.not_compared)
    return [{"what": one.what, "reason": one.reason} for one in every]


def changes_json(
    changes: Iterable[ObjectChange], origins: Mapping[ObjectId, Origin], by: Mapping[ObjectId, Recorded] | None = None
) -> list[dict[str, Any]]:
    """What differs as JSON, with the place that defines each object and who changed it, where that is known."""
    from driftwatch.core import audit
    from driftwatch.core.drift import to_json

    def place(origin: Origin | None) -> dict[str, Any] | None:
        commit = origin.commit.sha if origin and origin.commit else None
        return {"file": origin.file, "line": origin.line, "commit": commit} if origin else None

    return [
        {
            **to_json(change),
            "defined_in": place(origins.get(change.id)),
            **({} if by is None else {"by": audit.to_json(by.get(change.id))}),
        }
        for change in changes
    ]


def origin_lines(changes: Iterable[ObjectChange], origins: Mapping[ObjectId, Origin], limit: int) -> list[str]:
    """`Defined in:` and a line for each object that differs, parts of a whole table left out."""
    from driftwatch.actions.blame import in_words
    from driftwatch.core.report import entries
    from driftwatch.core.text import clean

    known = [origins[one.change.id] for one in entries(changes)[:limit] if one.change.id in origins]
    lines = [f"  {clean(in_words(origin.id))}: {origin.in_words()}" for origin in known]
    return ["Defined in:", *lines] if lines else []


def by_lines(result: Checked, limit: int) -> list[str]:
    """`Changed by:` and a line for each person, with what they changed; nothing where that was not recorded."""
    from itertools import groupby

    from driftwatch.actions.blame import in_words as object_in_words
    from driftwatch.core import audit
    from driftwatch.core.catalog import ObjectId
    from driftwatch.core.report import entries
    from driftwatch.core.text import clean

    every = [
        ObjectId(one.change.id.kind, one.rename.after) if one.rename else one.change.id
        for one in entries(result.changes)[:limit]
    ]
    shown = [id_ for id_ in every if id_ in result.by]

    def who(id_: ObjectId) -> str:
        return audit.in_words(result.by[id_])

    lines = [
        f"  {one}: {', '.join(clean(object_in_words(id_)) for id_ in ids)}"
        for one, ids in groupby(sorted(shown, key=who), key=who)
    ]
    return ["Changed by:", *lines] if lines else []


def checked_json(
    name: str, result: Checked | DriftwatchError, origins: Mapping[ObjectId, Origin] | None = None
) -> dict[str, Any]:
    """One remote's result as JSON; an error says that it could not be checked."""
    from driftwatch.core.renames import renames
    from driftwatch.core.renames import to_json as rename_to_json
    from driftwatch.errors import DriftwatchError

    if isinstance(result, DriftwatchError):
        return {"remote": name, "status": "could_not", "error": result.message, "next_step": result.next_step}
    return {
        "remote": name,
        "status": "drifted" if result.drifted else "in_sync",
        "fingerprint": result.fingerprint,
        "expected": result.expected,
        "changes": changes_json(result.changes, origins or {}, result.by),
        "renames": [rename_to_json(rename) for rename in renames(result.changes)],
        "history": history_json(result.history),
        "hint": result.hint,
        "not_compared": [{"what": one.what, "reason": one.reason} for one in result.not_compared],
    }


def history_json(drift: HistoryDrift) -> dict[str, Any]:
    """The versions by what is the matter with them; renumbered as (file's, applied) pairs."""
    from driftwatch.core.history import MEANINGS

    return {name: list(getattr(drift, name)) for name in MEANINGS}


def checked_text(
    name: str,
    result: Checked | DriftwatchError,
    *,
    limit: int,
    color: bool,
    whole: bool = False,
    origins: Mapping[ObjectId, Origin] | None = None,
    drift: str = "",
) -> str:
    """One remote's result for a terminal. whole: every object on its own, whatever the limit. drift: see next_lines."""
    from driftwatch.core.report import as_text
    from driftwatch.errors import DriftwatchError

    if isinstance(result, DriftwatchError):
        return f"{name}: could not check: {result.message}"
    lines = [f"{name}: {verdict(result)}"]
    lines += history_lines(result.history)
    if result.changes:
        lines.append(as_text(result.changes, limit=limit, whole=whole, color=color).rstrip("\n"))
        lines += origin_lines(result.changes, origins or {}, limit)
        lines += by_lines(result, limit)
    if result.hint:
        lines.append(f"Hint: {result.hint}")
    lines += next_lines(name, result.history, changed=bool(result.changes), drift=drift)
    return "\n".join(lines)


def next_lines(name: str, history: HistoryDrift, *, changed: bool, drift: str = "") -> list[str]:
    """What to type about each thing that is the matter on a remote, and what it does.

    changed: objects differ too. drift: its short name where the daemon reminds of it.
    """
    steps = []
    if history.renumbered:
        steps.append((f"driftwatch history adopt {name}", "gives the files the versions that they have there"))
    if len(history.unknown) > len(history.renumbered):
        steps.append((f"driftwatch sync from-remote {name}", "fetches what only it has applied"))
    if history.edited or history.duplicates:
        steps.append(("driftwatch verify", "shows what is wrong with the files"))
    if changed:
        if 0 < len(history.pending) <= _FEW:
            adopt = f"driftwatch history adopt {name} {' '.join(history.pending)}"
            steps.append((adopt, "if what differs is what is pending"))
        steps.append((f"driftwatch capture {name} --adopt", "keeps what differs, as a migration;"))
        steps.append((f"driftwatch diff {name} migrations --sql", "or the SQL that takes it back"))
    if drift:
        steps.append((f"driftwatch ack {drift}", "or ends the daemon's reminders of it"))
    width = max((len(command) for command, _ in steps), default=0)
    return [
        f"{'Next:' if number == 0 else '     '} {command:<{width}}  {does}"
        for number, (command, does) in enumerate(steps)
    ]


def nothing_text(found: Nothing) -> str:
    """Why nothing was captured, and what to type then."""
    name = found.remote
    if not found.made_by:
        lines = [f"{name} has nothing beyond its migrations.", *history_lines(found.history, only_drift=True)]
        return "\n".join([*lines, *next_lines(name, found.history, changed=False)])
    files = ", ".join(one.filename for one in found.made_by)
    versions = " ".join(one.version for one in found.made_by)
    return (
        f"What {name} has beyond its migrations is pending here already: {files}. Nothing was written.\n"
        f"Next: driftwatch history adopt {name} {versions}"
    )


def verdict(result: Checked) -> str:
    """One line: in sync, or what is not. A new table and its columns are one object."""
    from driftwatch.core.history import DRIFT
    from driftwatch.core.report import entries

    parts = []
    if result.changes:
        count = len(entries(result.changes))
        parts.append(f"drifted ({count} object{'s' if count != 1 else ''})")
    for word in DRIFT:
        count = len(getattr(result.history, word))
        parts += [f"{count} {word}"] if count else []
    pending = len(result.history.pending)
    if not parts:
        parts.append("in sync with its migrations")
    if pending:
        parts.append(f"{pending} pending")
    return ", ".join(parts)


def history_lines(drift: HistoryDrift, *, only_drift: bool = False) -> list[str]:
    """The versions behind the counts, with what each word means. only_drift: without what is no drift, as pending."""
    from driftwatch.core.history import DRIFT, MEANINGS

    return [
        f"  {meaning}: {', '.join(' is '.join(one) if isinstance(one, tuple) else one for one in found)}"
        for name, meaning in MEANINGS.items()
        if (found := getattr(drift, name)) and (name in DRIFT or not only_drift)
    ]
