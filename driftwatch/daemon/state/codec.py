"""Remotes' states and alerts as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from driftwatch.core.alert_texts import Said
from driftwatch.core.alerts import Alert
from driftwatch.core.remote_state import Ack, Pending, RemoteState

_TIMES = {
    "checked_at",
    "attempted_at",
    "drift_since",
    "told_at",
    "failing_since",
    "outage_told_at",
    "unconfirmed_since",
    "in_flight_since",
}


def text_of(at: datetime) -> str:
    """A time as text that sorts: ISO 8601 in UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def storable(text: str) -> str:
    """SQLite takes no lone surrogates, which undecodable bytes in a message become."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def state_to_json(state: RemoteState) -> str:
    return _dumped(asdict(state))


def state_from_json(text: str) -> RemoteState:
    """Raises ValueError, KeyError or TypeError for what is none; keys of another version are left out."""
    known = {field.name for field in fields(RemoteState)}
    said = {name: value for name, value in json.loads(text).items() if name in known}
    for name in _TIMES & said.keys():
        said[name] = _time(said[name])
    said["drift_changes"] = tuple(said.get("drift_changes", ()))
    said["pending"] = tuple(Pending(name, _sure(since), told) for name, since, told in said.get("pending", ()))
    if said.get("ack"):
        by, at, until, reason = said["ack"]
        said["ack"] = Ack(by, _sure(at), _time(until), reason)
    return RemoteState(**said)


def alert_to_json(alert: Alert) -> str:
    return _dumped(asdict(alert))


def alert_from_json(text: str) -> Alert:
    """Raises as `state_from_json`."""
    known = {field.name for field in fields(Alert)}
    read = {name: value for name, value in json.loads(text).items() if name in known}
    read["remotes"], read["at"] = tuple(read["remotes"]), _sure(read["at"])
    read["joined"] = tuple(read.get("joined", ()))
    if said := read.get("said"):
        read["said"] = Said(**{**said, "heads": tuple(said["heads"]), "feet": tuple(said["feet"])})
    return Alert(**read)


def _dumped(value: Any) -> str:
    # A lone surrogate would come back as one, and nothing that is shown can be written with it.
    return json.dumps(value, default=text_of, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _sure(text: str) -> datetime:
    return datetime.fromisoformat(text)
