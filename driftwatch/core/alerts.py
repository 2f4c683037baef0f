"""When to tell people about a remote: (what was known, what was seen) -> (what is known, the alerts that are due).

"Could not check" is a third outcome beside in sync and drifted: it ends no drift and begins none, and
has alerts of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from driftwatch.core.alert_texts import (
    Said,
    Text,
    ack_said,
    body_of,
    drift_said,
    outage_said,
    pending_said,
    title_of,
)
from driftwatch.core.changes import Severity
from driftwatch.core.remote_state import (
    Ack,
    Observation,
    Outcome,
    Pending,
    RemoteState,
    acknowledged,
    not_in_the_future,
)

__all__ = ["Alert", "AlertPolicy", "Decision", "Observation", "Outcome", "RemoteState", "alert", "decide", "merged"]

AlertKind = Literal[
    "drift_began",
    "drift_changed",
    "drift_over",
    "drift_repeated",
    "drift_acknowledged",
    "unreachable",
    "unreachable_repeated",
    "reachable_again",
    "pending_long",
    "daemon_back",
    "channel_failing",
    "digest",
    "test",
    "push_done",
    "push_failed",
]
_CRITICAL = {"security", "destructive"}


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """When alerts are due.

    repeat_every: how often a drift or an outage that lasts is told again; None is never.
    unreachable_after: this many failed checks in a row make an outage.
    confirmations: this many checks in a row must see a drift before it is told.
    pending_after: how long a migration may stay pending until that is told; None is for ever.
    longest_deployment: for so long a deployment under way, or one just done, postpones what is told about drift.
    page: the address of the daemon's page, "" for none.
    """

    repeat_every: timedelta | None = timedelta(days=1)
    unreachable_after: int = 3
    confirmations: int = 1
    pending_after: timedelta | None = None
    longest_deployment: timedelta = timedelta(minutes=30)
    page: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One message to people. `key` is unique per event, so that one delivered twice can be told apart.

    remotes: whom it is about, nobody for the daemon's own. severity: of the drift. facts: the same for programs, as
    JSON. said: of what title and body were made, where the same may be said of several remotes; joined: the keys of
    the others that are in it then.
    """

    kind: AlertKind
    remotes: tuple[str, ...]
    title: str
    body_markdown: str
    at: datetime
    key: str
    severity: Severity | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    said: Said | None = None
    joined: tuple[str, ...] = ()

    @property
    def remote(self) -> str:
        """The remotes in one word, for a log line."""
        return ", ".join(self.remotes)

    @property
    def critical(self) -> bool:
        """Whether it may wake people up."""
        return self.severity in _CRITICAL and self.kind in ("drift_began", "drift_changed")

    @property
    def tags(self) -> frozenset[str]:
        """What a channel can choose by: the remotes, the kind, what it is about ("drift"), how grave that is."""
        about = "unreachable" if self.kind == "reachable_again" else self.kind.split("_")[0]
        grave = "critical" if self.severity in _CRITICAL else ""
        return frozenset({*self.remotes, self.kind, about, self.severity or "", grave} - {""})


class Decision(NamedTuple):
    """What follows from a check. again: look again soon, because what was seen is not told yet."""

    state: RemoteState
    alerts: tuple[Alert, ...] = ()
    again: bool = False


def decide(previous: RemoteState | None, seen: Observation, now: datetime, policy: AlertPolicy) -> Decision:
    """The new state of the remote, and the alerts that are due. `now` has a time zone.

    Raises ValueError for a naive `now` or for the state of another remote.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    if previous is not None and previous.remote != seen.remote:
        raise ValueError(f"state of {previous.remote!r}, observation of {seen.remote!r}")
    state = not_in_the_future(previous or RemoteState(seen.remote), now)
    if seen.outcome == "unreachable":
        return _could_not_check(state, seen, now, policy)
    state = replace(
        state,
        attempted_at=now,
        in_flight=seen.in_flight,
        in_flight_since=(state.in_flight_since or now) if seen.in_flight else None,
    )
    if state.in_flight_since is not None and now - state.in_flight_since < policy.longest_deployment:
        return Decision(state, again=True)
    decision = _compared(state, seen, now, policy)
    return _with_pending(decision, seen, now, policy)


def acknowledge(state: RemoteState, ack: Ack) -> Decision:
    """The state with its drift acknowledged, and the alert that tells the others. Raises UsageError (see Ack)."""
    new = acknowledged(state, ack)
    return Decision(new, (_about("drift_acknowledged", new, ack_said(new, ack), ack.at),))


def alert(kind: AlertKind, remote: str, text: Text, now: datetime) -> Alert:
    """A message that stands alone: it is never put together with another one."""
    return Alert(kind, (remote,) if remote else (), text[0], text[1], now, _key(remote, kind, now))


def trial(now: datetime) -> Alert:
    """What `driftwatch notify test` sends."""
    body = "**This is a test.** Alerts of driftwatch reach this channel. Nothing is wrong."
    return alert("test", "", ("driftwatch: test alert", body), now)


def merged(one: Alert, other: Alert) -> Alert | None:
    """Both as one message where they say the same of different remotes; None where they don't."""
    if one.said is None or other.said is None or one.kind != other.kind or set(one.remotes) & set(other.remotes):
        return None
    said = one.said.and_of(other.said)
    if said is None:
        return None
    remotes = (*one.remotes, *other.remotes)
    return replace(
        one,
        remotes=remotes,
        title=title_of(remotes, said),
        body_markdown=body_of(said),
        facts={**one.facts, **other.facts},
        said=said,
        joined=(*one.joined, other.key, *other.joined),
    )


