"""How objects look apart from their names, so that one can be found again under another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Set

from driftwatch.core.catalog import ObjectId, Value
from driftwatch.core.changes import FacetChange, ObjectChange
from driftwatch.core.names import alike, head, split

NO_REFERENCES = frozenset({"body", "comment", "settings", "owner", "acl", "acl_grantors", "roles", "labels", "options"})
"""Facets that do not follow when what they name is renamed: they are text, or name roles."""
NAMED_IN_DEFINITION = frozenset({"index", "trigger", "rule", "statistics"})
NAMED_ON = frozenset({"constraint", "domain_constraint", "trigger", "policy", "rule"})
"""Kinds whose identity is `name on table`."""
NAMELESS = '"\0"'
"""Stands for a name that does not count; Postgres has no such name."""


def own_name(id_: ObjectId) -> str:
    """The object's own name as SQL writes it, "" if its identity has none that can be told."""
    parts = split(head(id_.identity))
    if id_.kind in NAMED_ON:
        return parts[0] if len(parts) == 1 and id_.identity.startswith(f"{parts[0]} on ") else ""
    return parts[-1] if parts else ""


def container(change: ObjectChange) -> str:
    """What a rename leaves as it is: schema, table, argument types."""
    own, chain, identity = own_name(change.id), head(change.id.identity), change.id.identity
    if change.id.kind in NAMED_ON:
        return identity[len(own) :]
    table = f" {facet_of(change, 'table')}" if change.id.kind in ("index", "statistics") else ""
    return f"{chain[: len(chain) - len(own)]}{NAMELESS}{identity[len(chain) :]}{table}"


def schema_of(id_: ObjectId) -> str:
    """The schema that an identity names, "" for none."""
    own = own_name(id_)
    parts = split(head(id_.identity[len(own) + len(" on ") :] if id_.kind in NAMED_ON else id_.identity))
    return parts[0] if len(parts) > 1 else ""


def values(change: ObjectChange) -> Iterator[tuple[str, Value]]:
    """The facets of an object that came or went; of one that stayed, what they were."""
    for facet in change.facets:
        yield facet.name, facet.after if change.change == "added" else facet.before


def facet_of(change: ObjectChange, name: str) -> Value:
    """One of these facets, None if there is none."""
    return next((value for facet, value in values(change) if facet == name), None)


def facets(change: ObjectChange, see: Callable[[str], str] = str) -> Hashable:
    """The facets of an object that came or went, without its name and its table. see: applied to what refers."""
    own = own_name(change.id) if change.id.kind in NAMED_IN_DEFINITION else ""
    found: list[tuple[str, Hashable]] = []
    for name, value in values(change):
        if name in ("table", "domain"):
            continue
        if name == "definition" and own and isinstance(value, str):
            value = value.replace(own, NAMELESS, 1)
        if isinstance(value, str) and name not in NO_REFERENCES:
            found.append((name, see(value)))
        elif isinstance(value, tuple) and name not in NO_REFERENCES:
            found.append((name, tuple(map(see, value))))
        else:
            found.append((name, (type(value).__name__, value)))
    return tuple(found)


def texts(value: Value) -> tuple[str, ...]:
    """A value's texts, to look for names in."""
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


def alike_values(before: Value, after: Value, became: Mapping[str, Set[str]]) -> frozenset[str] | None:
    """Which names (without quotes) two values differ by, None when they differ otherwise."""
    if type(before) is not type(after):
        return None
    if before == after:
        return frozenset()
    old, new = texts(before), texts(after)
    if not old or len(old) != len(new):
        return None
    used: set[str] = set()
    for one, other in zip(old, new, strict=True):
        taken = alike(one, other, became)
        if taken is None:
            return None
        used |= taken
    return frozenset(used)


def replaced_label(facet: FacetChange) -> tuple[str, str] | None:
    """The label in whose place another stands, and that one, where nothing else about the labels differs."""
    old, new = facet.before, facet.after
    if facet.name != "labels" or not isinstance(old, tuple) or not isinstance(new, tuple) or len(old) != len(new):
        return None
    differ = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return differ[0] if len(differ) == 1 and differ[0][0] not in new and differ[0][1] not in old else None


def unambiguous(
    removed: list[ObjectChange], added: list[ObjectChange], keys: Iterable[Callable[[ObjectChange], Hashable]]
) -> Iterator[tuple[ObjectChange, ObjectChange]]:
    """Pairs that are alone in having a key in common. A key that is None is nobody's.

    keys: from the strictest on; each sees what the ones before it left.
    """
    for key in keys:
        groups: dict[Hashable, tuple[list[ObjectChange], list[ObjectChange]]] = {}
        for side, objects in enumerate((removed, added)):
            for change in objects:
                look = key(change)
                if look is not None:
                    groups.setdefault(look, ([], []))[side].append(change)
        pairs = [(old[0], new[0]) for old, new in groups.values() if len(old) == len(new) == 1]
        taken = {change.id for pair in pairs for change in pair}
        removed = [change for change in removed if change.id not in taken]
        added = [change for change in added if change.id not in taken]
        yield from pairs
