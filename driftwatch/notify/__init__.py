"""Sends alerts to chat, e-mail and webhooks: the only place that knows apprise.

A channel's URL is a secret as a whole (a Slack webhook's path is its password): it never stands in a
result or a log line, and its parts are remembered so that nothing else prints them either.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from driftwatch.core.alerts import Alert
from driftwatch.errors import redact, remember_secret
from driftwatch.notify import forms, plugins

TIME_LIMIT = 20.0
"""Seconds for one delivery, whatever the other side does."""
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Channel:
    """Where alerts go. url: as apprise writes it (`slack://…`, `mailto://…`, `json://…`); secret.

    tags: the channel gets the alerts that have one of them (a remote's name, a kind such as "drift_began", or
    "drift", "unreachable", "push", "digest", "critical" …); "production+critical" wants both; none means all.
    """

    name: str
    url: str = field(repr=False)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one alert on one channel. reason: why it failed, "" when ok; without secrets. retry_after: for
    how many seconds the receiver wants to be left alone, None where it did not say.
    """

    channel: str
    ok: bool
    reason: str = ""
    retry_after: float | None = None


class Notifier:
    """Sends to a fixed set of channels. Safe to use from several threads.

    Raises ValueError when two channels have the same name. A URL that apprise does not understand is
    no exception: `problems` names it, and sending to it fails with the reason.
    """

    def __init__(self, channels: Sequence[Channel], *, time_limit: float = TIME_LIMIT) -> None:
        names = [channel.name for channel in channels]
        if len(set(names)) != len(names):
            raise ValueError("two channels have the same name")
        self._channels = {channel.name: channel for channel in channels}
        self._time_limit = time_limit
        self._services: dict[str, tuple[Any, str]] = {}
        self._busy: set[str] = set()
        self._lock = threading.Lock()
        for channel in channels:
            for secret in secrets_of(channel.url):
                remember_secret(secret)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._channels)

    def routes(self, alert: Alert) -> tuple[str, ...]:
        """The names of the channels that want this alert; a test goes to all of them."""
        return tuple(
            channel.name
            for channel in self._channels.values()
            if alert.kind == "test"
            or not channel.tags
            or any(set(tag.split("+")) <= alert.tags for tag in channel.tags)
        )

    def problems(self) -> tuple[Delivery, ...]:
        """The channels that can never work, and why. Sends nothing."""
        failed = []
        for name in self._channels:
            service, reason = self._service(name)
            if service is None:
                failed.append(Delivery(name, False, reason))
        return tuple(failed)

    def send(self, alert: Alert, only: Collection[str] | None = None) -> tuple[Delivery, ...]:
        """Sends to the channels that want it (or to those named), at once; at most the time limit.

        Never raises for what a channel does: each one's outcome is in the result, in the channels' order.
        """
        wanted = self.routes(alert) if only is None else tuple(name for name in self.names if name in only)
        attempts = [_Attempt(self, name, alert) for name in wanted]
        deadline = time.monotonic() + self._time_limit
        for attempt in attempts:
            attempt.start()
        return tuple(attempt.outcome(deadline) for attempt in attempts)

    def _claim(self, name: str) -> bool:
        """True when no attempt is under way on this channel, so that a hanging one is not piled upon."""
        with self._lock:
            free = name not in self._busy
            self._busy.add(name)
            return free

    def _release(self, name: str) -> None:
        with self._lock:
            self._busy.discard(name)

    def _deliver(self, name: str, alert: Alert) -> Delivery:
        """One attempt on one channel, in this thread and without a limit in time."""
        service, reason = self._service(name)
        if service is None:
            return Delivery(name, False, reason)
        import apprise

        forms.asked_to_wait()  # an earlier answer in this thread
        result = service.notify(body_format=apprise.NotifyFormat.MARKDOWN, **forms.message(service[0], alert))
        if bool(result):
            return Delivery(name, True)
        reason = _reason(entry.message for entry in result.logs())
        return Delivery(name, False, reason, forms.asked_to_wait())

    def _service(self, name: str) -> tuple[Any, str]:
        """An Apprise with exactly this channel, or None and the reason."""
        with self._lock:
            if name not in self._services:
                self._services[name] = _make_service(self._channels[name].url)
            service, reason = self._services[name]
            return service, reason


