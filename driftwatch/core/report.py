"""What differs, for a terminal and as Markdown. Names of database objects are never trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from itertools import groupby, islice

from driftwatch.core.catalog import NotCompared, Value
from driftwatch.core.drift import SEVERITIES, FacetChange, ObjectChange
from driftwatch.core.text import clean

HEADINGS = {
    "security": "Security",
    "destructive": "Destructive",
    "structural": "Structure",
    "cosmetic": "Cosmetic",
}
SIGNS = {"added": "+", "removed": "-", "changed": "~"}
SHORT = 72
"""Characters up to which a value stands on the line of its facet."""
LISTED = 160
"""Characters of a list of what was not compared."""
BODY_LINES = 40
"""Lines of one facet's difference that are shown."""
_COLORS = {"+": "32", "-": "31", "~": "33"}
_PLURALS = {"index": "indexes", "policy": "policies", "foreign_table": "foreign tables"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One object to show, with the parts that came or went along with it counted rather than listed."""

    change: ObjectChange
    parts: tuple[tuple[str, int], ...] = ()


def entries(changes: Iterable[ObjectChange]) -> tuple[Entry, ...]:
    """The changes without the parts of tables that came or went as a whole; those are counted there."""
    changes = tuple(changes)
    whole = {(change.id.identity, change.change) for change in changes if _is_whole(change)}
    parts: dict[tuple[str, str], Counter[str]] = {}
    rest = []
    for change in changes:
        key = (_table_of(change), change.change)
        if change.change != "changed" and key in whole:
            parts.setdefault(key, Counter())[change.id.kind] += 1
        else:
            rest.append(change)
    return tuple(
        Entry(change, tuple(sorted(parts.get((change.id.identity, change.change), Counter()).items())))
        if _is_whole(change)
        else Entry(change)
        for change in rest
    )


def as_text(
    changes: Iterable[ObjectChange],
    *,
    color: bool = False,
    limit: int = 50,
    not_compared: Sequence[NotCompared] = (),
) -> str:
    """Lines for a terminal, gravest first, then by kind. limit: objects shown, then a count."""
    shown = entries(changes)
    lines: list[str] = []
    for severity, group in _by_severity(shown[:limit]):
        lines += [_paint(HEADINGS[severity], "1", color)]
        for entry in group:
            sign = SIGNS[entry.change.change]
            lines.append("  " + _paint(f"{sign} {title(entry)}", _COLORS[sign], color))
            for line in details(entry.change):
                code = _COLORS.get(line[:1], "") if line[:2] in ("+ ", "- ") else ""
                lines.append("      " + _paint(line, code, color))
        lines.append("")
    if len(shown) > limit:
        lines += [f"… and {len(shown) - limit} more objects.", ""]
    if not_compared:
        lines.append("Not compared:")
        lines += [f"  {_shortened(clean(left.what))}: {clean(left.reason)}" for left in not_compared]
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def as_markdown(changes: Iterable[ObjectChange], *, limit: int = 20, not_compared: Sequence[NotCompared] = ()) -> str:
    """The same for alerts and pull requests. Every name and value is inside a code span or block."""
    shown = entries(changes)
    lines: list[str] = []
    for severity, group in _by_severity(shown[:limit]):
        lines += [f"**{HEADINGS[severity]}**", ""]
        for entry in group:
            change = entry.change
            lines.append(f"- {change.change} {_words(change.id.kind)} {code(change.id.identity)}{_with(entry)}")
            body = list(details(change))
            if body:
                lines += [f"  {line}" for line in block("\n".join(body), "diff").splitlines()]
        lines.append("")
    if len(shown) > limit:
        lines += [f"… and {len(shown) - limit} more objects.", ""]
    if not_compared:
        lines += ["Not compared:", ""]
        lines += [f"- {code(_shortened(left.what))}: {code(left.reason)}" for left in not_compared]
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


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
    change = entry.change
    verb = {"added": "was added", "removed": "was removed", "changed": "changed"}[change.change]
    return f"{_words(change.id.kind)} {clean(change.id.identity)} {verb}{_with(entry)}"


def details(change: ObjectChange) -> Iterator[str]:
    """The facets of a change, a line each, or a difference of several lines."""
    for facet in change.facets:
        if change.change == "changed":
            yield from _changed_facet(facet)
        else:
            yield from _one_sided_facet(facet, SIGNS[change.change])


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


def _changed_facet(facet: FacetChange) -> Iterator[str]:
    name = _words(facet.name)
    before, after = facet.before, facet.after
    if isinstance(before, tuple) or isinstance(after, tuple):
        yield from _changed_list(name, before, after)
        return
    old, new = _shown(before), _shown(after)
    if len(old) + len(new) <= 2 * SHORT and "\n" not in f"{before}{after}":
        yield f"{name}: {old} → {new}"
        return
    yield f"{name}:"
    left = _lines(before)
    right = _lines(after)
    yield from _cut(list(_diff(left, right)))


def _changed_list(name: str, before: Value, after: Value) -> Iterator[str]:
    old = before if isinstance(before, tuple) else ()
    new = after if isinstance(after, tuple) else ()
    if sorted(old) == sorted(new) and old != new:
        yield f"{name}: {clean(', '.join(old))} → {clean(', '.join(new))}"
        return
    yield f"{name}:"
    gone = [f"- {clean(entry)}" for entry in old if entry not in new]
    come = [f"+ {clean(entry)}" for entry in new if entry not in old]
    yield from _cut(gone + come)


def _one_sided_facet(facet: FacetChange, sign: str) -> Iterator[str]:
    value = facet.after if facet.before is None else facet.before
    if value is None or value is False or facet.name in ("table", "column_order"):
        return
    name = _words(facet.name)
    if isinstance(value, str) and "\n" in value:
        yield f"{name}:"
        yield from _cut([f"{sign} {line}" for line in _lines(value)])
    else:
        yield f"{name}: {_shown(value)}"


def _diff(old: list[str], new: list[str]) -> Iterator[str]:
    for line in islice(unified_diff(old, new, lineterm="", n=2), 2, None):
        yield line if line.startswith("@@") else f"{line[:1]} {line[1:]}"


def _cut(lines: list[str]) -> Iterator[str]:
    yield from lines[:BODY_LINES]
    if len(lines) > BODY_LINES:
        yield f"… {len(lines) - BODY_LINES} more lines"


def _lines(value: Value) -> list[str]:
    return [] if value is None else [clean(line) for line in str(value).split("\n")]


def _shown(value: Value) -> str:
    if value is None:
        return "(none)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return clean(", ".join(value)) or "(none)"
    return clean(str(value)) or "(empty)"


def _shortened(names: str) -> str:
    """A list of names, cut at a comma where it is long, with a count of the rest."""
    parts = names.split(", ")
    kept, length = 0, 0
    while kept < len(parts) and (not kept or length + len(parts[kept]) <= LISTED):
        length += len(parts[kept]) + 2
        kept += 1
    rest = len(parts) - kept
    return ", ".join(parts[:kept]) + (f" and {rest} more" if rest else "")


def _by_severity(shown: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    ordered = sorted(shown, key=lambda entry: (SEVERITIES.index(entry.change.severity), entry.change.id))
    for severity, group in groupby(ordered, key=lambda entry: entry.change.severity):
        yield severity, list(group)


def _is_whole(change: ObjectChange) -> bool:
    return change.change != "changed" and any(facet.name == "column_order" for facet in change.facets)


def _table_of(change: ObjectChange) -> str:
    for facet in change.facets:
        if facet.name == "table":
            return str(facet.after if facet.before is None else facet.before)
    return ""


def _with(entry: Entry) -> str:
    if not entry.parts:
        return ""
    counted = [f"{count} {_words(kind) if count == 1 else _plural(kind)}" for kind, count in entry.parts]
    return f" (with {', '.join(counted)})"


def _plural(kind: str) -> str:
    return _PLURALS.get(kind, f"{_words(kind)}s")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color and code else text
