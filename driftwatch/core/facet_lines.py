"""One facet's change in lines, as people read it: grants as who gained what, lists as what came, went and moved."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from difflib import unified_diff
from itertools import islice

from driftwatch.core.catalog import Value
from driftwatch.core.changes import FacetChange, ObjectChange
from driftwatch.core.grants import compare_grants, in_words
from driftwatch.core.order import moved, same_order
from driftwatch.core.text import clean

SIGNS = {"added": "+", "removed": "-", "changed": "~"}
SHORT = 72
"""Characters up to which a value stands on the line of its facet."""
BODY_LINES = 40
"""Lines of one facet's difference that are shown."""
COMPARED_LINES = 2000
"""Lines of a body up to which the common ones in its middle are looked for, which takes more than linear time."""
GRANTS = frozenset({"acl"})
ORDERED = frozenset({"labels", "attributes", "columns", "column_order", "parents"})
"""Lists whose order means something."""

_USUAL = {
    ("access_method", "heap"), ("persistence", "permanent"), ("replica_identity", "default"), ("owner", "postgres"),
    ("inherited", 0), ("local", True), ("valid", True), ("validated", True), ("enabled", "origin"), ("cost", "100"),
    ("parallel", "unsafe"), ("volatility", "volatile"), ("permissive", True), ("cache", 1), ("increment", 1),
    ("min", 1), ("start", 1), ("max", 9223372036854775807), ("inherit", True),
}  # fmt: skip
"""What nearly every object has, and nobody looks for in one that came or went."""


def details(change: ObjectChange, *, whole: bool = False) -> Iterator[str]:
    """The facets of a change, a line each, or a difference of several lines. whole: however long."""
    for facet in change.facets:
        if change.change == "changed":
            yield from _cut(_changed(facet), whole)
        else:
            usual = not whole and (facet.name, facet.after if facet.before is None else facet.before) in _USUAL
            yield from () if usual else _cut(_one_sided(facet, SIGNS[change.change]), whole)


def difference(facet: FacetChange) -> Hashable:
    """What differs, the same for facets that differ in the same way whatever else is in them."""
    before, after = facet.before, facet.after
    if facet.name in GRANTS:
        return facet.name, compare_grants(before, after)
    if isinstance(before, tuple | None) and isinstance(after, tuple | None) and facet.name not in ORDERED:
        old, new = set(before or ()), set(after or ())
        return facet.name, frozenset(old - new), frozenset(new - old), before if old == new else None
    return facet.name, type(before), before, type(after), after


def words(name: str) -> str:
    """The name of a kind or facet as people write it."""
    return name.replace("_", " ")


def _changed(facet: FacetChange) -> Iterator[str]:
    name = words(facet.name)
    before, after = facet.before, facet.after
    if isinstance(before, tuple) or isinstance(after, tuple):
        old = before if isinstance(before, tuple) else ()
        new = after if isinstance(after, tuple) else ()
        lines = list(_grants(old, new) if facet.name in GRANTS else _entries(old, new, facet.name in ORDERED))
        yield from [f"{name}:", *lines] if lines else [f"{name}: {_shown(before)} → {_shown(after)}"]
        return
    left, right = _shown(before), _shown(after)
    if len(left) + len(right) <= 2 * SHORT and "\n" not in f"{before}{after}":
        yield f"{name}: {left} → {right}"
        return
    yield f"{name}:"
    yield from _diff(_lines(before), _lines(after))


def _grants(before: Value, after: Value) -> Iterator[str]:
    delta = compare_grants(before, after)
    for sign, listed in (("-", delta.lost), ("+", delta.gained)):
        for role, rights in listed:
            yield f"{sign} {clean(role)}: {clean(in_words(rights))}"


def _entries(old: tuple[str, ...], new: tuple[str, ...], ordered: bool) -> Iterator[str]:
    """Nothing where a short list has another order only: both stand whole on one line then."""
    here, there = set(old), set(new)
    if here == there and len(", ".join(old)) <= SHORT:
        return
    for entry in old:
        if entry not in there:
            yield f"- {clean(entry)}"
    behind = dict(zip(new[1:], new, strict=False)) if ordered else {}
    for entry in new:
        if entry not in here:
            yield f"+ {clean(entry)}{_where(entry, behind, new) if ordered else ''}"
    if ordered and not same_order(old, new):
        for entry in moved(old, new):
            yield f"~ {clean(entry)} moved{_where(entry, behind, new)}"


def _where(entry: str, behind: dict[str, str], new: tuple[str, ...]) -> str:
    if entry in behind:
        return f" (after {clean(behind[entry])})"
    return " (first)" if len(new) > 1 else ""


def _one_sided(facet: FacetChange, sign: str) -> Iterator[str]:
    value = facet.after if facet.before is None else facet.before
    if value is None or value is False or facet.name in ("table", "column_order"):
        return
    name = words(facet.name)
    if facet.name in GRANTS and isinstance(value, tuple):
        yield f"{name}:"
        yield from _grants(facet.before, facet.after)
    elif isinstance(value, str) and "\n" in value:
        yield f"{name}:"
        yield from (f"{sign} {line}" for line in _lines(value))
    else:
        yield f"{name}: {_shown(value)}"


def _diff(old: list[str], new: list[str]) -> Iterator[str]:
    if max(len(old), len(new)) > COMPARED_LINES:
        yield from _ends_compared(old, new)
        return
    for line in islice(unified_diff(old, new, lineterm="", n=2), 2, None):
        yield line if line.startswith("@@") else f"{line[:1]} {line[1:]}"


def _ends_compared(old: list[str], new: list[str]) -> Iterator[str]:
    """A difference whose middle is all of the old lines and all of the new ones."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    gone, come = old[start : len(old) - end], new[start : len(new) - end]
    yield f"@@ -{start + 1},{len(gone)} +{start + 1},{len(come)} @@"
    yield from (f"- {line}" for line in gone)
    yield from (f"+ {line}" for line in come)


def _cut(lines: Iterable[str], whole: bool) -> Iterator[str]:
    """The heading and so many lines below it."""
    every = list(lines)
    shown = every if whole else every[: BODY_LINES + 1]
    yield from shown
    if len(every) > len(shown):
        yield f"… {len(every) - len(shown)} more lines"


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
