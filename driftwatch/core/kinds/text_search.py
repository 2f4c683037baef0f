"""Text search: parsers, templates, dictionaries, configurations."""

from __future__ import annotations

import re
from collections.abc import Mapping

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject
from driftwatch.core.kinds.rules import Context, Kind, Step, entries, text
from driftwatch.core.kinds.signatures import bare

_OPTION = re.compile(r"""("(?:[^"]|"")*"|\w+)\s*=\s*(E?'(?:[^']|'')*'|[^\s,]+)""")
_PARSER = {
    "start": "START", "get_token": "GETTOKEN", "end": "END", "headline": "HEADLINE", "token_types": "LEXTYPES",
}  # fmt: skip
_TEMPLATE = {"init": "INIT", "lexize": "LEXIZE"}


def _functions(obj: DbObject, words: Mapping[str, str]) -> str:
    found = (f"{word} = {bare(text(obj, facet))}" for facet, word in words.items() if obj.facets.get(facet) is not None)
    return "(\n  " + ",\n  ".join(found) + "\n)"


def _create_parser(obj: DbObject, context: Context) -> list[Step]:
    return [Step(f"CREATE TEXT SEARCH PARSER {obj.id.identity} {_functions(obj, _PARSER)}")]


def _create_template(obj: DbObject, context: Context) -> list[Step]:
    return [Step(f"CREATE TEXT SEARCH TEMPLATE {obj.id.identity} {_functions(obj, _TEMPLATE)}")]


def _create_dictionary(obj: DbObject, context: Context) -> list[Step]:
    words = [f"TEMPLATE = {text(obj, 'template')}", *(f"{name} = {value}" for name, value in _options(obj).items())]
    return [Step(f"CREATE TEXT SEARCH DICTIONARY {obj.id.identity} (\n  " + ",\n  ".join(words) + "\n)")]


def _options(obj: DbObject) -> dict[str, str]:
    """Options with their values, both as SQL writes them."""
    return dict(_OPTION.findall(text(obj, "options")))


def _alter_dictionary(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    old, new = _options(before), _options(after)
    words = [name for name in old if name not in new]
    words += [f"{name} = {value}" for name, value in new.items() if old.get(name) != value]
    left = [name for name in old if name in new and old[name] == new[name]]
    changed = [name for name in new if name not in left]
    if [*left, *changed] != list(new):
        return None  # options are kept in the order in which they were set
    return [Step(f"ALTER TEXT SEARCH DICTIONARY {after.id.identity} ({', '.join(words)})")]


def _create_configuration(obj: DbObject, context: Context) -> list[Step]:
    create = Step(f"CREATE TEXT SEARCH CONFIGURATION {obj.id.identity} (PARSER = {text(obj, 'parser')})")
    return [create, *_map(obj, "ADD", _mappings(obj))]


def _alter_configuration(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    old, new = _mappings(before), _mappings(after)
    gone = ", ".join(_token(token) for token in old if token not in new)
    steps = [Step(f"ALTER TEXT SEARCH CONFIGURATION {after.id.identity} DROP MAPPING FOR {gone}")] if gone else []
    changed = {token: names for token, names in new.items() if token in old and old[token] != names}
    added = {token: names for token, names in new.items() if token not in old}
    return [*steps, *_map(after, "ALTER", changed), *_map(after, "ADD", added)]


def _mappings(obj: DbObject) -> dict[str, str]:
    """Dictionaries by token type."""
    pairs = (entry.partition(": ") for entry in entries(obj, "mappings"))
    return {token: names for token, _, names in pairs}


def _map(obj: DbObject, verb: str, mappings: Mapping[str, str]) -> list[Step]:
    """One statement for all token types that have the same dictionaries."""
    tokens: dict[str, list[str]] = {}
    for token, names in mappings.items():
        tokens.setdefault(names, []).append(_token(token))
    head = f"ALTER TEXT SEARCH CONFIGURATION {obj.id.identity}"
    return [Step(f"{head}\n  {verb} MAPPING FOR {', '.join(own)}\n  WITH {names}") for names, own in tokens.items()]


def _token(name: str) -> str:
    return quote(name)


KINDS = (
    Kind("text_search_parser", "TEXT SEARCH PARSER", _create_parser, has_owner=False, rank=40),
    Kind("text_search_template", "TEXT SEARCH TEMPLATE", _create_template, has_owner=False, rank=40),
    Kind(
        "text_search_dictionary",
        "TEXT SEARCH DICTIONARY",
        _create_dictionary,
        in_place={"options": _alter_dictionary},
        rank=41,
    ),
    Kind(
        "text_search_configuration",
        "TEXT SEARCH CONFIGURATION",
        _create_configuration,
        in_place={"mappings": _alter_configuration},
        rank=42,
    ),
)
