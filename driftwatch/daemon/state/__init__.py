"""The daemon's memory. `SqliteState` keeps it in one file per project."""

from __future__ import annotations

from driftwatch.daemon.state.records import Delivered, PastCheck, Undelivered
from driftwatch.daemon.state.sqlite import Route, SqliteState

__all__ = ["Delivered", "PastCheck", "Route", "SqliteState", "Undelivered"]
