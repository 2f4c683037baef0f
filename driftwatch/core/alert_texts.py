"""The words of alerts: title and Markdown body.

Everything that comes out of a database (names of objects, error messages) is untrusted: it only ever
stands in a code span, without the characters that chat services act upon.
"""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from driftwatch.core.alerts import AlertKind, RemoteState

Text = tuple[str, str]
"""Title (plain text, one line) and body (Markdown)."""

SHOWN_CHANGES = 10
"""So many changes are spelt out in an alert; the rest is a number."""
_LONGEST_LINE = 240
_LOOK_ALIKES = {"`": "ˋ", "<": "‹", ">": "›", "@": "＠"}
# Cc control, Cf format (direction marks, zero width), Cs Co Cn nothing printable, Zl Zp line ends.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def code(text: str, longest: int = _LONGEST_LINE) -> str:
    """Untrusted text as a Markdown code span on one line.

    Backticks would end the span; `<` and `@` are acted upon by Slack and Discord even inside one: they
    become look-alikes. Control and direction-changing characters become visible escapes.
    """
    return f"`{plain(text, longest)}`"


def plain(text: str, longest: int = _LONGEST_LINE) -> str:
    """Untrusted text for a title: as in `code`, without the span."""
    shown = "".join(_LOOK_ALIKES.get(char) or _visible(char) for char in text[: longest + 1])
    if len(text) > longest:
        shown = shown[:longest] + "…"
    return shown.strip() or "(empty)"


def outage_text(kind: AlertKind, state: RemoteState, since: datetime, now: datetime) -> Text:
    """That a remote cannot be checked, since when, and what was known before."""
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    title = f"could not be checked, {times}"
    if kind == "unreachable_repeated":
        title = f"still cannot be checked, for {lasted(since, now)}"
    body = [
        f"**{code(state.remote)} cannot be checked** since {moment(since)} ({times}): "
        + code(state.reason or "no reason given"),
        "",
        _known_before(state),
        "",
        *_commands("Try it by hand", f"check {_word(state.remote)}"),
    ]
    return f"{plain(state.remote)}: {title}", "\n".join(body)


def drift_text(kind: AlertKind, state: RemoteState, since: datetime, outage: datetime | None, now: datetime) -> Text:
    """What became of a drift that has been there since `since`.

    outage: since when the remote could not be checked, if people were told so and it is over now.
    """
    title, first = _drift_headline(kind, state, since, now)
    body = [first]
    if outage is not None and kind != "reachable_again":
        title += "; it can be checked again"
        body.append(f"It could not be checked for {lasted(outage, now)}, and can be again.")
    if state.drift_id is not None:
        body += _drift_details(state)
    return f"{plain(state.remote)}: {title}", "\n".join(body)


def digest_text(states: Sequence[RemoteState], now: datetime) -> Text:
    """How every remote stands, also when all is well."""
    drifted = sum(state.drift_id is not None for state in states)
    failing = sum(state.failures > 0 for state in states)
    title = f"driftwatch digest: {len(states)} watched, {drifted} drifted, {failing} unreachable"
    lines = [f"- {code(state.remote)}: {_standing(state, now)}" for state in states]
    return title, "\n".join(["**How the watched databases stand:**", "", *(lines or ["- none is watched"])])


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def lasted(since: datetime, now: datetime) -> str:
    """A length of time in its two largest units."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    parts = [(minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min")]
    return " ".join([f"{number} {unit}" for number, unit in parts if number][:2]) or "less than a minute"


def _drift_headline(kind: AlertKind, state: RemoteState, since: datetime, now: datetime) -> Text:
    name, long, number = code(state.remote), lasted(since, now), len(state.drift_changes)
    count = "1 difference" if number == 1 else f"{number} differences"
    if kind == "drift_began":
        return f"drift began, {count}", (
            f"**Drift began on {name}:** its schema is not what its applied migrations make. "
            f"First seen {moment(since)}."
        )
    if kind == "drift_changed":
        return f"drift changed, now {count}", (
            f"**The drift on {name} changed.** There has been drift since {moment(since)} (for {long})."
        )
    if kind == "drift_repeated":
        return f"still drifted after {long}, {count}", (
            f"**{name} is still drifted,** since {moment(since)} (for {long})."
        )
    if kind == "drift_over":
        return f"drift is over after {long}", (
            f"**The drift on {name} is over.** It lasted {long}, from {moment(since)} to {moment(now)}."
        )
    if state.drift_id is None:
        return "can be checked again, in sync", f"**{name} can be checked again.** It is in sync."
    return f"can be checked again, still drifted, {count}", (
        f"**{name} can be checked again.** It has been drifted since {moment(since)}."
    )


def _drift_details(state: RemoteState) -> list[str]:
    remote, more = _word(state.remote), len(state.drift_changes) - SHOWN_CHANGES
    return [
        "",
        *(f"- {code(change)}" for change in state.drift_changes[:SHOWN_CHANGES]),
        *([f"- … and {more} more"] if more > 0 else []),
        "",
        *_commands("See all of it", f"check {remote}", f"diff migrations {remote}"),
        "",
        "Keep it: write the same change as a migration. Take it back: undo it on the remote. Either ends the drift.",
    ]


def _known_before(state: RemoteState) -> str:
    if state.checked_at is None:
        return "It has never been checked, so nothing is known about drift."
    was = f"drifted (since {moment(state.drift_since)})" if state.drift_since else "in sync"
    return f"When it was last checked, {moment(state.checked_at)}, it was {was}; nothing is known since."


def _standing(state: RemoteState, now: datetime) -> str:
    if state.checked_at is None:
        return "never checked" + (f", last error {code(state.reason)}" if state.reason else "")
    drift = f"drifted for {lasted(state.drift_since, now)}" if state.drift_since else "in sync"
    if state.failing_since is None:
        return drift
    return f"cannot be checked for {lasted(state.failing_since, now)}; before that, {drift}"


def _commands(heading: str, *commands: str) -> list[str]:
    return [f"{heading}:", "", *(f"- `driftwatch {command}`" for command in commands)]


def _word(remote: str) -> str:
    """The remote as one shell word, still safe in a code span."""
    return shlex.quote(plain(remote))


def _visible(char: str) -> str:
    return f"\\u{ord(char):04x}" if unicodedata.category(char) in _INVISIBLE else char
