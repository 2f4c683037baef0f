"""Languages, transforms, access methods."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Context, Kind, Step, text
from driftwatch.core.kinds.signatures import bare, cut


def _language(verb: str, obj: DbObject) -> Step:
    words = [f"{verb} {'TRUSTED ' if obj.facets.get('trusted') else ''}LANGUAGE {obj.id.identity}"]
    for facet, word in (("handler", "HANDLER"), ("inline", "INLINE"), ("validator", "VALIDATOR")):
        if obj.facets.get(facet) is not None:
            words.append(f"{word} {bare(text(obj, facet))}")
    return Step("\n  ".join([words[0], " ".join(words[1:])]) if words[1:] else words[0])


def _create_language(obj: DbObject, context: Context) -> list[Step]:
    return [_language("CREATE", obj)]


def _replace_language(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    if before.facets.get("trusted") and not after.facets.get("trusted") and before.facets.get("acl") is not None:
        return None  # grants on an untrusted language can't even be taken away
    return [_language("CREATE OR REPLACE", after)]


def _transform(verb: str, obj: DbObject) -> Step:
    functions = (
        f"{words} SQL WITH FUNCTION {text(obj, facet)}"
        for facet, words in (("from_sql", "FROM"), ("to_sql", "TO"))
        if obj.facets.get(facet) is not None
    )
    return Step(f"{verb} TRANSFORM {_transformed(obj)} (\n  " + ",\n  ".join(functions) + "\n)")


def _transformed(obj: DbObject) -> str:
    type_, language = cut(obj.id.identity.removeprefix("for "), "language")
    return f"FOR {type_} LANGUAGE {language}"


def _create_transform(obj: DbObject, context: Context) -> list[Step]:
    return [_transform("CREATE", obj)]


def _replace_transform(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return [_transform("CREATE OR REPLACE", after)]


def _transform_needs(obj: DbObject) -> Iterator[ObjectId]:
    yield ObjectId("language", cut(obj.id.identity.removeprefix("for "), "language")[1])


def _create_access_method(obj: DbObject, context: Context) -> list[Step]:
    head = f"CREATE ACCESS METHOD {obj.id.identity} TYPE {text(obj, 'type').upper()}"
    return [Step(f"{head} HANDLER {bare(text(obj, 'handler'))}")]


KINDS = (
    Kind(
        "language",
        "LANGUAGE",
        _create_language,
        in_place=dict.fromkeys(("trusted", "handler", "inline", "validator"), _replace_language),
        privileges="LANGUAGE",
        rank=32,
    ),
    Kind(
        "transform",
        "TRANSFORM",
        _create_transform,
        in_place=dict.fromkeys(("from_sql", "to_sql"), _replace_transform),
        reference=_transformed,
        needs=_transform_needs,
        has_owner=False,
        rank=33,
    ),
    Kind("access_method", "ACCESS METHOD", _create_access_method, has_owner=False, rank=32),
)