class _Attempt:
    """One delivery in a thread of its own: a peer that answers a byte a minute ends no socket time-out,
    and the thread must not keep the process from ending."""

    def __init__(self, notifier: Notifier, name: str, alert: Alert) -> None:
        self._notifier, self._name, self._alert = notifier, name, alert
        self._delivery: Delivery | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if not self._notifier._claim(self._name):
            self._delivery = Delivery(self._name, False, "an earlier attempt has not ended yet")
            return
        thread = threading.Thread(target=self._run, name=f"notify-{self._name}", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # as many threads as this computer allows; later there are fewer
            self._notifier._release(self._name)
            self._delivery = Delivery(self._name, False, f"no thread to send it: {error}")
            return
        self._thread = thread

    def outcome(self, deadline: float) -> Delivery:
        """What became of it until that moment of the monotonic clock."""
        if self._thread is not None:
            self._thread.join(max(0.0, deadline - time.monotonic()))
        return self._delivery or Delivery(self._name, False, f"no answer within {self._notifier._time_limit:g} s")

    def _run(self) -> None:
        try:
            self._delivery = self._notifier._deliver(self._name, self._alert)
        except Exception as error:  # noqa: BLE001 - over a hundred plugins, each with its own errors
            self._delivery = Delivery(self._name, False, _reason([f"{type(error).__name__}: {error}"]))
        finally:
            self._notifier._release(self._name)


def _make_service(url: str) -> tuple[Any, str]:
    import apprise

    # At DEBUG these print webhooks, paths and headers.
    for name in ("apprise", "urllib3", "requests"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
    # Our threads bound the time (its executor's would hold up the end of the process), our outbox retries;
    # nothing is kept on disk.
    asset = apprise.AppriseAsset(
        app_id="driftwatch",
        app_desc="driftwatch",
        app_url="",
        image_url_mask="",
        storage_mode="memory",
        service_timeout=0,
        async_mode=False,
        interpret_emojis=False,
    )
    service = apprise.Apprise(asset=asset)
    plugins.load_for(url)
    try:
        understood = bool(service.add(url))
    except Exception as error:  # noqa: BLE001 - a plugin's constructor may raise anything
        return None, _reason([f"not a usable URL: {type(error).__name__}"])
    if not understood or len(service) == 0:
        return None, "not a URL that apprise understands"
    if len(service) > 1:
        return None, "holds more than one URL; make one channel of each"
    plugin = service[0]
    forms.listen()
    plugin.retry = 0
    plugin.optional = False
    if plugin.overflow_mode == apprise.OverflowMode.UPSTREAM:
        plugin.overflow_mode = apprise.OverflowMode.SPLIT
    return service, ""


def _reason(messages: Iterable[str]) -> str:
    """The first things that went wrong, on one line, without secrets."""
    text = "; ".join(dict.fromkeys(" ".join(redact(message).split()) for message in messages))
    return (text or "refused without a reason")[:_LONGEST_REASON]


def secrets_of(url: str) -> frozenset[str]:
    """The parts of a channel's URL that must not be seen: all of it, passwords, and what looks like a token.

    Words such as a host's name or "webhook" are no secrets: masking them would make every message unreadable.
    """
    _, _, rest = url.partition("://")
    location, _, query = rest.partition("?")
    authority, _, path = location.partition("/")
    login, _, host = authority.rpartition("@")
    user, _, password = login.partition(":")
    values = [value for _, value in parse_qsl(query)]
    pieces = [user, *path.split("/"), *values, *(part for part in host.split(":") if "." not in part)]
    found = {url, password, *(piece for piece in pieces if _TOKEN.fullmatch(unquote(piece)))}
    if login or path.strip("/"):
        found |= {rest, location}
    if "/" in path.strip("/"):
        found.add(path.strip("/"))
    return frozenset(text for secret in found if secret for text in (secret, unquote(secret)))


_TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w\-+=.~:]{8,}|[\w\-+=~]{20,}", re.ASCII)
