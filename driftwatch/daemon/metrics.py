"""The daemon's state as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from driftwatch.core.alerts import RemoteState
from driftwatch.core.page import Proof

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_Samples = Iterable[tuple[Mapping[str, str], float]]


@dataclass(frozen=True, slots=True)
class Status:
    """The daemon at one moment. problems: why it does not do its work, nothing when it does.

    checks: (remote, outcome) -> how many since it began; deliveries: (channel, "delivered" or "failed") -> how many
    attempts since then; waiting: channel -> undelivered alerts; proof: None before the first.
    """

    began: datetime
    problems: tuple[str, ...]
    remotes: Sequence[RemoteState]
    checks: Mapping[tuple[str, str], int]
    deliveries: Mapping[tuple[str, str], int]
    waiting: Mapping[str, int]
    proof: Proof | None = None


def metrics(status: Status, version: str) -> str:
    """The status in Prometheus' text format."""
    remotes = status.remotes
    checked = [(state.remote, state.checked_at) for state in remotes if state.checked_at]
    waiting = [({"channel": channel}, number) for channel, number in status.waiting.items()]
    families = [
        _family("build_info", "Which driftwatch this is.", [({"version": version}, 1)]),
        _family("start_time_seconds", "When the daemon began.", [({}, status.began.timestamp())]),
        _family("healthy", "1 when the daemon does its work.", [({}, not status.problems)]),
        _family(
            "remote_drifted",
            "1 while the remote is known to have drifted.",
            [({"remote": state.remote}, state.drift_id is not None) for state in remotes],
        ),
        _family(
            "remote_differences",
            "What differs on the remote, equal changes of many objects counted once.",
            [({"remote": state.remote}, len(state.drift_changes)) for state in remotes],
        ),
        _family(
            "remote_pending_migrations",
            "Migrations that are not applied to the remote.",
            [({"remote": state.remote}, len(state.pending)) for state in remotes],
        ),
        _family(
            "remote_failed_checks",
            "Checks in a row that could not be done.",
            [({"remote": state.remote}, state.failures) for state in remotes],
        ),
        _family(
            "remote_checked_timestamp_seconds",
            "When the remote was last really compared.",
            [({"remote": remote}, at.timestamp()) for remote, at in checked],
        ),
        _family("checks_total", "Checks, by how they ended.", _by(("remote", "outcome"), status.checks), "counter"),
        _family(
            "deliveries_total",
            "Attempts to deliver an alert, by how they ended.",
            _by(("channel", "result"), status.deliveries),
            "counter",
        ),
        _family("alerts_waiting", "Alerts not yet delivered.", waiting),
    ]
    if status.proof is not None and status.proof.ok is not None:
        text = "1 when the migrations in the folder were proved."
        families.append(_family("migrations_proved", text, [({}, status.proof.ok)]))
    return "".join(families)


def _by(labels: tuple[str, str], counted: Mapping[tuple[str, str], int]) -> _Samples:
    return [(dict(zip(labels, key, strict=True)), number) for key, number in sorted(counted.items())]


def _family(name: str, text: str, samples: _Samples, of: Literal["gauge", "counter"] = "gauge") -> str:
    lines = [f"# HELP driftwatch_{name} {text}", f"# TYPE driftwatch_{name} {of}"]
    for labels, value in samples:
        shown = ",".join(f'{label}="{_escaped(said)}"' for label, said in labels.items())
        lines.append(f"driftwatch_{name}{f'{{{shown}}}' if shown else ''} {float(value)!r}")
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
