"""The file is SQL that Postgres can read."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import SqlFile
from driftwatch.core.statements import unparsed_problems


def _check(file: SqlFile) -> Iterator[Hit]:
    if file.refused is not None and not any(unparsed_problems(file.migration)):
        yield Hit(file.refused.message, line=file.refused.line)


RULE = Rule(
    "syntax",
    "error",
    "Postgres's own parser refuses the file, so nothing of it can run.",
    "Mend what stands at or just before this line; often a comma or a semicolon is missing or too many.",
    _check,
)
