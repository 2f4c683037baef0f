"""The daemon's page: what the state holds, as HTML."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache, partial

from driftwatch import __version__
from driftwatch.core.page import ChannelView, Overview, RemoteView, alert_views, remote_view
from driftwatch.core.page_drift import DriftView, drift_view
from driftwatch.core.remote_state import RemoteState
from driftwatch.daemon.metrics import Status
from driftwatch.daemon.options import Configured
from driftwatch.daemon.state import Delivered, SqliteState
from driftwatch.pages import render

CHECKS = 2000
"""Of each remote, for its timeline."""
TOLD = timedelta(days=30)
ALERTS = 50


class Page:
    """configured: gives what is configured now."""

    def __init__(self, state: SqliteState, now: Callable[[], datetime], configured: Callable[[], Configured]) -> None:
        self._state, self._now, self._configured = state, now, configured

    def html(self, path: str, status: Status) -> str | None:
        """The page of a path, None where there is none."""
        now = self._now()
        page = self._overview(status, now)
        show = partial(render, live=True, now=now, version=__version__)
        if path == "/":
            return show("overview", page=page, tone=page.tone, verdict=page.headline)
        for remote in page.remotes:
            if path == remote.href:
                name = remote.state.remote
                mine = replace(page, alerts=tuple(one for one in page.alerts if name in one.alert.remotes))
                return show("remote", page=mine, remote=remote, tone=remote.tone, verdict=f"{name}: {remote.badge}")
            for short, drift_id in remote.kept.items():
                if path == remote.drift_href(short):
                    return self._drift(remote, short, drift_id, show)
        return None

    def _drift(self, remote: RemoteView, short: str, drift_id: str, show: Callable[..., str]) -> str | None:
        """The page of a drift, over or not; None where it was just forgotten."""
        name = remote.state.remote
        found, seen_at = _found(self._state.drift(name, drift_id)), self._state.drifts(name).get(drift_id)
        if found is None or seen_at is None:
            return None
        now = remote.state.drift_id
        tone = "bad" if now == drift_id else "none"
        verdict = "lasts" if now == drift_id else "is another one now" if now else "is over"
        return show(
            "drift", remote=remote, found=found, seen_at=seen_at, tone=tone, verdict=f"{name}: drift {short} {verdict}"
        )

    def _overview(self, status: Status, now: datetime) -> Overview:
        """Where the state cannot be read, `status` says so, and nothing is shown that would be a guess."""
        folder = str(self._configured().options.folder)
        try:
            delivered = self._state.deliveries_since(now - TOLD)
            alerts = alert_views(self._state.alerts_since(now - TOLD)[-ALERTS:], delivered)
            remotes = tuple(map(self._remote, status.remotes))
            channels = self._channel_views(status, delivered, now)
        except sqlite3.Error:
            return Overview((), (), (), status.proof, status.problems, folder)
        return Overview(remotes, channels, alerts, status.proof, status.problems, folder)

    def _remote(self, state: RemoteState) -> RemoteView:
        checks = self._state.checks(state.remote, CHECKS)
        return remote_view(state, checks, _found(self._state.details(state.remote)), self._state.drifts(state.remote))

    def _channel_views(self, status: Status, delivered: Iterable[Delivered], now: datetime) -> tuple[ChannelView, ...]:
        heads = {head.channel: head for head in self._state.heads(now)}
        last = {one.channel: one.at for one in delivered}
        views = []
        for name in self._configured().notifier.names:
            view = ChannelView(name, status.waiting.get(name, 0), delivered_at=last.get(name))
            if head := heads.get(name):
                view = replace(view, attempts=head.attempts, reason=head.last_reason, next_try_at=head.next_try_at)
            views.append(view)
        return tuple(views)


@lru_cache(maxsize=16)
def _found(details: str) -> DriftView | None:
    """What the last check found; None where it was written by a driftwatch that wrote it in another way."""
    try:
        return drift_view(json.loads(details))
    except (ValueError, KeyError, TypeError):
        return None
