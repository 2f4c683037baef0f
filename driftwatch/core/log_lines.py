"""What was seen and told over time, as one list: checks that saw the same are one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from driftwatch.core.alert_texts import differences, plain
from driftwatch.core.alerts import Alert

Check = tuple[str, datetime, str, int, str]
"""Remote, when, outcome, differences, why it could not be checked."""
_WIDTH = len("2025-03-01 12:00 – 2025-03-02 12:00 UTC")
_OUTCOMES = {"in_sync": "in sync", "drifted": "drifted", "unreachable": "could not be checked"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was seen or told. kind: "check" or that of an alert. until, number: of checks that saw the same.

    facts: for programs. reached: the channels that an alert was delivered to.
    """

    at: datetime
    kind: str
    remotes: tuple[str, ...]
    text: str
    until: datetime
    number: int = 1
    facts: tuple[tuple[str, Any], ...] = ()
    reached: tuple[str, ...] = ()


def events(
    checks: Iterable[Check],
    alerts: Iterable[Alert],
    deliveries: Iterable[tuple[str, str, datetime]],
    remote: str | None = None,
) -> list[Event]:
    """Everything in order, of one remote or of all. deliveries: an alert's key, the channel, when."""
    reached: dict[str, list[str]] = {}
    for key, channel, _ in deliveries:
        reached.setdefault(key, []).append(channel)
    told = [_told(one, tuple(reached.get(one.key, ()))) for one in alerts if remote is None or remote in one.remotes]
    seen = _folded(one for one in checks if remote is None or one[0] == remote)
    return sorted([*seen, *told], key=lambda one: (one.at, one.kind != "check"))


def lines(found: Iterable[Event]) -> list[str]:
    """A line for each, for a terminal."""
    return [f"{_span(one)}  {_words(one)}" for one in found]


def to_json(one: Event) -> dict[str, Any]:
    result = {
        "at": _iso(one.at),
        "kind": one.kind,
        "remotes": list(one.remotes),
        "text": one.text,
        **dict(one.facts),
    }
    if one.kind == "check":
        return {**result, "until": _iso(one.until), "checks": one.number}
    return {**result, "delivered_to": list(one.reached)}


def _told(one: Alert, reached: tuple[str, ...]) -> Event:
    """With the IDs of the drifts that it is about, which people type."""
    drifts = {name: drift for name in one.remotes if (drift := one.facts.get(name, {}).get("drift"))}
    text = f"{one.title} ({', '.join(drifts.values())})" if drifts else one.title
    facts = (("key", one.key), ("drifts", drifts)) if drifts else (("key", one.key),)
    return Event(one.at, one.kind, one.remotes, text, one.at, 1, facts, reached)


def _folded(checks: Iterable[Check]) -> list[Event]:
    """One entry for checks of a remote in a row that saw the same."""
    result: list[Event] = []
    newest: dict[str, int] = {}
    for remote, at, outcome, number, reason in checks:
        facts = (("outcome", outcome), ("differences", number), ("reason", reason))
        index = newest.get(remote)
        if index is not None and result[index].facts == facts:
            result[index] = replace(result[index], until=at, number=result[index].number + 1)
            continue
        text = _OUTCOMES[outcome]
        text += f", {differences(number)}" if outcome == "drifted" else f": {plain(reason)}" if reason else ""
        newest[remote] = len(result)
        result.append(Event(at, "check", (remote,), text, at, 1, facts))
    return result


def _span(one: Event) -> str:
    begin, end = _shown(one.at), _shown(one.until)
    if end[:10] == begin[:10]:
        end = end[11:]
    return (f"{begin} – {end} UTC" if one.number > 1 and end != begin[11:] else f"{begin} UTC").ljust(_WIDTH)


def _words(one: Event) -> str:
    if one.kind == "check":
        return f"{plain(one.remotes[0])}: {one.text}" + (f" ({one.number} checks)" if one.number > 1 else "")
    return f"told: {one.text}" + (f" → {', '.join(one.reached)}" if one.reached else "")


def _shown(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
