"""The bodies of PL/pgSQL functions and DO blocks can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from driftwatch.core.lint.nodes import options, strings
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile
from driftwatch.core.parsing import body_problem

_NEAR = re.compile(r'at or near "(.+)"')


def _check(file: SqlFile) -> Iterator[Hit]:
    for part in file.of("create_function_stmt", "do_stmt"):
        body = _plpgsql_body(part)
        problem = body_problem(part.text) if body is not None else None
        if body is not None and problem is not None:
            message, line = problem
            yield Hit(f"in the body: {message}", part, part.line + _line_in(part, body, message, line))


def _plpgsql_body(part: Part) -> str | None:
    """The source, where there is one and it is PL/pgSQL: the parser ends the process for a function without."""
    is_do = part.kind == "do_stmt"
    given = options(part.node.args if is_do else part.node.options)
    language = given["language"].string.sval.lower() if "language" in given else "plpgsql" if is_do else "sql"
    if language != "plpgsql" or "as" not in given:
        return None
    return str(given["as"].string.sval) if is_do else strings(given["as"].list.items)[0]


def _line_in(part: Part, body: str, message: str, line: int) -> int:
    """The line in the statement, from 0: the word's that the message is about, where it stands there only once."""
    begin = max(part.text.find(body), 0)
    if line:
        return part.text.count("\n", 0, begin) + line - 1
    near = _NEAR.search(message)
    found = [one.start() for one in re.finditer(rf"(?<!\w){re.escape(near[1])}(?!\w)", body)] if near else []
    return part.text.count("\n", 0, begin + found[0]) if len(found) == 1 else 0


RULE = Rule(
    "function-body",
    "error",
    "The body of a PL/pgSQL function or DO block has a syntax error: Postgres refuses it, at the latest when it runs.",
    "Mend what stands at or just before this line.",
    _check,
)
