"""Functions that run with their owner's rights know whose objects they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from driftwatch.core.lint.nodes import Name, last_two, options, shown, strings
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import SqlFile


def _check(file: SqlFile) -> Iterator[Hit]:
    mended = {name for part in file.of("alter_function_stmt") for name in _set_later(part.node)}
    for part in file.of("create_function_stmt"):
        name = last_two(strings(part.node.funcname))
        given = options(part.node.options)
        definer = "security" in given and given["security"].boolean.boolval
        if definer and not _sets_path(part.node.options) and name not in mended:
            yield Hit(f"{shown(name)} is SECURITY DEFINER and takes the caller's search_path", part)


def _set_later(node: Any) -> Iterator[Name]:
    if _sets_path(node.actions):
        yield last_two(strings(node.func.objname))


def _sets_path(items: Any) -> bool:
    return any(
        one.def_elem.defname == "set" and one.def_elem.arg.variable_set_stmt.name == "search_path" for one in items
    )


RULE = Rule(
    "definer-search-path",
    "warning",
    "A SECURITY DEFINER function runs with its owner's rights. Without a search_path of its own, the caller decides "
    "which objects its names mean.",
    "Add SET search_path = '' to the function, and write names with their schema.",
    _check,
)
