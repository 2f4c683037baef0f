"""What the daemon is told to do, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path

from driftwatch.core.alerts import AlertPolicy, Observation
from driftwatch.core.times import Quiet, Regular
from driftwatch.daemon.listen import Hear
from driftwatch.notify import Notifier


@dataclass(frozen=True, slots=True)
class ProofOutcome:
    """What proving the migrations gave. message: one line; from_receipt: nothing had to be replayed; notes: what the
    rules and the look at their effects found, a line each.
    """

    ok: bool
    message: str
    from_receipt: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoteSchedule:
    """When a remote is checked. every, jitter: seconds between two checks, and by how much more at random; at: times
    of day instead; quiet: hours in which only what is critical is told.
    """

    every: float
    jitter: float = 0.0
    at: tuple[time, ...] = ()
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class DaemonOptions:
    """What the daemon does. folder: the migrations; remotes: when each is checked.

    work_limit: seconds after which a check that has not returned counts as "could not check", and a
    proof as stuck. recheck: seconds until a second look is taken at what is not certain yet. gather: for so many
    seconds an alert waits for others that say the same. quiet: as in RemoteSchedule, for what is about no remote.
    digest: when it is sent, None for never. down_after: after how long without a daemon people are told, None for
    never. channel_after: after how long without a delivery other channels are told.
    web_port: 0 for none. web_token: what everybody has to bring who asks, "" for nothing.
    polling: do not rely on the kernel's file events. settle: seconds, see FolderWatch.
    desktop: whether proofs that fail and drifts are shown on this desktop too.
    first_retry, longest_retry: seconds until an undelivered alert is tried again, doubled each time.
    """

    folder: Path
    remotes: Mapping[str, RemoteSchedule] = field(default_factory=dict)
    policy: AlertPolicy = field(default_factory=AlertPolicy)
    work_limit: float = 600.0
    recheck: float = 20.0
    gather: float = 10.0
    quiet: Quiet | None = None
    digest: Regular | None = None
    down_after: timedelta | None = timedelta(hours=3)
    channel_after: timedelta = timedelta(hours=1)
    web_port: int = 0
    web_bind: str = "127.0.0.1"
    web_token: str = field(default="", repr=False)
    polling: bool = False
    settle: float = 0.5
    desktop: bool = False
    first_retry: float = 5.0
    longest_retry: float = 900.0


@dataclass(frozen=True, slots=True)
class Configured:
    """Everything that a reload may replace. content_key: see FolderWatch; None hashes the folder's files.

    hear: opens a session that hears of changes on a remote, see `listen`.
    """

    options: DaemonOptions
    prove: Callable[[], ProofOutcome]
    check: Callable[[str], Observation]
    notifier: Notifier
    content_key: Callable[[], str] | None = None
    hear: Hear | None = None
