"""The words of the regular message that says how every remote stands, also when all is well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from driftwatch.core.alert_texts import Text, bullets, code, differences, lasted, moment
from driftwatch.core.alerts import Alert, alert
from driftwatch.core.remote_state import RemoteState


@dataclass(frozen=True, slots=True)
class PastDrift:
    """A drift that is over: of which remote, from when until when."""

    remote: str
    since: datetime
    until: datetime


def past_drifts(alerts: Iterable[Alert]) -> tuple[PastDrift, ...]:
    """The drifts that are over, out of the alerts that said so."""
    return tuple(
        PastDrift(remote, datetime.fromisoformat(alert.facts[remote]["since"]), alert.at)
        for alert in alerts
        if alert.kind == "drift_over"
        for remote in alert.remotes
    )


def digest(states: Sequence[RemoteState], past: Sequence[PastDrift], now: datetime) -> Alert:
    """The message as it is now. past: the drifts that ended since the last one."""
    return alert("digest", "", digest_text(states, past, now), now)


def digest_text(states: Sequence[RemoteState], past: Sequence[PastDrift], now: datetime) -> Text:
    drifted = sum(state.drift_id is not None for state in states)
    failing = sum(state.failures > 0 for state in states)
    title = f"driftwatch digest: {len(states)} watched, {drifted} drifted, {failing} unreachable"
    parts = ["**How the watched databases stand:**", "\n".join(map(_standing, states, [now] * len(states)))]
    for state in states:
        if state.drift_id is not None:
            parts += [f"Drift on {code(state.remote)} ({code(state.drift_name)}):", bullets(state.drift_changes)]
        if state.pending:
            waiting = [f"{one.name}, for {lasted(one.since, now)}" for one in state.pending]
            parts += [f"Pending on {code(state.remote)}:", bullets(waiting)]
    if past:
        parts += ["Over since the last digest:", "\n".join(map(_over, past))]
    return title, "\n\n".join(part for part in parts if part) if states else "**No database is watched.**"


def _standing(state: RemoteState, now: datetime) -> str:
    name = f"- {code(state.remote)}: "
    if state.checked_at is None:
        return name + "never checked" + (f", last error {code(state.reason)}" if state.reason else "")
    stands = "in sync"
    if state.drift_since is not None:
        count = differences(len(state.drift_changes))
        stands = f"drifted for {lasted(state.drift_since, now)}, {count}"
        if state.ack is not None:
            stands += f", acknowledged by {code(state.ack.by)}"
    if state.failures and state.failing_since is not None:
        stands = f"cannot be checked for {lasted(state.failing_since, now)}; before that, {stands}"
    if state.pending:
        stands += f"; {len(state.pending)} pending"
    return f"{name}{stands}; last checked {moment(state.checked_at)}"


def _over(drift: PastDrift) -> str:
    return f"- {code(drift.remote)}: drifted for {lasted(drift.since, drift.until)}, until {moment(drift.until)}"
