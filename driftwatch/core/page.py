"""What the daemon's page shows: how every remote stands, what it did over time, and what people were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Literal, Protocol
from urllib.parse import quote

from driftwatch.core.alert_texts import first_line
from driftwatch.core.alerts import Alert
from driftwatch.core.page_drift import DriftView
from driftwatch.core.remote_state import RemoteState, short_name

Tone = Literal["good", "bad", "warn", "none"]
TONES: tuple[Tone, ...] = ("bad", "warn", "none", "good")
"""From the one that matters most on."""
BARS = 60
"""Checks in the timeline."""
_OUTCOMES: dict[str, tuple[Tone, str]] = {
    "in_sync": ("good", "in sync"),
    "drifted": ("bad", "drifted"),
    "unreachable": ("warn", "could not be checked"),
}


class Check(Protocol):
    """One check as it was written down. fingerprint: of the drift; schema: of the whole catalog."""

    @property
    def at(self) -> datetime: ...
    @property
    def outcome(self) -> str: ...
    @property
    def fingerprint(self) -> str | None: ...
    @property
    def schema(self) -> str | None: ...
    @property
    def differences(self) -> int: ...
    @property
    def reason(self) -> str: ...


class Delivery(Protocol):
    """An alert that reached a channel."""

    @property
    def key(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def attempts(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Proof:
    """How the last proof of the migrations ended. ok: None when it could not be done."""

    ok: bool | None
    message: str
    at: datetime

    @property
    def words(self) -> str:
        return {True: "proved", False: "do not prove", None: "could not be proved"}[self.ok]


@dataclass(frozen=True, slots=True)
class Bar:
    """One check in the timeline."""

    tone: Tone
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """Checks in a row that saw the same. since, until: the first and the last of them."""

    tone: Tone
    outcome: str
    since: datetime
    until: datetime
    checks: int
    schema: str
    differences: int
    reason: str


@dataclass(frozen=True, slots=True)
class Drift:
    """A drift from its first check to the first that saw it gone, None while it lasts. most: differences at its worst;
    names: of each form that it had on the way, the short one that alerts have.
    """

    since: datetime
    until: datetime | None
    most: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoteView:
    """One remote. periods, drifts: newest first. drift: what the last check found, None where that is not known. kept:
    the ids of the drifts that can be looked at, over or not, by their short names.
    """

    state: RemoteState
    tone: Tone
    badge: str
    bars: tuple[Bar, ...]
    periods: tuple[Period, ...]
    drifts: tuple[Drift, ...]
    drift: DriftView | None
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def href(self) -> str:
        return remote_path(self.state.remote)

    def drift_href(self, name: str) -> str:
        """Where the page of a drift of this short name is."""
        return f"{self.href}/drifts/{name}"

    @property
    def changes(self) -> tuple[str, ...]:
        """The drift in a line for each entry, gravest first."""
        if self.drift is None or self.state.drift_id is None:
            return tuple(map(first_line, self.state.drift_changes))
        return self.drift.lines

    @property
    def timeline(self) -> str:
        """The timeline in words."""
        counted = Counter(bar.outcome for bar in self.bars)
        listed = ", ".join(f"{number} {outcome}" for outcome, number in counted.most_common())
        return f"The last {len(self.bars)} checks: {listed}" if listed else "No check yet"


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One channel. waiting: alerts not delivered; reason: why the next of them was not, at the last attempt."""

    name: str
    waiting: int = 0
    attempts: int = 0
    reason: str = ""
    next_try_at: datetime | None = None
    delivered_at: datetime | None = None

    @property
    def tone(self) -> Tone:
        return "bad" if self.attempts else "warn" if self.waiting else "good"


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert and where it arrived."""

    alert: Alert
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All of the page. problems: why the daemon does not do its work, nothing when it does."""

    remotes: tuple[RemoteView, ...]
    channels: tuple[ChannelView, ...]
    alerts: tuple[AlertView, ...]
    proof: Proof | None
    problems: tuple[str, ...]
    folder: str

    @property
    def tone(self) -> Tone:
        tones: list[Tone] = [remote.tone for remote in self.remotes] or ["none"]
        troubled = self.problems or (self.proof and not self.proof.ok) or any(one.attempts for one in self.channels)
        return min([*tones, "warn"] if troubled else tones, key=TONES.index)

    @property
    def headline(self) -> str:
        """One line that tells whether all is well."""
        return " ".join(_headline(self))


def remote_path(name: str) -> str:
    """Where the page of a remote is."""
    return f"/remotes/{quote(name, safe='')}"


