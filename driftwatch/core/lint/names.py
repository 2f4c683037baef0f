"""Names that say something, fit, and need no quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from driftwatch.core.keywords import KEYWORDS
from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import define, last_two, strings
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile
from driftwatch.core.migration_names import says_nothing
from driftwatch.core.parsing import identifiers, is_reserved

_LONGEST = 63
"""Bytes of a name that Postgres keeps (NAMEDATALEN - 1)."""
_MAY_BE_LONG = re.compile(r"[^\W\d][\w$]{20,}|\"[^\"]{20,}")
_FREE_OF_QUOTES = re.compile(r"(?:(?![A-Z])[^\W\d])(?:(?![A-Z])[\w$])*")


def _generic(file: SqlFile) -> Iterator[Hit]:
    name = file.migration.name
    if file.migration.version and says_nothing(name):
        yield Hit(f"{name or 'an empty name'} does not say what the migration does")


def _too_long(file: SqlFile) -> Iterator[Hit]:
    text = file.migration.text
    if not any(len(match[0].encode()) > _LONGEST for match in _MAY_BE_LONG.finditer(text)):
        return
    raw = text.encode()
    for begin, end in identifiers(text):
        name = raw[begin:end].strip(b'"')
        if len(name) > _LONGEST:
            number = file.number_before(begin)
            part = file.parts[number] if number is not None else None
            said = f"a name of {len(name)} bytes is cut to {name[:_LONGEST].decode(errors='ignore')}"
            yield Hit(said, part, file.line_at(begin))


def _quoted(file: SqlFile) -> Iterator[Hit]:
    for part in file.parts:
        odd = [name for name in _made(part) if _needs_quotes(name)]
        if odd:
            more = f" and {len(odd) - 1} more" if len(odd) > 1 else ""
            yield Hit(f'"{odd[0]}"{more} must be written in quotes wherever it is used', part)


def _needs_quotes(name: str) -> bool:
    return not _FREE_OF_QUOTES.fullmatch(name) or (name in KEYWORDS and is_reserved(name))


def _made(part: Part) -> Iterator[str]:
    """The names of tables, columns, views, functions, types and schemas that a statement makes."""
    node = part.node
    match part.kind:
        case "create_stmt":
            yield node.relation.relname
            yield from _columns(node.table_elts)
        case "alter_table_stmt":
            added = (define(one.alter_table_cmd) for one in node.cmds if _adds(one))
            yield from (one.column_def.colname for one in added)
        case "view_stmt":
            yield node.view.relname
        case "create_function_stmt":
            yield last_two(strings(node.funcname))[1]
        case "create_enum_stmt":
            yield last_two(strings(node.type_name))[1]
        case "composite_type_stmt":
            yield node.typevar.relname
        case "create_domain_stmt":
            yield last_two(strings(node.domainname))[1]
        case "create_schema_stmt" if node.schemaname:
            yield node.schemaname
        case "create_table_as_stmt":
            yield node.into.rel.relname
        case "create_seq_stmt":
            yield node.sequence.relname
        case "rename_stmt":
            yield node.newname


def _columns(elements: Any) -> Iterator[str]:
    return (one.column_def.colname for one in elements if one.HasField("column_def"))


def _adds(one: Any) -> bool:
    return bool(one.alter_table_cmd.subtype == codes.ADD_COLUMN)


GENERIC = Rule(
    "generic-name",
    "advice",
    "A name such as update or fix2 tells nobody, a year later, what the migration is for.",
    "Name what it changes: add_total_to_orders (git mv, as long as it is not applied).",
    _generic,
)
TOO_LONG = Rule(
    "name-too-long",
    "warning",
    "Postgres cuts names after 63 bytes, so two long ones can become the same, and the file names what is not there.",
    "Shorten it.",
    _too_long,
)
QUOTED = Rule(
    "quoted-names",
    "advice",
    "A name with capitals, blanks or signs, or one that is a word of SQL, must be quoted in every query for ever.",
    "Write it in lower case with underscores, and not like a word of SQL.",
    _quoted,
)
