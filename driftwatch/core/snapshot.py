"""A catalog as a JSON text and back: the format of saved catalogs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.fingerprint import fingerprint
from driftwatch.errors import DriftwatchError

FORMAT = 1


def dumps(catalog: Catalog) -> str:
    """The catalog as JSON: equal catalogs give equal texts, and an object has a line of its own."""
    head = {"format": FORMAT, "server_version": catalog.server_version, "fingerprint": fingerprint(catalog)}
    left = [{"what": entry.what, "reason": entry.reason} for entry in catalog.not_compared]
    fields = [f"  {json.dumps(name)}: {_dump(value)}" for name, value in {**head, "not_compared": left}.items()]
    objects = (_object(obj) for obj in sorted(catalog, key=lambda obj: obj.id))
    fields.append('  "objects": ' + _lines(objects))
    return "{\n" + ",\n".join(fields) + "\n}\n"


def loads(text: str, *, source: str = "the file") -> Catalog:
    """The catalog that a text holds. source: what to call it in errors.

    Raises DriftwatchError when it is no saved catalog, is of a newer format, or was altered.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _foreign(source, f"it is not JSON: {error}") from error
    if not isinstance(data, dict) or "format" not in data or "objects" not in data:
        raise _foreign(source, "it has no format and objects")
    if data["format"] != FORMAT:
        raise DriftwatchError(
            f"{source} is a saved catalog of format {data['format']}, this driftwatch reads {FORMAT}.",
            next_step="Upgrade driftwatch, or save the catalog again with this one.",
        )
    try:
        objects = [_read_object(entry) for entry in data["objects"]]
        left = [NotCompared(_string(entry["what"]), _string(entry["reason"])) for entry in data["not_compared"]]
        version = data["server_version"]
        if type(version) is not int:
            raise TypeError("server_version is not a number")
    except (KeyError, TypeError, AttributeError) as error:
        raise _foreign(source, f"an entry is malformed: {error}") from error
    catalog = Catalog.of(objects, version, left)
    if len(catalog) != len(objects):
        raise _foreign(source, "an object is in it twice")
    if data.get("fingerprint") != fingerprint(catalog):
        raise _foreign(source, "its objects do not have the fingerprint that it names, so it was altered")
    return catalog


def _foreign(source: str, why: str) -> DriftwatchError:
    return DriftwatchError(
        f"{source} is not a catalog saved by driftwatch: {why}.",
        next_step="Save one with `driftwatch snapshot TARGET -o FILE.json`.",
    )


def _object(obj: DbObject) -> dict[str, Any]:
    facets = {name: obj.facets[name] for name in sorted(obj.facets) if obj.facets[name] is not None}
    return {"kind": obj.id.kind, "identity": obj.id.identity, "schema": obj.schema, "facets": facets}


def _read_object(entry: Any) -> DbObject:
    facets = {_string(name): _value(value) for name, value in entry["facets"].items()}
    unknown = set(entry) - {"kind", "identity", "schema", "facets"}
    if unknown:
        raise TypeError(f"unknown field {sorted(unknown)[0]}")
    id_ = ObjectId(_string(entry["kind"]), _string(entry["identity"]))
    return DbObject(id_, _string(entry["schema"]), facets)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, found {value!r}")
    return value


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_string(entry) for entry in value)
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"no facet can be {value!r}")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(entries: Iterable[Any]) -> str:
    lines = [f"    {_dump(entry)}" for entry in entries]
    return "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
