"""What differs, for a terminal and as Markdown. Names of database objects are never trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from driftwatch.core.catalog import NotCompared
from driftwatch.core.changes import SEVERITIES, ObjectChange
from driftwatch.core.facet_lines import SIGNS, details, words
from driftwatch.core.folding import Entry, Group, entries, fold
from driftwatch.core.renames import LABEL, Rename
from driftwatch.core.text import clean

__all__ = [
    "Entry",
    "as_markdown",
    "as_text",
    "block",
    "code",
    "details",
    "entries",
    "group_title",
    "lines",
    "summary",
    "title",
]

HEADINGS = {
    "security": "Security",
    "destructive": "Destructive",
    "structural": "Structure",
    "cosmetic": "Cosmetic",
}
LISTED = 160
"""Characters of a list of what was not compared."""
NAMED = 5
"""Objects that are named of those that changed alike."""
_COLORS = {"+": "32", "-": "31", "~": "33", "!": "1;31"}
_PLURALS = (("statistics", "statistics"), ("y", "ies"), ("ss", "sses"), ("x", "xes"), ("", "s"))
"""Endings of the words for kinds, and what they are for several."""


def as_text(
    changes: Iterable[ObjectChange],
    *,
    color: bool = False,
    limit: int = 50,
    whole: bool = False,
    not_compared: Sequence[NotCompared] = (),
) -> str:
    """Lines for a terminal, gravest first, then by kind. limit: entries shown, then a count of the objects left.

    whole: every object on its own and however long, whatever the limit.
    """
    groups, left = _shown(changes, limit, whole)
    shown: list[str] = []
    for severity, listed in _by_severity(groups):
        shown += [_paint(HEADINGS[severity], "1", color)]
        for group in listed:
            sign = SIGNS[group.first.change.change]
            shown.append("  " + _paint(f"{sign} {group_title(group)}", _COLORS[sign], color))
            if len(group.entries) > 1:
                shown.append("      " + _names(group, clean))
            for line in _body(group, whole):
                code = _COLORS.get(line[:1], "") if line[1:2] == " " else ""
                shown.append("      " + _paint(line, code, color))
        shown.append("")
    if left:
        shown += [f"… and {left} more objects.", ""]
    if not_compared:
        shown.append("Not compared:")
        shown += [f"  {_shortened(clean(one.what))}: {clean(one.reason)}" for one in not_compared]
    return "\n".join(shown).rstrip("\n") + "\n" if shown else ""


def as_markdown(changes: Iterable[ObjectChange], *, limit: int = 20, not_compared: Sequence[NotCompared] = ()) -> str:
    """The same for alerts and pull requests. Every name and value is inside a code span or block."""
    groups, left = _shown(changes, limit, whole=False)
    shown: list[str] = []
    for severity, listed in _by_severity(groups):
        shown += [f"**{HEADINGS[severity]}**", ""]
        for group in listed:
            shown.append(f"- {_markdown_title(group)}")
            body = list(_body(group, whole=False))
            if body:
                shown += [f"  {line}" for line in block("\n".join(body), "diff").splitlines()]
        shown.append("")
    if left:
        shown += [f"… and {left} more objects.", ""]
    if not_compared:
        shown += ["Not compared:", ""]
        shown += [f"- {code(_shortened(one.what))}: {code(one.reason)}" for one in not_compared]
    return "\n".join(shown).rstrip("\n") + "\n" if shown else ""


def lines(changes: Iterable[ObjectChange]) -> tuple[str, ...]:
    """A text for each entry, as alerts have it: a line with what differs, why it is grave, and from → to; below it the
    lines of what stands in several, as a difference.
    """
    return tuple(_line(group) for group in fold(entries(changes)))


def summary(changes: Iterable[ObjectChange]) -> str:
    """One line: `3 objects differ: 1 security, 2 structure`."""
    counted = Counter(entry.change.severity for entry in entries(changes))
    total = sum(counted.values())
    if not total:
        return "nothing differs"
    parts = ", ".join(f"{counted[name]} {HEADINGS[name].lower()}" for name in SEVERITIES if counted[name])
    return f"{total} object{'s' if total > 1 else ''} differ{'' if total > 1 else 's'}: {parts}"


def title(entry: Entry) -> str:
    """`table public.orders was removed (with 3 columns)`, without control characters."""
    change, rename = entry.change, entry.rename
    if rename:
        of = f" of {clean(rename.of)}" if rename.of else ""
        return f"{_renamed_kind(rename)} {clean(rename.before)} → {clean(rename.after)}{of} {_probably(entry)}"
    verb = {"added": "was added", "removed": "was removed", "changed": "changed"}[change.change]
    return f"{words(change.id.kind)} {clean(change.id.identity)} {verb}{_with(entry)}"


def code(text: str) -> str:
    """A Markdown code span that the text can't break out of."""
    text = clean(text)
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def block(text: str, language: str = "") -> str:
    """A Markdown code block that the text can't break out of."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _shown(changes: Iterable[ObjectChange], limit: int, whole: bool) -> tuple[Sequence[Group], int]:
    """The groups to show, and how many objects are not in them."""
    every = entries(changes)
    if whole:
        return [Group((entry,)) for entry in every], 0
    groups = fold(every)
    return groups[:limit], sum(len(group.entries) for group in groups[limit:])


def _line(group: Group) -> str:
    change = group.first.change
    parts = [group_title(group)]
    if len(group.entries) > 1:
        parts[0] += f" ({_names(group, clean)})"
    parts += [clean(change.why)] if change.why else []
    short: list[str] = []
    long: list[list[str]] = []
    for facet in change.facets if change.change == "changed" else ():
        first, *rest = details(replace(change, facets=(facet,)))
        short.append(first.removesuffix(":") if rest else first)
        long += [[first, *rest]] if rest else []
    parts += [", ".join(short)] if short else []
    below = [line for facet in long for line in _without_places(facet if len(long) > 1 else facet[1:])]
    return "\n".join([": ".join(parts), *below])


def _without_places(difference: Iterable[str]) -> Iterator[str]:
    """Where its parts stand says nothing to somebody who does not have the text before them."""
    began = False
    for line in difference:
        if not line.startswith("@@"):
            yield line
        elif began:
            yield "…"
        began = began or line.startswith("@@")


def _body(group: Group, whole: bool) -> Iterator[str]:
    change = group.first.change
    if change.why:
        yield f"! {clean(change.why)}"
    yield from details(change, whole=whole)


def group_title(group: Group) -> str:
    """The title of its one entry, or `400 tables changed alike`."""
    if len(group.entries) == 1:
        return title(group.first)
    return f"{_kinds(group)} changed alike"


def _markdown_title(group: Group) -> str:
    entry = group.first
    change, rename = entry.change, entry.rename
    if len(group.entries) > 1:
        return f"changed alike: {_kinds(group)}: {_names(group, code)}"
    if rename:
        of = f" of {code(rename.of)}" if rename.of else ""
        names = f"{code(rename.before)} → {code(rename.after)}"
        return f"{_renamed_kind(rename)} {names}{of} {_probably(entry)}"
    return f"{change.change} {words(change.id.kind)} {code(change.id.identity)}{_with(entry)}"


def _kinds(group: Group) -> str:
    """`400 tables, 39 functions`."""
    counted = Counter(entry.change.id.kind for entry in group.entries)
    return ", ".join(f"{count} {words(kind) if count == 1 else _plural(kind)}" for kind, count in counted.most_common())


def _names(group: Group, show: Callable[[str], str]) -> str:
    named = ", ".join(show(entry.change.id.identity) for entry in group.entries[:NAMED])
    rest = len(group.entries) - NAMED
    return f"{named} and {rest} more" if rest > 0 else named


def _renamed_kind(rename: Rename) -> str:
    return "label" if rename.kind == LABEL else words(rename.kind)


def _probably(entry: Entry) -> str:
    parts = _parts(entry)
    return f"(probably renamed, with {parts})" if parts else "(probably renamed)"


def _shortened(names: str) -> str:
    """A list of names, cut at a comma where it is long, with a count of the rest."""
    parts = names.split(", ")
    kept, length = 0, 0
    while kept < len(parts) and (not kept or length + len(parts[kept]) <= LISTED):
        length += len(parts[kept]) + 2
        kept += 1
    rest = len(parts) - kept
    return ", ".join(parts[:kept]) + (f" and {rest} more" if rest else "")


def _by_severity(groups: Sequence[Group]) -> Iterator[tuple[str, list[Group]]]:
    for severity, listed in groupby(groups, key=lambda group: group.first.change.severity):
        yield severity, list(listed)


def _with(entry: Entry) -> str:
    parts = _parts(entry)
    return f" (with {parts})" if parts else ""


def _parts(entry: Entry) -> str:
    return ", ".join(f"{count} {words(kind) if count == 1 else _plural(kind)}" for kind, count in entry.parts)


def _plural(kind: str) -> str:
    one = words(kind)
    ending, several = next(pair for pair in _PLURALS if one.endswith(pair[0]))
    return one.removesuffix(ending) + several


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color and code else text
