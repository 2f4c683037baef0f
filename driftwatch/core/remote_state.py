"""What one check saw of a remote, and what is known about it over time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple

from driftwatch.core.changes import Severity
from driftwatch.errors import UsageError

Outcome = Literal["in_sync", "drifted", "unreachable"]


@dataclass(frozen=True, slots=True)
class Observation:
    """What one check of one remote saw.

    outcome: "unreachable" stands for every reason for which it could not be checked. fingerprint: of the drift;
    schema: of the whole catalog. changes: one readable line per difference; severity: of the gravest one.
    pending: names of the migrations that are not applied. history: names what is applied. in_flight: who is
    deploying just now, "" for nobody. by: who made the drift, as far as that is known. certain: no second look is
    needed, because somebody saw the change being made. reason: why it could not be checked. details: all of what
    the check found, as JSON. explain: gives the same with what takes longer to find out, None where that is all.
    """

    remote: str
    outcome: Outcome
    fingerprint: str | None = None
    changes: tuple[str, ...] = ()
    reason: str = ""
    severity: Severity | None = None
    schema: str | None = None
    pending: tuple[str, ...] = ()
    history: str = ""
    in_flight: str = ""
    by: str = ""
    certain: bool = False
    details: str = ""
    explain: Callable[[], str] | None = field(default=None, compare=False)

    @property
    def drift_id(self) -> str | None:
        """Names the drift, None where there is none: by its lines where nobody gave it a fingerprint."""
        if self.outcome != "drifted":
            return None
        lines = "\n".join(self.changes).encode(errors="surrogatepass")
        return self.fingerprint or hashlib.sha256(lines).hexdigest()


class Pending(NamedTuple):
    """A migration that is not applied. since: when that was first seen; told: whether people know."""

    name: str
    since: datetime
    told: bool = False


class Ack(NamedTuple):
    """Somebody knows of the drift. until: when it is repeated again, None for not before it changes."""

    by: str
    at: datetime
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RemoteState:
    """What is known about one remote. `drift_id` is None exactly when there is no known drift.

    checked_at: when it was last really compared; attempted_at: when that was last tried; told_at and
    outage_told_at: the last alert about the drift and about the outage. unconfirmed: checks in a row that saw another
    drift than the known one, since unconfirmed_since. in_flight_since: since when somebody deploys.
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
    drift_severity: Severity | None = None
    drift_by: str = ""
    ack: Ack | None = None
    unconfirmed: int = 0
    unconfirmed_since: datetime | None = None
    in_flight: str = ""
    in_flight_since: datetime | None = None
    history: str = ""
    schema: str | None = None
    pending: tuple[Pending, ...] = ()

    @property
    def drift_name(self) -> str:
        """The short name that people type, "" without a drift; another drift of the same remote has another one."""
        return short_name(self.remote, self.drift_id) if self.drift_id else ""


def short_name(remote: str, drift_id: str) -> str:
    """Six hex digits for this drift of this remote: the same on every computer, and after a restart."""
    return hashlib.sha256(f"{remote}\0{drift_id}".encode(errors="surrogatepass")).hexdigest()[:6]


def acknowledged(state: RemoteState, ack: Ack) -> RemoteState:
    """With the drift acknowledged: it is not repeated until then. Raises UsageError where `until` is over."""
    if ack.until is not None and ack.until <= ack.at:
        raise UsageError("--until: expected a time that is still to come.")
    return replace(state, ack=ack)


def not_in_the_future(state: RemoteState, now: datetime) -> RemoteState:
    """A clock that was set back must not silence repetitions until it has caught up."""
    return replace(
        state,
        told_at=_earlier(state.told_at, now),
        outage_told_at=_earlier(state.outage_told_at, now),
        unconfirmed_since=_earlier(state.unconfirmed_since, now),
        in_flight_since=_earlier(state.in_flight_since, now),
        pending=tuple(one._replace(since=min(one.since, now)) for one in state.pending),
    )


def _earlier(at: datetime | None, now: datetime) -> datetime | None:
    return min(at, now) if at else None
