"""What the daemon is told to do, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from driftwatch.core.alerts import AlertPolicy, Observation
from driftwatch.notify import Notifier


@dataclass(frozen=True, slots=True)
class ProofOutcome:
    """What proving the migrations gave. message: one line; from_receipt: nothing had to be replayed."""

    ok: bool
    message: str
    from_receipt: bool = False


@dataclass(frozen=True, slots=True)
class DaemonOptions:
    """What the daemon does. folder: the migrations; remotes: name -> seconds between two checks.

    work_limit: seconds after which a check that has not returned counts as "could not check", and a
    proof as stuck. web_port: 0 for none. polling: do not rely on the kernel's file events.
    quiet: seconds, see FolderWatch. digest_every: None for no digest.
    first_retry, longest_retry: seconds until an undelivered alert is tried again, doubled each time.
    """

    folder: Path
    remotes: Mapping[str, float] = field(default_factory=dict)
    policy: AlertPolicy = field(default_factory=AlertPolicy)
    digest_every: timedelta | None = timedelta(days=7)
    work_limit: float = 600.0
    web_port: int = 0
    polling: bool = False
    quiet: float = 0.5
    first_retry: float = 5.0
    longest_retry: float = 900.0


@dataclass(frozen=True, slots=True)
class Configured:
    """Everything that a reload may replace. content_key: see FolderWatch; None hashes the folder's files."""

    options: DaemonOptions
    prove: Callable[[], ProofOutcome]
    check: Callable[[str], Observation]
    notifier: Notifier
    content_key: Callable[[], str] | None = None
