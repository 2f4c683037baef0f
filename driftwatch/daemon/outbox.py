"""Brings alerts out of the state to the channels: at least once, in order per channel, with patience.

An alert that a channel refuses again and again lets later ones past it, and is tried on.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from driftwatch.core.alert_texts import channel_failing_text
from driftwatch.core.alerts import alert
from driftwatch.daemon.logging import get_logger
from driftwatch.daemon.options import DaemonOptions
from driftwatch.daemon.state import SqliteState, Undelivered
from driftwatch.notify import Delivery, Notifier

_LONGEST_SLEEP = 30.0
_AFTER_TROUBLE = 5.0
LONGEST_RETRY_AFTER = 3600.0
"""Seconds; a receiver that asks for more is asked again after these."""


def retry_delay(attempts: int, first: float, longest: float) -> timedelta:
    """How long to wait after so many failed attempts: doubled each time, up to the longest."""
    return timedelta(seconds=min(longest, first * 2 ** min(attempts, 30)))


class Outbox:
    """A thread that delivers what the state holds, and tries again what failed.

    notifier and options may be replaced at any time. counted: (channel, "delivered" or "failed") -> attempts.
    trouble: why what was delivered cannot be written down, "" when it can.
    """

    def __init__(
        self,
        state: SqliteState,
        notifier: Notifier,
        now: Callable[[], datetime],
        stopping: threading.Event,
        options: DaemonOptions,
    ) -> None:
        self.notifier, self.options = notifier, options
        self._state, self._now, self._stopping = state, now, stopping
        self.counted: Counter[tuple[str, str]] = Counter()
        self.trouble = ""
        self._unwritten: set[tuple[str, str]] = set()
        self._wake = threading.Event()
        self._log = get_logger("driftwatch.daemon")
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is something new to deliver, or it is time to end."""
        self._wake.set()

    def alive(self) -> bool:
        return self._thread.is_alive()

    def join(self, seconds: float) -> None:
        self._thread.join(max(0.0, seconds))

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                sleep = self.deliver_due()
                self.trouble = ""
            except sqlite3.Error as error:
                self._say_trouble(f"the outbox cannot be written: {error}")
                sleep = _AFTER_TROUBLE
            except Exception:  # noqa: BLE001 - whatever it is: nothing is lost, it is tried again
                if not self._stopping.is_set():
                    self._log.exception("outbox failed")
                sleep = _AFTER_TROUBLE
            self._wake.wait(sleep)

    def _say_trouble(self, trouble: str) -> None:
        """Once: a disk that is full must not get a line every few seconds."""
        if trouble != self.trouble and not self._stopping.is_set():
            self._log.error("outbox failed", reason=trouble)
        self.trouble = trouble

    def deliver_due(self) -> float:
        """Delivers until nothing is due; seconds until something is."""
        while not self._stopping.is_set():
            now = self._now()
            heads, held = self._state.heads(now), self._state.next_held(now)
            due = [head for head in heads if self._is_due(head, now)]
            if not due:
                times = [head.next_try_at for head in heads] + ([held] if held else [])
                return min([_LONGEST_SLEEP, *(max(0.05, (at - now).total_seconds()) for at in times)])
            # Of two alerts that are one on one channel, only the first may be wanted on another.
            by_alert: dict[tuple[str, ...], list[Undelivered]] = defaultdict(list)
            for head in due:
                if _name(head) in self._unwritten:
                    self._write_down(head)
                else:
                    by_alert[head.alert.key, *head.alert.remotes].append(head)
            for items in by_alert.values():
                self._send(items)
        return 0.0

    def _is_due(self, head: Undelivered, now: datetime) -> bool:
        # Farther away than the longest wait: the clock was set back since.
        wait = (head.next_try_at - now).total_seconds()
        return wait <= 0 or wait > max(self.options.longest_retry, LONGEST_RETRY_AFTER) + 1

    def _send(self, items: list[Undelivered]) -> None:
        """One alert to the channels that it is next on."""
        notifier = self.notifier
        sent = notifier.send(items[0].alert, only=[item.channel for item in items])
        outcomes = {delivery.channel: delivery for delivery in sent}
        # All of them first: that one cannot be written down must not have the others sent again.
        self._unwritten |= {_name(item) for item in items if (one := outcomes.get(item.channel)) and one.ok}
        for item in items:
            delivery = outcomes.get(item.channel) or Delivery(item.channel, False, "not configured any more")
            log = self._log.bind(channel=item.channel, alert=item.alert.kind, remote=item.alert.remote)
            self.counted[item.channel, "delivered" if delivery.ok else "failed"] += 1
            if delivery.ok:
                log.info("alert delivered", attempts=item.attempts + 1)
                self._write_down(item)
                continue
            delay = retry_delay(item.attempts, self.options.first_retry, self.options.longest_retry)
            if delivery.retry_after is not None:
                delay = max(delay, timedelta(seconds=min(delivery.retry_after, LONGEST_RETRY_AFTER)))
            now = self._now()
            self._state.put_off(item, now, now + delay, delivery.reason)
            log.warning("alert not delivered", reason=delivery.reason, retry_in=delay.total_seconds())
            self._report(item, delivery.reason, now)

    def _write_down(self, item: Undelivered) -> None:
        """That it was delivered. While that cannot be written, it is not sent again."""
        self._state.delivered(item, self._now())
        self._unwritten.discard(_name(item))

    def _report(self, item: Undelivered, reason: str, now: datetime) -> None:
        """Tells the other channels, once per alert, when one of them has failed for long."""
        since = item.failing_since
        if since is None or item.reported or now - since < self.options.channel_after:
            return
        waiting = self._state.undelivered().get(item.channel, 1)
        told = alert("channel_failing", "", channel_failing_text(item.channel, since, waiting, reason, now), now)
        others = tuple(name for name in self.notifier.names if name != item.channel)
        wanted = tuple(name for name in self.notifier.routes(told) if name != item.channel)
        self._state.report_channel(item, told, wanted or others)
        self._log.error("channel fails for long", channel=item.channel, told=wanted or others)


def _name(item: Undelivered) -> tuple[str, str]:
    """Not its number, which is another alert's once a damaged state was begun anew."""
    return item.alert.key, item.channel
