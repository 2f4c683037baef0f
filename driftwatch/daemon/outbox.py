"""Brings alerts out of the state to the channels: at least once, in order per channel, with patience."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from driftwatch.daemon.logging import get_logger
from driftwatch.daemon.state import SqliteState, Undelivered
from driftwatch.notify import Delivery, Notifier

_LONGEST_SLEEP = 30.0
_AFTER_TROUBLE = 5.0


def retry_delay(attempts: int, first: float, longest: float) -> timedelta:
    """How long to wait after so many failed attempts: doubled each time, up to the longest."""
    return timedelta(seconds=min(longest, first * 2 ** min(attempts, 30)))


class Outbox:
    """A thread that delivers what the state holds, and tries again what failed.

    notifier, first_retry, longest_retry (seconds) may be replaced at any time.
    """

    def __init__(
        self,
        state: SqliteState,
        notifier: Notifier,
        now: Callable[[], datetime],
        stopping: threading.Event,
        *,
        first_retry: float,
        longest_retry: float,
    ) -> None:
        self.notifier, self.first_retry, self.longest_retry = notifier, first_retry, longest_retry
        self._state, self._now, self._stopping = state, now, stopping
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
                sleep = self._deliver_due()
            except Exception:  # noqa: BLE001 - a full disk or the like: nothing is lost, it is tried again
                if not self._stopping.is_set():
                    self._log.exception("outbox failed")
                sleep = _AFTER_TROUBLE
            self._wake.wait(sleep)

    def _deliver_due(self) -> float:
        """Delivers until nothing is due; seconds until something is."""
        while not self._stopping.is_set():
            now, heads = self._now(), self._state.heads()
            due = [head for head in heads if self._is_due(head, now)]
            if not due:
                waits = [(head.next_try_at - now).total_seconds() for head in heads]
                return min([_LONGEST_SLEEP, *(max(0.05, wait) for wait in waits)])
            by_alert: dict[str, list[Undelivered]] = defaultdict(list)
            for head in due:
                by_alert[head.alert.key].append(head)
            for items in by_alert.values():
                self._send(items)
        return 0.0

    def _is_due(self, head: Undelivered, now: datetime) -> bool:
        # Farther away than the longest wait: the clock was set back since.
        wait = (head.next_try_at - now).total_seconds()
        return wait <= 0 or wait > self.longest_retry + 1

    def _send(self, items: list[Undelivered]) -> None:
        """One alert to the channels that it is next on."""
        notifier = self.notifier
        sent = notifier.send(items[0].alert, only=[item.channel for item in items])
        outcomes = {delivery.channel: delivery for delivery in sent}
        for item in items:
            delivery = outcomes.get(item.channel) or Delivery(item.channel, False, "not configured any more")
            log = self._log.bind(channel=item.channel, alert=item.alert.kind, remote=item.alert.remote)
            if delivery.ok:
                self._state.delivered(item)
                log.info("alert delivered", attempts=item.attempts + 1)
            else:
                delay = retry_delay(item.attempts, self.first_retry, self.longest_retry)
                self._state.put_off(item, self._now() + delay, delivery.reason)
                log.warning("alert not delivered", reason=delivery.reason, retry_in=delay.total_seconds())