def remote_view(
    state: RemoteState, checks: Sequence[Check], drift: DriftView | None, kept: Iterable[str] = ()
) -> RemoteView:
    """checks: newest first. kept: the ids of the drifts that can be looked at."""
    in_order = checks[::-1]
    bars = tuple(Bar(*_OUTCOMES[check.outcome], check.at) for check in in_order[-BARS:])
    tone, badge = _standing(state)
    periods, drifts = tuple(_periods(in_order))[::-1], tuple(_drifts(state.remote, in_order))[::-1]
    names = {short_name(state.remote, drift_id): drift_id for drift_id in kept}
    return RemoteView(state, tone, badge, bars, periods, drifts, drift, names)


def alert_views(alerts: Iterable[Alert], deliveries: Iterable[Delivery]) -> tuple[AlertView, ...]:
    """Each alert with its deliveries, newest first."""
    by_key: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        by_key.setdefault(delivery.key, []).append(delivery)
    return tuple(AlertView(alert, tuple(by_key.get(alert.key, ()))) for alert in alerts)[::-1]


def _standing(state: RemoteState) -> tuple[Tone, str]:
    if state.drift_id is not None:
        known = ", acknowledged" if state.ack else ""
        lost = ", cannot be checked now" if state.failures else ""
        return "bad", f"drifted{known}{lost}"
    if state.failures:
        return "warn", "cannot be checked"
    if state.in_flight:
        return "none", "a deployment is under way"
    if state.unconfirmed_since:
        return "warn", "differs, looked at once more soon"
    if state.checked_at is None:
        return "none", "not checked yet"
    return "good", "in sync" + (f", {len(state.pending)} pending" if state.pending else "")


def report_verdict(found: Sequence[DriftView]) -> tuple[Tone, str]:
    """How all of them stand, in one line."""
    drifted = [one.remote for one in found if one.drifted]
    failing = [one.remote for one in found if one.problem]
    if drifted or failing:
        return "bad" if drifted else "warn", " ".join(_troubles(drifted, failing))
    return "good", _all_well([one.remote for one in found])


def _troubles(drifted: Sequence[str], failing: Sequence[str]) -> Iterator[str]:
    if drifted:
        yield f"{_names(drifted)} {'has' if len(drifted) == 1 else 'have'} drifted."
    if failing:
        yield f"{_names(failing)} cannot be checked."


def _all_well(names: Sequence[str]) -> str:
    return f"All is well: {_names(names)} {'is' if len(names) == 1 else 'are'} in sync."


def _headline(page: Overview) -> Iterator[str]:
    remotes = page.remotes
    drifted = [one.state.remote for one in remotes if one.tone == "bad"]
    failing = [one.state.remote for one in remotes if one.state.failures]
    unsure: dict[str, list[str]] = {}
    for one in remotes:
        if one.tone in ("warn", "none") and not one.state.failures:
            unsure.setdefault(one.badge, []).append(one.state.remote)
    failed = [one.name for one in page.channels if one.attempts]
    yield from _troubles(drifted, failing)
    if page.problems:
        yield "The daemon does not do all of its work."
    if page.proof and not page.proof.ok:
        yield f"The migrations {page.proof.words}."
    if failed:
        yield f"Alerts do not reach {_names(failed, 'channels')}."
    for badge, names in unsure.items():
        yield f"{_names(names)}: {badge}."
    if page.tone == "good":
        yield _all_well([one.state.remote for one in remotes])
    if not remotes and not page.problems:
        yield "No remote is watched."


def _names(names: Sequence[str], of: str = "remotes") -> str:
    if len(names) > 3:
        return f"{len(names)} {of}"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _periods(checks: Sequence[Check]) -> Iterator[Period]:
    for _, run in groupby(checks, key=lambda check: (check.outcome, check.schema, check.fingerprint)):
        same = list(run)
        first, last = same[0], same[-1]
        tone, outcome = _OUTCOMES[last.outcome]
        yield Period(tone, outcome, first.at, last.at, len(same), last.schema or "", last.differences, last.reason)


def _drifts(remote: str, checks: Sequence[Check]) -> Iterator[Drift]:
    """A check that could not be done neither begins nor ends one."""
    lasting: list[Check] = []
    for check in checks:
        if check.outcome == "drifted":
            lasting.append(check)
        elif check.outcome == "in_sync" and lasting:
            yield _drift(remote, lasting, check.at)
            lasting = []
    if lasting:
        yield _drift(remote, lasting, None)


def _drift(remote: str, seen: Sequence[Check], until: datetime | None) -> Drift:
    names = dict.fromkeys(short_name(remote, one.fingerprint or "") for one in seen)
    return Drift(seen[0].at, until, max(one.differences for one in seen), tuple(names))
