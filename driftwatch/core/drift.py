"""Two catalogs compared: which objects were added, removed or changed, and how grave that is.

Nothing here knows what a table is. Kinds and facets appear only in the tables of data at the top.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from driftwatch.core.acl import without
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.changes import SEVERITIES, Change, FacetChange, ObjectChange, Place, Severity
from driftwatch.core.fingerprint import same_value
from driftwatch.core.normal import filled, read_on_both
from driftwatch.core.order import places, same_order
from driftwatch.core.severity import weigh
from driftwatch.core.surroundings import Around
from driftwatch.core.text import mask

__all__ = [
    "SEVERITIES",
    "Change",
    "FacetChange",
    "ObjectChange",
    "Severity",
    "align",
    "compare",
    "from_json",
    "severity_of",
    "to_json",
]

ORDER_ONLY = {"column_order": "column"}
"""List facets whose entries are objects of this kind: only the order of what both sides have counts."""


def compare(before: Catalog, after: Catalog) -> tuple[ObjectChange, ...]:
    """What turns `before` into `after`, gravest first, then by kind and identity. Empty when nothing differs.

    Catalogs of different Postgres majors are first brought to what they have in common; `align` says what
    that was.
    """
    before, after = filled(*align(*read_on_both(before, after)))
    around = Around(before, after)
    changes = []
    for id_ in before.objects.keys() | after.objects.keys():
        change = _compare_object(before.objects.get(id_), after.objects.get(id_), around)
        if change is not None:
            changes.append(change)
    return tuple(sorted(_placed(changes, before, after), key=_order))


def severity_of(changes: Iterable[ObjectChange]) -> Severity | None:
    """The gravest of all, None for none."""
    return min((change.severity for change in changes), key=SEVERITIES.index, default=None)


def to_json(change: ObjectChange) -> dict[str, Any]:
    """The change as the JSON output writes it, keys and passwords masked."""
    facets = [{"name": f.name, "from": _plain(f.before), "to": _plain(f.after)} for f in change.facets]
    return {
        "kind": change.id.kind,
        "identity": change.id.identity,
        "change": change.change,
        "facets": facets,
        "severity": change.severity,
        **({"why": mask(change.why)} if change.why else {}),
    }


def from_json(said: Mapping[str, Any]) -> ObjectChange:
    """The change that `to_json` wrote, with what was masked as it was written. Raises KeyError for anything else."""
    facets = tuple(FacetChange(one["name"], _value(one["from"]), _value(one["to"])) for one in said["facets"])
    id_ = ObjectId(said["kind"], said["identity"])
    return ObjectChange(id_, said["change"], facets, said["severity"], said.get("why", ""))


def _order(change: ObjectChange) -> tuple[int, ObjectId]:
    return SEVERITIES.index(change.severity), change.id


def _plain(value: Value) -> str | bool | int | list[str] | None:
    if isinstance(value, tuple):
        return [mask(entry) for entry in value]
    return mask(value) if isinstance(value, str) else value


def _value(plain: Any) -> Value:
    return tuple(plain) if isinstance(plain, list) else plain


def _compare_object(before: DbObject | None, after: DbObject | None, around: Around) -> ObjectChange | None:
    if before is None or after is None:
        present = before or after
        assert present is not None  # noqa: S101 - every id comes from one of the two catalogs
        change: Change = "added" if before is None else "removed"
    else:
        present, change = after, "changed"
        if before.facets is after.facets:
            return None
    facets = _compare_facets(before.facets if before else {}, after.facets if after else {})
    if change == "changed" and not facets:
        return None
    severity, why = weigh(present.id, change, facets, before, after, around)
    return ObjectChange(present.id, change, facets, severity, why)


def _placed(changes: list[ObjectChange], before: Catalog, after: Catalog) -> Iterator[ObjectChange]:
    """The changes, the added and removed parts of something that stayed with their place in it."""
    if not any(change.change != "changed" and change.id.kind in ORDER_ONLY.values() for change in changes):
        yield from changes
        return
    stood = {"removed": dict(_places(before, after)), "added": dict(_places(after, before)), "changed": {}}
    for change in changes:
        place = stood[change.change].get(change.id)
        yield replace(change, place=place) if place else change


def _places(here: Catalog, there: Catalog) -> Iterator[tuple[ObjectId, Place]]:
    """Where the parts stand that only `here` has, of what both sides have."""
    for id_, whole in here.objects.items():
        other = there.objects.get(id_)
        for facet, kind in ORDER_ONLY.items() if other is not None else ():
            listed, theirs = whole.facets.get(facet), other.facets.get(facet) if other else None
            if isinstance(listed, tuple) and isinstance(theirs, tuple) and listed != theirs:
                for entry, place in places(listed, theirs).items():
                    yield ObjectId(kind, f"{id_.identity}.{entry}"), place


def _compare_facets(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[FacetChange, ...]:
    found = []
    for name in before.keys() | after.keys():
        old, new = before.get(name), after.get(name)
        if same_value(old, new):
            continue
        if name in ORDER_ONLY and isinstance(old, tuple) and isinstance(new, tuple) and same_order(old, new):
            continue
        found.append(FacetChange(name, old, new))
    return tuple(sorted(found, key=lambda facet: facet.name))


@dataclass(frozen=True, slots=True)
class Between:
    """What can't be compared as it stands when one side is older than `version` and the other is not."""

    version: int
    kinds: tuple[str, ...]
    facet: str
    change: Callable[[Value], Value]
    said: NotCompared


