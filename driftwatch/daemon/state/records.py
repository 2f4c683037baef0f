"""What the daemon's memory gives to those who ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from driftwatch.core.alerts import Alert


@dataclass(frozen=True, slots=True)
class Undelivered:
    """The alert that is next on one channel. failing_since: since when it could not be delivered; reported: whether
    other channels were told of that.
    """

    id: int
    channel: str
    alert: Alert
    attempts: int
    next_try_at: datetime
    last_reason: str
    failing_since: datetime | None = None
    reported: bool = False


@dataclass(frozen=True, slots=True)
class PastCheck:
    """One check as it was written down. fingerprint: of the drift; schema: of the whole catalog; seconds: how long it
    took.
    """

    remote: str
    at: datetime
    outcome: str
    fingerprint: str | None
    schema: str | None
    differences: int
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Delivered:
    """An alert that reached a channel, and after how many attempts."""

    key: str
    channel: str
    at: datetime
    attempts: int
