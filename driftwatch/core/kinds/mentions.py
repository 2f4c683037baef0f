"""What the bodies of functions name. Postgres records nothing of it, and looks only when it checks or runs them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from driftwatch.core.catalog import Catalog, DbObject, ObjectId
from driftwatch.core.kinds.rules import UNKNOWN, entries, text
from driftwatch.core.kinds.signatures import bare, listed
from driftwatch.core.names import split, unquoted

_LANGUAGES = frozenset({"sql", "plpgsql"})
_NAMED = frozenset({
    "table", "foreign_table", "view", "materialized_view", "sequence", "function", "procedure", "aggregate", "type",
    "domain",
})  # fmt: skip
_TOKENS = re.compile(
    r"""--[^\n]*|/\*.*?\*/"""  # comments are passed over
    r"""|'((?:[^']|'')*)'"""
    r"""|((?:"(?:[^"]|"")*"|[^\W\d][\w$]*)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[^\W\d][\w$]*))?)""",
    re.DOTALL,
)
_READ = re.compile(r'\b(?:from|join|into|update)\s+("(?:[^"]|"")*"|[^\W\d][\w$]*)(?!\s*[.\w("])', re.IGNORECASE)
"""Where a relation is named without its schema."""
_NAME_ONLY = re.compile(r'(?:"(?:[^"]|"")*"|[^\W\d][\w$]*)(?:\.(?:"(?:[^"]|"")*"|[^\W\d][\w$]*))?\Z')
_Names = Mapping[str, Mapping[str, frozenset[ObjectId]]]
"""Objects by name and schema, both without quotes."""


class Mentions(Mapping[ObjectId, frozenset[ObjectId]]):
    """For each function in SQL or PL/pgSQL what its body may name. Looked up when it is asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: _Names | None = None

    def __getitem__(self, id_: ObjectId) -> frozenset[ObjectId]:
        obj = self._catalog.objects.get(id_)
        if obj is None or not _has_body(obj):
            raise KeyError(id_)
        if self._known is None:
            self._known = _names(self._catalog)
        return frozenset(_named(obj, self._known)) - {id_}

    def __iter__(self) -> Iterator[ObjectId]:
        return (obj.id for obj in self._catalog if _has_body(obj))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def mentions(catalog: Catalog) -> Mapping[ObjectId, frozenset[ObjectId]]:
    """Which relations, functions and types each body names: wishes for the order, not known dependencies."""
    return Mentions(catalog)


def _has_body(obj: DbObject) -> bool:
    return obj.facets.get("body") is not None and text(obj, "language") in _LANGUAGES


def _names(catalog: Catalog) -> _Names:
    found: dict[str, dict[str, frozenset[ObjectId]]] = defaultdict(dict)
    for obj in catalog:
        if obj.id.kind in _NAMED:
            parts = split(bare(obj.id.identity))
            if len(parts) == 2:
                schema, name = map(unquoted, parts)
                found[name][schema] = found[name].get(schema, frozenset()) | {obj.id}
    return found


def _named(obj: DbObject, known: _Names) -> Iterator[ObjectId]:
    path = _path(obj)
    for written in dict.fromkeys(_written(text(obj, "body"))):
        parts = [_folded(part) for part in split(written)]
        if len(parts) == 2 and parts[0] in known.get(parts[1], {}):
            yield from known[parts[1]][parts[0]]
            continue
        by_schema = known.get(parts[0], {})
        for schema in path:
            yield from by_schema.get(schema, ())
    if text(obj, "language") == "sql":
        for written in _READ.findall(text(obj, "body")):
            by_schema = known.get(_folded(written), {})
            if by_schema and not any(schema in by_schema for schema in path):
                yield ObjectId(UNKNOWN, written)


def _written(body: str) -> Iterator[str]:
    """Names in a body: with or without a schema, and texts that are nothing else, 'public.orders'::regclass."""
    for quoted, name in _TOKENS.findall(body):
        if name:
            yield name
        elif quoted and _NAME_ONLY.match(quoted):
            yield quoted


def _folded(name: str) -> str:
    return unquoted(name) if name.startswith('"') else name.lower()


def _path(obj: DbObject) -> list[str]:
    """Where a bare name is looked for: the function's own search_path, else public."""
    for setting in entries(obj, "settings"):
        name, _, value = setting.partition("=")
        if name == "search_path":
            return [unquoted(one) for one in listed(value)]
    return ["public"]
