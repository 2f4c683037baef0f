"""What works in psql and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import SqlFile
from driftwatch.core.statements import copy_problems, unparsed_problems


def _commands(file: SqlFile) -> Iterator[Hit]:
    if file.refused is not None:
        yield from (Hit(one.message, line=one.line) for one in unparsed_problems(file.migration))


def _copy(file: SqlFile) -> Iterator[Hit]:
    if file.tree is not None:
        for one in copy_problems(file.migration, file.tree, file.statements):
            yield Hit(one.message, file.part_at(one.line), one.line)


COMMANDS = Rule(
    "psql-command",
    "error",
    "Lines that begin with \\ are commands of psql. Migrations are sent to the server, which knows none of them.",
    "Remove the line; write INSERTs where it brought data.",
    _commands,
)
COPY = Rule(
    "copy-stdin",
    "error",
    "COPY … FROM stdin waits for data that only psql sends along.",
    "Write INSERTs, or load the data with a seed.",
    _copy,
)
