"""What each chat service is given, so that it looks right there; and what a receiver says about being left alone."""

from __future__ import annotations

import re
import threading
import time
from email.utils import parsedate_to_datetime
from functools import cache
from html import escape
from typing import Any

from driftwatch.core.alert_texts import DIFF
from driftwatch.core.alerts import Alert
from driftwatch.errors import redact, redact_all

_TYPES = {
    "drift_began": "warning",
    "drift_changed": "warning",
    "drift_repeated": "warning",
    "drift_over": "success",
    "unreachable": "failure",
    "unreachable_repeated": "failure",
    "reachable_again": "success",
    "pending_long": "warning",
    "channel_failing": "failure",
    "push_done": "success",
    "push_failed": "failure",
}
_NO_TITLES = {"NotifyDiscord", "NotifyMattermost"}
"""Services for which the title is the first line of the message, like any other."""
_BULLET = re.compile(r"^- (?=[`…])", re.MULTILINE)
_DIFFERENCE = re.compile(rf"^{DIFF}\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
_BUSY = (429, 503)
_told = threading.local()


def message(plugin: Any, alert: Alert) -> dict[str, Any]:
    """The arguments of apprise's `notify` for this service, without secrets; the body is Markdown."""
    title, body = redact(alert.title), redact(alert.body_markdown)
    if _name(plugin) in _NO_TITLES:
        title = f"**{title}**"
    if _name(plugin) == "NotifySlack":
        body = _BULLET.sub("• ", body).replace(DIFF, "```")
    if plugin.resolve_format("markdown") == "html":  # what makes HTML of Markdown knows no blocks between fences
        body = _DIFFERENCE.sub(lambda found: f"<pre>\n{escape(found[1])}\n</pre>", body)
    if _name(plugin) == "NotifyJSON":
        plugin.payload_extras = {**plugin.payload_extras, "driftwatch": as_json(alert)}
    return {
        "title": title,
        "body": body,
        "notify_type": "failure" if alert.critical else _TYPES.get(alert.kind, "info"),
    }


def as_json(alert: Alert) -> dict[str, Any]:
    """What a webhook gets in the field `driftwatch`, beside title and message."""
    facts: dict[str, Any] = redact_all(dict(alert.facts))
    return {
        "format": 1,
        "kind": alert.kind,
        "key": alert.key,
        "at": alert.at.isoformat(timespec="seconds"),
        "severity": alert.severity,
        "tags": sorted(alert.tags),
        "remotes": {remote: facts.get(remote, {}) for remote in alert.remotes},
    }


@cache
def listen() -> None:
    """From now on `asked_to_wait` knows what receivers answer.

    apprise gives the headers of an answer to nobody, so they are looked at where its one way to the network, requests,
    gets them.
    """
    from requests.adapters import HTTPAdapter

    send = HTTPAdapter.send

    def note(self: Any, *args: Any, **named: Any) -> Any:
        answer = send(self, *args, **named)
        if answer.status_code in _BUSY:
            _told.seconds = seconds_of(answer.headers.get("Retry-After", ""), time.time())
        return answer

    HTTPAdapter.send = note  # type: ignore[method-assign]


def asked_to_wait() -> float | None:
    """For how many seconds the receiver that this thread spoke to last wants to be left alone; asked once."""
    seconds: float | None = getattr(_told, "seconds", None)
    _told.seconds = None
    return seconds


def seconds_of(retry_after: str, now: float) -> float | None:
    """The header's value, a number or a date, as seconds; None where it is neither. now: in seconds since 1970."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except ValueError:
        return None


def _name(plugin: Any) -> str:
    return type(plugin).__name__
