"""What there is to know of a migration before it runs on the remote, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from driftwatch.core.text import clean

Severity = Literal["error", "warning", "advice"]
Kind = Literal[
    "lock", "rewrite", "index", "scan", "destroys", "changes", "fails_on_rows", "twice", "order", "gone", "unseen"
]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")
"""From the gravest."""

_LISTED = 5
"""Migrations that can't be run twice are nearly all: of more than these, how many it are is said."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know before a migration runs on the remote.

    line: from 1, 0 = the file as a whole. table: as the remote calls it, "" for none. sentence: what, without the
    place. mend: how to do it better, "" where nothing is wrong. lock, rows, bytes: as far as they are known. seconds:
    how long it takes at least, where that was measured.
    """

    filename: str
    line: int
    kind: Kind
    severity: Severity
    sentence: str
    mend: str = ""
    table: str = ""
    lock: str = ""
    rows: int | None = None
    bytes: int | None = None
    seconds: float | None = None

    @property
    def place(self) -> str:
        return f"{self.filename}:{self.line}" if self.line else self.filename


def sentences(found: Iterable[Finding], filename: str) -> tuple[str, ...]:
    """What there is to say about one migration, gravest first: `error: line 3: rewrites …`."""
    mine = sorted((one for one in found if one.filename == filename), key=lambda one: SEVERITIES.index(one.severity))
    return tuple(f"{one.severity}: {f'line {one.line}: ' if one.line else ''}{one.sentence}" for one in mine)


def at_least(found: Iterable[Finding], severity: str) -> tuple[Finding, ...]:
    """Those of this severity or a graver one; none for "nothing"."""
    grave = SEVERITIES[: SEVERITIES.index(severity) + 1] if severity in SEVERITIES else ()
    return tuple(one for one in found if one.severity in grave)


def to_json(finding: Finding) -> dict[str, Any]:
    """As the JSON output writes it: the fields of a Finding, `filename` as `file`."""
    plain = asdict(finding)
    return {"file": plain.pop("filename"), **plain}


def by_file(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The findings by the migration that they are about, in its order; the gravest of each first."""
    files: dict[str, list[Finding]] = {}
    for one in found:
        files.setdefault(one.filename, []).append(one)
    return {name: sorted(ones, key=lambda one: SEVERITIES.index(one.severity)) for name, ones in files.items()}


def lines(found: Sequence[Finding]) -> list[str]:
    """What was observed, for people, by migration; how to do better only where it matters."""
    twice = [one for one in found if one.kind == "twice"]
    folded = twice if len(twice) > _LISTED else []
    said = []
    for filename, of_file in by_file([one for one in found if one not in folded]).items():
        said.append(f"  {filename}")
        for one in of_file:
            place = f"line {one.line}: " if one.line else ""
            said.append(f"    {one.severity}: {place}{clean(one.sentence)}")
            if one.mend and one.severity != "advice":
                said.append(f"        {one.mend}")
    if folded:
        said.append(f"  advice: {len(folded)} migrations are not safe to run twice, where that matters (--json: all)")
    return said
