"""The words of alerts: title and Markdown body.

Everything that comes out of a database (names of objects, error messages) is untrusted: it only ever
stands in a code span or block, without the characters that chat services act upon.
"""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from driftwatch.core.history import DRIFT, MEANINGS
from driftwatch.core.remote_state import Ack, RemoteState

Text = tuple[str, str]
"""Title (plain text, one line) and body (Markdown)."""

_OF_HISTORY = tuple(MEANINGS[word] for word in DRIFT)
"""How the lines of a drift begin that are about versions."""
SHOWN_CHANGES = 10
"""So many changes are spelt out in an alert; the rest is a number."""
_LONGEST_LINE = 240
DIFF = "```diff"
"""How a block with a difference begins."""
_DIFF_LINES, _DIFF_LINE, _DIFF_ROOM = 12, 120, 800
"""Lines of one difference, characters of a line, and of all of them: a chat takes 2000, and must not cut a block."""
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
    return _harmless(text, longest).strip() or "(empty)"


def _harmless(text: str, longest: int) -> str:
    shown = "".join(_LOOK_ALIKES.get(char) or _visible(char) for char in text[: longest + 1])
    return shown if len(text) <= longest else shown[:longest] + "…"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one or several remotes. headline: the title without their names; heads, feet: a paragraph and
    what to do, one of each per remote; shared: what is the same for all; link: the last line; facts: for programs.
    """

    headline: str
    heads: tuple[str, ...]
    shared: str = ""
    feet: tuple[str, ...] = ()
    link: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def and_of(self, other: Said) -> Said | None:
        """The same, said of the other's remotes too; None where it is not the same."""
        if (self.headline, self.shared, self.link) != (other.headline, other.shared, other.link):
            return None
        return replace(self, heads=(*self.heads, *other.heads), feet=(*self.feet, *other.feet))


def title_of(remotes: Sequence[str], said: Said) -> str:
    return f"{', '.join(plain(remote) for remote in remotes)}: {said.headline}"


def body_of(said: Said) -> str:
    return "\n\n".join(part for part in (*said.heads, said.shared, *said.feet, said.link) if part)


def outage_said(kind: str, state: RemoteState, since: datetime, now: datetime) -> Said:
    """That a remote cannot be checked, since when, and what was known before."""
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    headline = f"could not be checked, {times}"
    if kind == "unreachable_repeated":
        headline = f"still cannot be checked, for {lasted(since, now)}"
    head = (
        f"**{code(state.remote)} cannot be checked** since {moment(since)} ({times}): "
        f"{code(state.reason or 'no reason given')}\n\n{_known_before(state)}"
    )
    command = f"driftwatch check {_word(state.remote)}"
    facts = {"since": _iso(since), "failures": state.failures, "reason": state.reason, "commands": {"show": command}}
    return Said(headline, (head,), feet=(_commands(state.remote, {"try it by hand": command}),), facts=facts)


def drift_said(
    kind: str, state: RemoteState, outage: datetime | None, now: datetime, page: str, *, ran_out: Ack | None = None
) -> Said:
    """What became of a drift; of one that is over, `state` is the last that had it.

    outage: since when the remote could not be checked, if people were told so and it is over now. ran_out: the
    acknowledgement that has come to its end. page: see AlertPolicy.
    """
    since = state.drift_since or now
    headline, head = _drift_headline(kind, state, since, now)
    if outage is not None and kind != "reachable_again":
        headline += "; it can be checked again"
        head += f" It could not be checked for {lasted(outage, now)}, and can be again."
    if ran_out is not None:
        head += f" {code(ran_out.by)} had acknowledged it until now."
    if state.drift_id is None or kind == "drift_over":
        return Said(headline, (head,), link=_link(page), facts=_drift_facts(state, since, {}))
    if state.drift_by:
        head += f" Made by {code(state.drift_by)}."
    if state.drift_severity in ("security", "destructive"):
        head += f" Gravest: {state.drift_severity}."
    ways = _ways(state)
    words = {
        "show": "see all of it",
        "fetch": "fetch what is applied there",
        "keep": "keep it, as a migration",
        "take_back": "take it back, with this SQL" + (", which has what is pending too" if state.pending else ""),
        "acknowledge": "no reminders of it",
    }
    feet = (_commands(state.remote, {words[name]: command for name, command in ways.items()}),)
    return Said(headline, (head,), _changes(state), feet, _link(page), _drift_facts(state, since, ways))


def ack_said(state: RemoteState, ack: Ack) -> Said:
    """That somebody knows of the drift, and until when nobody is reminded of it."""
    until = f"until {moment(ack.until)}" if ack.until else "until it changes"
    reason = f": {code(ack.reason)}" if ack.reason else "."
    head = f"**{code(ack.by)} knows of the drift on {code(state.remote)}** ({until}){reason}"
    facts = {
        "drift": state.drift_name,
        "by": ack.by,
        "until": _iso(ack.until) if ack.until else None,
        "reason": ack.reason,
    }
    return Said(f"drift acknowledged {until}", (head,), facts=facts)


