"""When to tell people about a remote: (what was known, what was seen) -> (what is known, an alert or none).

"Could not check" is a third outcome beside in sync and drifted: it ends no drift and begins none, and
has alerts of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from driftwatch.core.alert_texts import Text, digest_text, drift_text, outage_text

Outcome = Literal["in_sync", "drifted", "unreachable"]
AlertKind = Literal[
    "drift_began",
    "drift_changed",
    "drift_over",
    "drift_repeated",
    "unreachable",
    "unreachable_repeated",
    "reachable_again",
    "digest",
    "test",
]


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """When alerts are due.

    repeat_every: how often a drift or an outage that lasts is told again; None is never.
    unreachable_after: this many failed checks in a row make an outage.
    """

    repeat_every: timedelta | None = timedelta(days=1)
    unreachable_after: int = 3


@dataclass(frozen=True, slots=True)
class Observation:
    """What one check of one remote saw.

    outcome: "unreachable" stands for every reason for which it could not be checked.
    fingerprint: of the drift (not of the whole catalog); changes: one readable line per difference;
    reason: why it could not be checked.
    """

    remote: str
    outcome: Outcome
    fingerprint: str | None = None
    changes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RemoteState:
    """What is known about one remote. `drift_id` is None exactly when there is no known drift.

    checked_at: when it was last really compared; attempted_at: when that was last tried;
    told_at / outage_told_at: the last alert about the drift / the outage.
    """

    remote: str
    checked_at: datetime | None = None
    attempted_at: datetime | None = None
    drift_id: str | None = None
    drift_since: datetime | None = None
    drift_changes: tuple[str, ...] = ()
    told_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    outage_told_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One message to people. `key` is unique per event, so that one delivered twice can be told apart."""

    kind: AlertKind
    remote: str
    title: str
    body_markdown: str
    at: datetime
    key: str

    @property
    def tags(self) -> frozenset[str]:
        """What a channel can choose by: the remote, the kind, and the kind's first word ("drift")."""
        return frozenset({self.remote, self.kind, self.kind.split("_")[0]} - {""})


def decide(
    previous: RemoteState | None, observation: Observation, now: datetime, policy: AlertPolicy
) -> tuple[RemoteState, Alert | None]:
    """The new state of the remote, and the alert that is due. `now` has a time zone.

    Raises ValueError for a naive `now` or for the state of another remote.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    if previous is not None and previous.remote != observation.remote:
        raise ValueError(f"state of {previous.remote!r}, observation of {observation.remote!r}")
    state = _not_in_the_future(previous or RemoteState(observation.remote), now)
    if observation.outcome == "unreachable":
        return _could_not_check(state, observation, now, policy)
    return _checked(state, observation, now, policy)


def digest(states: Sequence[RemoteState], now: datetime) -> Alert:
    """The regular message that says how every remote stands, also when all is well."""
    return _alert("digest", "", digest_text(states, now), now)


def trial(now: datetime) -> Alert:
    """What `driftwatch notify test` sends."""
    body = "**This is a test.** Alerts of driftwatch reach this channel. Nothing is wrong."
    return _alert("test", "", ("driftwatch: test alert", body), now)


def _checked(
    state: RemoteState, observation: Observation, now: datetime, policy: AlertPolicy
) -> tuple[RemoteState, Alert | None]:
    outage = state.failing_since if state.outage_told_at is not None else None
    drift_id = _drift_id(observation)
    kind = _drift_event(state, drift_id, now, policy)
    if outage is not None and kind in (None, "drift_repeated"):
        kind = "reachable_again"
    new = replace(
        state,
        checked_at=now,
        attempted_at=now,
        drift_id=drift_id,
        drift_since=(state.drift_since or now) if drift_id else None,
        drift_changes=observation.changes if drift_id else (),
        told_at=(now if kind else state.told_at) if drift_id else None,
        failures=0,
        failing_since=None,
        outage_told_at=None,
        reason="",
    )
    if kind is None:
        return new, None
    # Since when a drift that is over had lasted, only the old state knows.
    text = drift_text(kind, new, state.drift_since or now, outage, now)
    return new, _alert(kind, new.remote, text, now)


def _drift_event(state: RemoteState, drift_id: str | None, now: datetime, policy: AlertPolicy) -> AlertKind | None:
    if drift_id is None:
        return None if state.drift_id is None else "drift_over"
    if state.drift_id is None:
        return "drift_began"
    if state.drift_id != drift_id:
        return "drift_changed"
    return "drift_repeated" if _due(state.told_at, now, policy) else None


def _could_not_check(
    state: RemoteState, observation: Observation, now: datetime, policy: AlertPolicy
) -> tuple[RemoteState, Alert | None]:
    since = state.failing_since or now
    new = replace(
        state,
        attempted_at=now,
        failures=state.failures + 1,
        failing_since=since,
        reason=observation.reason,
    )
    kind: AlertKind = "unreachable" if state.outage_told_at is None else "unreachable_repeated"
    if state.outage_told_at is None:
        due = new.failures >= policy.unreachable_after
    else:
        due = _due(state.outage_told_at, now, policy)
    if not due:
        return new, None
    alert = _alert(kind, new.remote, outage_text(kind, new, since, now), now)
    return replace(new, outage_told_at=now), alert


def _alert(kind: AlertKind, remote: str, text: Text, now: datetime) -> Alert:
    key = f"{remote}/{kind}/{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    return Alert(kind, remote, text[0], text[1], now, key)


def _drift_id(observation: Observation) -> str | None:
    if observation.outcome == "in_sync":
        return None
    return (
        observation.fingerprint
        or hashlib.sha256("\n".join(observation.changes).encode(errors="surrogatepass")).hexdigest()
    )


def _due(told_at: datetime | None, now: datetime, policy: AlertPolicy) -> bool:
    if policy.repeat_every is None:
        return False
    return told_at is None or now - told_at >= policy.repeat_every


def _not_in_the_future(state: RemoteState, now: datetime) -> RemoteState:
    """A clock that was set back must not silence repetitions until it has caught up."""
    return replace(
        state,
        told_at=min(state.told_at, now) if state.told_at else None,
        outage_told_at=min(state.outage_told_at, now) if state.outage_told_at else None,
    )
