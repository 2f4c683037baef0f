"""Small questions to a parse tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")
Name = tuple[str, str]
"""Schema ("" = none was written) and name."""


def walk(root: Any) -> Iterator[Any]:
    """Every message below and including root. Without recursion: a sum of a thousand terms is a thousand deep."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        for descriptor, value in node.ListFields():
            if descriptor.message_type is None:
                continue
            if hasattr(value, "ListFields"):
                waiting.append(value)
            else:
                waiting.extend(value)


def kind_of(node: Any) -> str:
    """The name of a message's type, such as FuncCall."""
    return str(node.DESCRIPTOR.name)


def strings(nodes: Iterable[Any]) -> tuple[str, ...]:
    """The parts of a name that is written as a list."""
    return tuple(str(node.string.sval) for node in nodes)


def last_two(parts: tuple[str, ...]) -> Name:
    return (parts[-2] if len(parts) > 1 else "", parts[-1] if parts else "")


def relation(node: Any) -> Name:
    """A RangeVar's."""
    return node.schemaname, node.relname


def dropped(node: Any) -> Name:
    """What one item of DROP names; the last two parts of it."""
    match node.WhichOneof("node"):
        case "list":
            return last_two(strings(node.list.items))
        case "string":
            return "", node.string.sval
        case "type_name":
            return last_two(strings(node.type_name.names))
        case "object_with_args":
            return last_two(strings(node.object_with_args.objname))
        case _:
            return "", ""


def shown(name: Name) -> str:
    """The name as it is typed."""
    return ".".join(quoted(part) for part in name if part)


def quoted(name: str) -> str:
    """The name, in quotes where it needs them."""
    return name if _PLAIN.fullmatch(name) else '"' + name.replace('"', '""') + '"'


def options(nodes: Iterable[Any]) -> dict[str, Any]:
    """A list of DefElem by name: the last of each wins, as in Postgres."""
    return {node.def_elem.defname: node.def_elem.arg for node in nodes}


def is_on(argument: Any) -> bool:
    """Whether an option such as `security_invoker = on` (or without a value) is on."""
    match argument.WhichOneof("node"):
        case None:
            return True
        case "boolean":
            return bool(argument.boolean.boolval)
        case "string":
            return argument.string.sval.lower() in ("true", "on", "yes", "1", "t", "y")
        case "integer":
            return bool(argument.integer.ival)
        case "type_name":
            return strings(argument.type_name.names)[-1] in ("true", "on", "yes")
        case _:
            return False


def define(command: Any) -> Any:
    """An ALTER TABLE command's own node, whose name is a word of Python."""
    return getattr(command, "def")
