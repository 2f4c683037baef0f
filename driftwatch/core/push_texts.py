"""What the channels are told of a push."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from driftwatch.core.alert_texts import code, moment, plain
from driftwatch.core.alerts import Alert, alert
from driftwatch.core.push_target import PushTarget

_SHOWN = 20


def pushed(target: PushTarget, remote: str, who: str, applied: Sequence[str], differs: int, now: datetime) -> Alert:
    """Everything was applied. differs: how many objects are not as the migrations make them."""
    count = _count(applied)
    end = f"; {differs} objects differ from what the migrations make" if differs else ""
    body = [f"**{code(who)} pushed {count} to {code(remote)}** ({code(target.in_words())}), {moment(now)}:", ""]
    body += _names(applied)
    if differs:
        body += [
            "",
            f"Afterwards {differs} objects are not what the migrations make: `driftwatch check {plain(remote)}`",
        ]
    return alert("push_done", remote, (f"{plain(remote)}: {count} pushed{end}", "\n".join(body)), now)


def push_failed(target: PushTarget, remote: str, who: str, message: str, untouched: str, now: datetime) -> Alert:
    """It ended before its time. untouched: what is not applied."""
    body = [
        f"**A push by {code(who)} to {code(remote)}** ({code(target.in_words())}) **failed**, {moment(now)}:",
        "",
        f"- {code(message)}",
        *([f"- {code(untouched)}"] if untouched else []),
    ]
    return alert("push_failed", remote, (f"{plain(remote)}: a push failed", "\n".join(body)), now)


def _names(applied: Sequence[str]) -> list[str]:
    more = len(applied) - _SHOWN
    return [*(f"- {code(name)}" for name in applied[:_SHOWN]), *([f"- … and {more} more"] if more > 0 else [])]


def _count(applied: Sequence[str]) -> str:
    return f"{len(applied)} migration{'s' if len(applied) != 1 else ''}"
