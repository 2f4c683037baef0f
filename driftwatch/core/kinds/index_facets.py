"""What can be altered of an index, whether it stands by itself or is a constraint's."""

from __future__ import annotations

import re

from driftwatch.core.kinds.options import parameters_changed
from driftwatch.core.kinds.rules import Step

_TOKEN = re.compile(r"""E?'(?:[^']|'')*'|"(?:[^"]|"")*"|[^'"()]+|.""", re.DOTALL)


def outside(definition: str, word: str) -> int:
    """Where a word stands in a definition outside of quotes and parentheses, -1 if nowhere."""
    depth = 0
    for match in _TOKEN.finditer(definition):
        part = match[0]
        if not depth and part[0] not in "'\"()" and (found := part.find(word)) >= 0:
            return match.start() + found
        depth += (part == "(") - (part == ")")
    return -1


def parameters(definition: str) -> tuple[str, tuple[str, ...]]:
    """An index's definition without its storage parameters, and these as `name=value`."""
    at = outside(definition, " WITH (")
    if at < 0:
        return definition, ()
    end = definition.index(")", at)
    listed = definition[at + len(" WITH (") : end]
    return definition[:at] + definition[end + 1 :], tuple(one.strip() for one in listed.split(","))


def set_parameters(index: str, old: tuple[str, ...], new: tuple[str, ...]) -> list[Step]:
    """ALTER INDEX … SET and RESET."""
    gone, changed = parameters_changed(old, new)
    steps = [Step(f"ALTER INDEX {index} RESET ({', '.join(gone)})")] if gone else []
    return [*steps, *([Step(f"ALTER INDEX {index} SET ({', '.join(changed)})")] if changed else [])]


def set_tablespace(index: str, space: str) -> list[Step]:
    return [Step(f"ALTER INDEX {index} SET TABLESPACE {space or 'pg_default'}")]


def set_statistics(index: str, old: tuple[str, ...], new: tuple[str, ...]) -> list[Step]:
    """ALTER INDEX … ALTER COLUMN n SET STATISTICS, from `n=target`."""
    had, has = (dict(entry.split("=", 1) for entry in side) for side in (old, new))
    head = f"ALTER INDEX {index} ALTER COLUMN"
    steps = [Step(f"{head} {column} SET STATISTICS -1") for column in had if column not in has]
    changed = [(column, target) for column, target in has.items() if had.get(column) != target]
    return [*steps, *(Step(f"{head} {column} SET STATISTICS {target}") for column, target in changed)]
