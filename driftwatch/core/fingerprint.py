"""Canonical bytes of an object, its hash, and one hash over a whole catalog.

The bytes are a format, pinned by golden files. A change in them bumps the version, `dw1`.

    text    = length in bytes, ":", UTF-8
    value   = "s" text | "b0" | "b1" | "i" decimal ";" | "l" count ";" text…
    object  = "dw1" text(kind) text(identity) { text(facet) value }   facets in the order of their names' code
              points, those that are None left out

The hash of an object is the sha256 of these bytes. The fingerprint is the sha256 of the line `dw1` and the
sorted hashes in hex, one a line, so that it can be checked with `sort` and `sha256sum` from the lines of the
tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value

VERSION = "dw1"


def object_bytes(obj: DbObject) -> bytes:
    """The canonical bytes of one object."""
    parts = [b"dw1", _name(obj.id.kind), text_bytes(obj.id.identity)]
    facets = obj.facets
    for name in _sorted(tuple(facets)):
        value = facets[name]
        if value is not None:
            parts.append(_name(name))
            parts.append(_value(value))
    return b"".join(parts)


def facet_bytes(name: str, value: Value) -> bytes:
    """The part of an object's canonical bytes that is one facet: nothing when the object does not have it."""
    return b"" if value is None else _name(name) + _value(value)


def object_hash(obj: DbObject) -> str:
    """The object's hash, 64 hex digits."""
    return sha256(object_bytes(obj)).hexdigest()


def tree(catalog: Catalog) -> list[tuple[str, ObjectId]]:
    """Every object's hash, sorted by kind and identity."""
    return sorted(((object_hash(obj), obj.id) for obj in catalog), key=lambda node: node[1])


def fingerprint(catalog: Catalog) -> str:
    """One hash over the catalog's objects, `dw1:` and 64 hex digits, whatever order they were read in."""
    return fingerprint_of(sha256(object_bytes(obj)).digest() for obj in catalog)


def fingerprint_of(hashes: Iterable[bytes]) -> str:
    """The fingerprint over objects whose hashes these are, in any order."""
    lines = "\n".join([VERSION, *map(bytes.hex, sorted(hashes)), ""])
    return f"{VERSION}:{sha256(lines.encode()).hexdigest()}"


def text_bytes(text: str) -> bytes:
    """Its length in bytes, a colon, UTF-8."""
    raw = text.encode("utf-8", "surrogatepass")
    return b"%d:%b" % (len(raw), raw)


@lru_cache(maxsize=4096)
def _name(name: str) -> bytes:
    """A text that comes again and again."""
    return text_bytes(name)


@lru_cache(maxsize=4096)
def _sorted(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _value(value: str | bool | int | tuple[str, ...]) -> bytes:
    if isinstance(value, str):
        return b"s" + text_bytes(value)
    if isinstance(value, bool):
        return b"b1" if value else b"b0"
    if isinstance(value, int):
        return b"i%d;" % value
    return _list(value)


@lru_cache(maxsize=4096)
def _list(value: tuple[str, ...]) -> bytes:
    return b"l%d;" % len(value) + b"".join(map(text_bytes, value))


def same_value(one: Value, other: Value) -> bool:
    """Whether two facets have the same bytes: Python's `1 == True` must not hide a difference."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