def pending_said(remote: str, late: Sequence[tuple[str, datetime]], now: datetime) -> Said:
    """That migrations have waited for long. late: names, and since when they are pending."""
    count = f"{len(late)} migration{'s' if len(late) != 1 else ''}"
    longest = lasted(min(since for _, since in late), now)
    head = f"**{count} pending on {code(remote)} for {longest}:** in the folder, and not applied there."
    push = f"driftwatch sync to-remote {_word(remote)}"
    facts = {"pending": [{"name": name, "since": _iso(since)} for name, since in late], "commands": {"push": push}}
    listed = bullets([f"{name}, for {lasted(since, now)}" for name, since in late])
    return Said(
        f"{count} pending for {longest}", (head,), listed, (_commands(remote, {"apply them": push}),), facts=facts
    )


def channel_failing_text(channel: str, since: datetime, waiting: int, reason: str, now: datetime) -> Text:
    """That alerts have not reached another channel for long."""
    body = [
        f"**Alerts have not reached the channel {code(channel)} since {moment(since)}** ({lasted(since, now)}): "
        + code(reason or "no reason given"),
        "",
        f"{waiting} wait{'s' if waiting == 1 else ''} for it; nothing is lost. Try it: `driftwatch notify test`",
    ]
    return f"driftwatch: the channel {plain(channel)} cannot be reached", "\n".join(body)


def daemon_back_text(since: datetime, now: datetime) -> Text:
    """That nobody watched for a while."""
    long = lasted(since, now)
    body = f"**driftwatch was not running for {long}** (since {moment(since)}). Nothing was checked then; all is now."
    return f"driftwatch: was down for {long}, watches again", body


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def lasted(since: datetime, now: datetime) -> str:
    """A length of time in its two largest units."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    parts = [(minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min")]
    return " ".join([f"{number} {unit}" for number, unit in parts if number][:2]) or "less than a minute"


def bullets(lines: Sequence[str]) -> str:
    """Untrusted texts as a list, of each the first line: the first ones and how many more."""
    shown = [f"- {code(first_line(line))}" for line in lines[:SHOWN_CHANGES]]
    return "\n".join([*shown, *_and_more(lines)])


def _changes(state: RemoteState) -> str:
    """The same of a drift, with the lines that differ below what they are of, as far as there is room for them."""
    parts: list[str] = []
    room = _DIFF_ROOM
    for change in state.drift_changes[:SHOWN_CHANGES]:
        head, *lines = change.split("\n")
        block = _fitting(lines, room)
        room -= sum(map(len, block))
        parts += [f"- {code(head)}", *(["", DIFF, *block, "```", ""] if block else [])]
    return "\n".join([*parts, *_and_more(state.drift_changes)]).rstrip("\n")


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    """The first lines, harmless; "…" for the others."""
    shown = [_harmless(line, _DIFF_LINE) for line in lines[:_DIFF_LINES]]
    while shown and sum(map(len, shown)) > room:
        shown.pop()
    return [*shown, "…"] if shown and len(shown) < len(lines) else shown


def _and_more(lines: Sequence[str]) -> list[str]:
    more = len(lines) - SHOWN_CHANGES
    return [f"- … and {more} more"] if more > 0 else []


def first_line(change: str) -> str:
    """What differs, without the difference below it (see `report.lines`)."""
    return change.partition("\n")[0]


def differences(number: int) -> str:
    return "1 difference" if number == 1 else f"{number} differences"


def _drift_headline(kind: str, state: RemoteState, since: datetime, now: datetime) -> Text:
    name, long, count = code(state.remote), lasted(since, now), differences(len(state.drift_changes))
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


def _ways(state: RemoteState) -> dict[str, str]:
    """What to type: to see the drift, to mend it either way, to be reminded no more."""
    remote = _word(state.remote)
    ways = {"show": f"driftwatch check {remote}"}
    # Of versions alone there is nothing to capture, and no SQL that takes them back.
    if state.drift_changes and all(change.startswith(_OF_HISTORY) for change in state.drift_changes):
        if all(change.startswith(MEANINGS["unknown"]) for change in state.drift_changes):
            ways["fetch"] = f"driftwatch sync from-remote {remote}"
    else:
        ways["keep"] = f"driftwatch capture {remote}"
        ways["take_back"] = f"driftwatch diff {remote} migrations --sql"
    return {**ways, "acknowledge": f"driftwatch ack {state.drift_name}"}


def _drift_facts(state: RemoteState, since: datetime, ways: Mapping[str, str]) -> dict[str, Any]:
    return {
        "drift": state.drift_name,
        "since": _iso(since),
        "severity": state.drift_severity,
        "by": state.drift_by,
        "differences": len(state.drift_changes),
        "changes": [plain(first_line(change)) for change in state.drift_changes[:SHOWN_CHANGES]],
        "commands": dict(ways),
    }


def _known_before(state: RemoteState) -> str:
    if state.checked_at is None:
        return "It has never been checked, so nothing is known about drift."
    was = f"drifted (since {moment(state.drift_since)})" if state.drift_since else "in sync"
    return f"When it was last checked, {moment(state.checked_at)}, it was {was}; nothing is known since."


def _commands(remote: str, commands: Mapping[str, str]) -> str:
    lines = [f"- {label}: `{command}`" for label, command in commands.items()]
    return "\n".join([f"For {code(remote)}:", "", *lines])


def _link(page: str) -> str:
    return f"All of it on the page: {page}" if page else ""


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _word(remote: str) -> str:
    """The remote as one shell word, still safe in a code span."""
    return shlex.quote(plain(remote))


def _visible(char: str) -> str:
    return f"\\u{ord(char):04x}" if unicodedata.category(char) in _INVISIBLE else char
