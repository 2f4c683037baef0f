"""Receipts: the record that a set of migrations was proved, named by content and by nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """key: of the last link of the chain and the team's rules, so Postgres, baseline, base, how it is replayed,
    every file's content and what lint asks for are in it.

    fingerprint: the schema that the migrations make. proved_at: ISO 8601, UTC. notes: what verify said besides.
    """

    key: str
    fingerprint: str
    postgres: str
    baseline: str
    migrations: int
    last_version: str
    proved_at: str
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1)


def from_json(text: str, key: str) -> Receipt | None:
    """The receipt, or None where the text is not one of this format *for this key*: then nothing was proved."""
    try:
        found = json.loads(text)
        if found.pop("format") != FORMAT or found["key"] != key:
            return None
        return Receipt(**{**found, "notes": tuple(found["notes"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
