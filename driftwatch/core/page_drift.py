"""What the page and the HTML report show of one check: its JSON (`check --json`) as plain values for a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from driftwatch.core.audit import Recorded, in_words
from driftwatch.core.catalog import NotCompared, ObjectId, Value
from driftwatch.core.changes import FacetChange, ObjectChange, Severity
from driftwatch.core.drift import from_json
from driftwatch.core.facet_lines import GRANTS, SIGNS, words
from driftwatch.core.folding import Group, entries, fold
from driftwatch.core.grants import in_words as rights_in_words
from driftwatch.core.history import DRIFT, MEANINGS
from driftwatch.core.report import HEADINGS, group_title, summary
from driftwatch.core.side_by_side import Row, rows
from driftwatch.core.text import clean

SHOWN = 1000
"""Entries that a page shows in full; the rest is a count."""
_LINES = 400
"""Rows of one facet that are shown."""
_IMPLIED = ("table", "column_order")
"""Facets of what came or went as a whole that its title and its parts already tell."""


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet on both sides. left: rows beyond those shown."""

    name: str
    rows: tuple[Row, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class ObjectView:
    """One entry: an object, a rename, or several objects that changed alike, which are then named.

    sign: +, - or ~. change: added, removed or changed. by: who changed it, as far as that is known.
    """

    sign: str
    change: str
    title: str
    names: tuple[str, ...]
    why: str
    facets: tuple[FacetView, ...]
    defined_in: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one severity."""

    severity: Severity
    heading: str
    objects: tuple[ObjectView, ...]


@dataclass(frozen=True, slots=True)
class DriftView:
    """One remote as a check found it.

    verdict: one line. left: objects beyond those shown. history: each word, what it means, and the versions. problem:
    why it could not be checked, "" where it was.
    """

    remote: str
    drifted: bool
    verdict: str
    fingerprint: str = ""
    expected: str = ""
    sections: tuple[Section, ...] = ()
    left: int = 0
    history: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    hint: str = ""
    problem: str = ""
    next_step: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What differs and why it is grave, a line for each entry, and one for each word of the history."""
        objects = (one for section in self.sections for one in section.objects)
        shown = [": ".join(filter(None, (one.title, one.why))) for one in objects]
        shown += [f"{meaning}: {', '.join(versions)}" for word, meaning, versions in self.history if word in DRIFT]
        return tuple(shown)


def drift_view(found: Mapping[str, Any], limit: int = SHOWN) -> DriftView:
    """One remote's entry of what `check --json` prints. Raises KeyError, TypeError or ValueError for anything else."""
    name = clean(found["remote"])
    if found["status"] == "could_not":
        said = clean(found["error"], keep_lines=True)
        return DriftView(name, False, "could not be checked", problem=said, next_step=clean(found["next_step"]))
    changes = [from_json(one) for one in found["changes"]]
    groups = fold(entries(changes))
    told = _Told({ObjectId(one["kind"], one["identity"]): one for one in found["changes"]})
    history = {word: found["history"][word] for word in MEANINGS if found["history"][word]}
    return DriftView(
        name,
        found["status"] == "drifted",
        _verdict(changes, history),
        found["fingerprint"],
        found["expected"],
        tuple(_sections(groups[:limit], told)),
        sum(len(group.entries) for group in groups[limit:]),
        tuple((word, MEANINGS[word], tuple(map(_version, versions))) for word, versions in history.items()),
        tuple(NotCompared(clean(one["what"]), clean(one["reason"])) for one in found["not_compared"]),
        clean(found["hint"]),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the check says about an object besides what differs."""

    objects: Mapping[ObjectId, Mapping[str, Any]]

    def defined_in(self, change: ObjectChange) -> str:
        place = self.objects.get(change.id, {}).get("defined_in")
        if not place:
            return ""
        line = f":{place['line']}" if place["line"] else ""
        commit = f", {place['commit'][:10]}" if place["commit"] else ""
        return clean(f"{place['file']}{line}{commit}")

    def by(self, change: ObjectChange) -> str:
        by = self.objects.get(change.id, {}).get("by")
        if not by:
            return ""
        said = {name: by[name] or "" for name in ("login", "role", "application", "client", "command")}
        return in_words(Recorded(at=datetime.fromisoformat(by["at"]), kind="", identity="", **said))


def _verdict(changes: Sequence[ObjectChange], history: Mapping[str, Sequence[Any]]) -> str:
    drifted = changes or history.keys() & set(DRIFT)
    parts = [summary(changes)] if changes else [] if drifted else ["in sync with its migrations"]
    counts = [f"{len(history[word])} {word}" for word in (*DRIFT, "pending") if word in history]
    return ", ".join([*parts, *counts])


def _version(entry: Any) -> str:
    return clean(" is ".join(entry) if isinstance(entry, list | tuple) else entry)


def _sections(groups: Sequence[Group], told: _Told) -> Iterator[Section]:
    for severity, listed in groupby(groups, key=lambda group: group.first.change.severity):
        yield Section(severity, HEADINGS[severity], tuple(_object(group, told) for group in listed))


def _object(group: Group, told: _Told) -> ObjectView:
    change = group.first.change
    several = len(group.entries) > 1
    return ObjectView(
        SIGNS[change.change],
        change.change,
        group_title(group),
        tuple(clean(entry.change.id.identity) for entry in group.entries) if several else (),
        clean(change.why),
        tuple(_facets(change)),
        "" if several else told.defined_in(change),
        "" if several else told.by(change),
    )


def _facets(change: ObjectChange) -> Iterator[FacetView]:
    for facet in change.facets:
        value = facet.after if facet.before is None else facet.before
        if change.change != "changed" and (value is None or value is False or facet.name in _IMPLIED):
            continue
        found = rows(_lines(facet, facet.before, change), _lines(facet, facet.after, change))
        yield FacetView(words(facet.name), found[:_LINES], max(0, len(found) - _LINES))


def _lines(facet: FacetChange, value: Value, change: ObjectChange) -> list[str]:
    """The value a line at a time; nothing on the side where the object is not."""
    if value is None:
        return ["(none)"] if change.change == "changed" else []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, tuple):
        return [clean(_grant(entry) if facet.name in GRANTS else entry) for entry in value] or ["(none)"]
    return [clean(line) for line in str(value).split("\n")] if value != "" else ["(empty)"]


def _grant(entry: str) -> str:
    role, equals, rights = entry.rpartition("=")
    return f"{role}: {rights_in_words(filter(None, rights.split(','))) or 'nothing'}" if equals else entry
