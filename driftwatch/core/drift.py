"""Two catalogs compared: which objects were added, removed or changed, and how grave that is.

Nothing here knows what a table is. Kinds and facets appear only in the tables of data at the top.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from driftwatch.core.acl import without
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.fingerprint import same_value
from driftwatch.core.text import mask

Change = Literal["added", "removed", "changed"]
Severity = Literal["security", "destructive", "structural", "cosmetic"]
SEVERITIES: tuple[Severity, ...] = ("security", "destructive", "structural", "cosmetic")
"""From the gravest on."""


@dataclass(frozen=True, slots=True)
class FacetChange:
    """One facet's value on both sides; None where the object does not have it."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class ObjectChange:
    """One object that differs, with all facets when it is on one side only."""

    id: ObjectId
    change: Change
    facets: tuple[FacetChange, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class Weight:
    """How grave a change is, where kind, sort of change and facet match ("*" is any)."""

    severity: Severity
    kind: str = "*"
    change: str = "*"
    facet: str = "*"


WEIGHTS = (
    Weight("security", kind="policy"),
    Weight("security", kind="role"),
    Weight("security", kind="role_membership"),
    Weight("security", kind="default_privileges"),
    Weight("security", kind="system_grant"),
    Weight("security", kind="parameter_grant"),
    Weight("security", kind="user_mapping"),
    Weight("security", kind="security_label"),
    Weight("security", change="changed", facet="acl"),
    Weight("security", change="changed", facet="acl_grantors"),
    Weight("security", change="changed", facet="owner"),
    Weight("security", change="changed", facet="row_security"),
    Weight("security", change="changed", facet="force_row_security"),
    Weight("security", change="changed", facet="security_definer"),
    Weight("security", change="changed", facet="leakproof"),
    Weight("security", kind="view", change="changed", facet="options"),
    Weight("security", kind="function", change="changed", facet="settings"),
    Weight("security", kind="procedure", change="changed", facet="settings"),
    Weight("security", kind="event_trigger", change="changed", facet="enabled"),
    Weight("security", kind="trigger", change="changed", facet="enabled"),
    Weight("destructive", kind="table", change="removed"),
    Weight("destructive", kind="column", change="removed"),
    Weight("destructive", kind="materialized_view", change="removed"),
    Weight("destructive", kind="schema", change="removed"),
    Weight("destructive", kind="sequence", change="removed"),
    Weight("cosmetic", change="changed", facet="comment"),
    Weight("cosmetic", change="changed", facet="index_comment"),
    Weight("cosmetic", change="changed", facet="attribute_comments"),
    Weight("cosmetic", change="changed", facet="column_order"),
    Weight("cosmetic", change="changed", facet="statistics"),
    Weight("structural"),
)
"""The first that matches weighs a facet; an object weighs what its gravest facet does."""

ORDER_ONLY = frozenset({"column_order"})
"""List facets whose entries are objects themselves: only the order of what both sides have counts."""


def compare(before: Catalog, after: Catalog) -> tuple[ObjectChange, ...]:
    """What turns `before` into `after`, gravest first, then by kind and identity. Empty when nothing differs.

    Catalogs of different Postgres majors are first brought to what they have in common; `align` says what
    that was.
    """
    before, after = align(before, after)
    changes = []
    for id_ in before.objects.keys() | after.objects.keys():
        change = _compare_object(before.objects.get(id_), after.objects.get(id_))
        if change is not None:
            changes.append(change)
    return tuple(sorted(changes, key=_order))


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
    }


def _order(change: ObjectChange) -> tuple[int, ObjectId]:
    return SEVERITIES.index(change.severity), change.id


def _plain(value: Value) -> str | bool | int | list[str] | None:
    if isinstance(value, tuple):
        return [mask(entry) for entry in value]
    return mask(value) if isinstance(value, str) else value


def _compare_object(before: DbObject | None, after: DbObject | None) -> ObjectChange | None:
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
    names = [facet.name for facet in facets] or ["*"]
    severity = min((_weigh(present.id.kind, change, name) for name in names), key=SEVERITIES.index)
    return ObjectChange(present.id, change, facets, severity)


def _compare_facets(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[FacetChange, ...]:
    found = []
    for name in before.keys() | after.keys():
        old, new = before.get(name), after.get(name)
        if same_value(old, new):
            continue
        if name in ORDER_ONLY and isinstance(old, tuple) and isinstance(new, tuple) and _same_order(old, new):
            continue
        found.append(FacetChange(name, old, new))
    return tuple(sorted(found, key=lambda facet: facet.name))


def _same_order(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    common = set(old) & set(new)
    return [entry for entry in old if entry in common] == [entry for entry in new if entry in common]


def _weigh(kind: str, change: str, facet: str) -> Severity:
    for weight in WEIGHTS:
        if weight.kind in ("*", kind) and weight.change in ("*", change) and weight.facet in ("*", facet):
            return weight.severity
    return "structural"


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