def _compared(state: RemoteState, seen: Observation, now: datetime, policy: AlertPolicy) -> Decision:
    """What follows from a comparison, as far as drift and outages go."""
    drift_id = seen.drift_id
    moved = bool(state.history) and seen.history != state.history
    state = replace(state, checked_at=now, failures=0, reason="", history=seen.history, schema=seen.schema)
    if drift_id is not None and drift_id != state.drift_id:
        count = state.unconfirmed + (not moved)
        since = state.unconfirmed_since or now
        waited = now - since >= policy.longest_deployment
        if not seen.certain and count < max(1, policy.confirmations) and not waited:
            return Decision(replace(state, unconfirmed=count, unconfirmed_since=since), again=True)
    kind = _event(state, drift_id, now, policy)
    outage = state.failing_since if state.outage_told_at is not None else None
    if outage is not None and kind in (None, "drift_repeated"):
        kind = "reachable_again"
    new = _settled(state, seen, now, told=kind is not None)
    if kind is None:
        return Decision(new)
    # What a drift that is over was, and since when, only the old state knows.
    about = state if kind == "drift_over" else new
    said = drift_said(kind, about, outage, now, policy.page, ran_out=state.ack if kind == "drift_repeated" else None)
    return Decision(new, (_about(kind, about, said, now),))


def _settled(state: RemoteState, seen: Observation, now: datetime, *, told: bool) -> RemoteState:
    """The state once the drift that was seen is the known one."""
    drift_id, same = seen.drift_id, seen.drift_id == state.drift_id
    ack = state.ack if same and state.ack and not _ran_out(state.ack, now) else None
    return replace(
        state,
        drift_id=drift_id,
        drift_since=(state.drift_since or state.unconfirmed_since or now) if drift_id else None,
        drift_changes=seen.changes if drift_id else (),
        drift_severity=seen.severity if drift_id else None,
        drift_by=(seen.by or (state.drift_by if same else "")) if drift_id else "",
        told_at=(now if told else state.told_at) if drift_id else None,
        ack=ack if drift_id else None,
        unconfirmed=0,
        unconfirmed_since=None,
        failing_since=None,
        outage_told_at=None,
    )


def _event(state: RemoteState, drift_id: str | None, now: datetime, policy: AlertPolicy) -> AlertKind | None:
    if drift_id is None:
        return None if state.drift_id is None else "drift_over"
    if state.drift_id is None:
        return "drift_began"
    if state.drift_id != drift_id:
        return "drift_changed"
    if state.ack is not None:
        return "drift_repeated" if _ran_out(state.ack, now) else None
    return "drift_repeated" if _due(state.told_at, now, policy) else None


def _ran_out(ack: Ack, now: datetime) -> bool:
    return ack.until is not None and now >= ack.until


def _could_not_check(state: RemoteState, seen: Observation, now: datetime, policy: AlertPolicy) -> Decision:
    since = state.failing_since or now
    new = replace(state, attempted_at=now, failures=state.failures + 1, failing_since=since, reason=seen.reason)
    kind: AlertKind = "unreachable" if state.outage_told_at is None else "unreachable_repeated"
    if state.outage_told_at is None:
        due = new.failures >= policy.unreachable_after
    else:
        due = _due(state.outage_told_at, now, policy)
    if not due:
        return Decision(new)
    told = _about(kind, new, outage_said(kind, new, since, now), now)
    return Decision(replace(new, outage_told_at=now), (told,))


def _with_pending(decision: Decision, seen: Observation, now: datetime, policy: AlertPolicy) -> Decision:
    """Adds what follows from the migrations that are not applied: told once, when one of them is late."""
    known = {one.name: one for one in decision.state.pending}
    pending = tuple(known.get(name) or Pending(name, now) for name in seen.pending)
    state, after = replace(decision.state, pending=pending), policy.pending_after
    late = [one for one in pending if after is not None and now - one.since >= after]
    if all(one.told for one in late):
        return decision._replace(state=state)
    state = replace(state, pending=tuple(one._replace(told=one.told or one in late) for one in pending))
    said = pending_said(state.remote, [(one.name, one.since) for one in late], now)
    return decision._replace(state=state, alerts=(*decision.alerts, _about("pending_long", state, said, now)))


def _about(kind: AlertKind, state: RemoteState, said: Said, now: datetime) -> Alert:
    severity = state.drift_severity if kind.startswith("drift") else None
    return Alert(
        kind,
        (state.remote,),
        title_of((state.remote,), said),
        body_of(said),
        now,
        _key(state.remote, kind, now),
        severity,
        {state.remote: dict(said.facts)},
        said,
    )


def _key(remote: str, kind: str, now: datetime) -> str:
    return f"{remote}/{kind}/{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def _due(told_at: datetime | None, now: datetime, policy: AlertPolicy) -> bool:
    if policy.repeat_every is None:
        return False
    return told_at is None or now - told_at >= policy.repeat_every
