"""The daemon's memory. `SqliteState` keeps it in one file per project."""

from __future__ import annotations

from driftwatch.daemon.state.sqlite import PastCheck, SqliteState, Undelivered

__all__ = ["PastCheck", "SqliteState", "Undelivered"]