_QUALIFIER = re.compile(r'("(?:[^"]|"")*"|[A-Za-z_][\w$]*)\.(?=["A-Za-z_*])')


def _without_qualifiers(value: Value) -> Value:
    return _QUALIFIER.sub("", value) if isinstance(value, str) else value


def _without_maintain(value: Value) -> Value:
    return (without(value, "MAINTAIN") or None) if isinstance(value, tuple) else value


def _nothing(_value: Value) -> Value:
    return None


_VERSIONS = "the two sides run different majors of Postgres"
BETWEEN = (
    Between(
        160000,
        ("view", "materialized_view"),
        "definition",
        _without_qualifiers,
        NotCompared("table names before columns in views", f"{_VERSIONS}, which write them differently before 16"),
    ),
    Between(
        170000,
        ("*",),
        "acl",
        _without_maintain,
        NotCompared("the privilege MAINTAIN", f"{_VERSIONS}, and it exists only from 17"),
    ),
    Between(
        160000,
        ("role_membership",),
        "inherit",
        _nothing,
        NotCompared("INHERIT and SET of role memberships", f"{_VERSIONS}, and they exist only from 16"),
    ),
    Between(
        160000,
        ("role_membership",),
        "set",
        _nothing,
        NotCompared("INHERIT and SET of role memberships", f"{_VERSIONS}, and they exist only from 16"),
    ),
    *(
        Between(
            version,
            ("subscription",),
            facet,
            _nothing,
            NotCompared(f"{facet} of subscriptions", f"{_VERSIONS}, and it exists only from {version // 10000}"),
        )
        for version, facet in (
            (160000, "origin"),
            (160000, "password_required"),
            (160000, "run_as_owner"),
            (160000, "streaming"),
            (170000, "failover"),
        )
    ),
    *(
        Between(
            version,
            (kind,),
            facet,
            _nothing,
            NotCompared(
                f"names, comments and reach of NOT NULL constraints of {kind}s",
                f"{_VERSIONS}, and they exist only from {version // 10000}",
            ),
        )
        for version, kind, facet in (
            (170000, "domain", "not_null_name"),
            (170000, "domain", "not_null_comment"),
            (180000, "column", "not_null_name"),
            (180000, "column", "not_null_comment"),
            (180000, "column", "not_null_no_inherit"),
            (180000, "column", "not_null_local"),
        )
    ),
)


def align(before: Catalog, after: Catalog) -> tuple[Catalog, Catalog]:
    """Both catalogs without what different majors write differently, each naming that in `not_compared`."""
    low, high = sorted((before.server_version, after.server_version))
    rules = tuple(rule for rule in BETWEEN if low < rule.version <= high)
    if not rules:
        return before, after
    return _aligned(before, rules), _aligned(after, rules)


def _aligned(catalog: Catalog, rules: tuple[Between, ...]) -> Catalog:
    said: dict[NotCompared, None] = {}
    objects = []
    for obj in catalog:
        facets: dict[str, Value] | None = None
        for rule in rules:
            if rule.facet in obj.facets and ("*" in rule.kinds or obj.id.kind in rule.kinds):
                facets = facets if facets is not None else dict(obj.facets)
                facets[rule.facet] = rule.change(facets[rule.facet])
                said[rule.said] = None
        objects.append(obj if facets is None else replace(obj, facets=facets))
    not_compared = dict.fromkeys((*catalog.not_compared, *said))
    return Catalog.of(objects, catalog.server_version, not_compared)
