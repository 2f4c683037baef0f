"""Why a migration failed, in Postgres's own words and in ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from driftwatch.core.failure_advice import advice, missing_extension
from driftwatch.core.migrations import Migration

_MISSING = {
    "42P01": "table or view",
    "3F000": "schema",
    "42883": "function",
    "42704": "type or other object",
    "42703": "column",
}
_NO_COLUMN = "42703"
_LONGEST_STATEMENT = 12
"""Lines of the failing statement that are shown."""
_LONGEST_LINE = 300
"""Characters of each of them."""
_OF_OURS = re.compile(r"driftwatch_guard|extension control file|must first be installed on the system")
"""Marks what Postgres says of our own server, and not of the migration."""
_TWICE = {"42P07", "42710", "42723"}


@dataclass(frozen=True, slots=True)
class Failure:
    """A statement that Postgres refused. line counts from 1 (0: unknown); sqlstate as in Postgres's appendix A.

    first_line: the line that the statement begins on (0: unknown).
    """

    filename: str
    line: int
    statement: str
    sqlstate: str
    message: str
    detail: str = ""
    hint: str = ""
    context: str = ""
    first_line: int = 0

    @property
    def place(self) -> str:
        return f"{self.filename}:{self.line}" if self.line else self.filename

    def headline(self) -> str:
        message = self.message.strip().partition("\n")[0]
        return f"{self.place}: {message}" + (f" (SQLSTATE {self.sqlstate})" if self.sqlstate else "")

    def explanation(self) -> str:
        """The statement, then everything that Postgres added, then what can be done."""
        said = (("DETAIL", self.detail), ("HINT", self.hint), ("CONTEXT", self.context))
        parts = ["\n".join(self._shown())]
        parts += [f"{name}: {text.strip()}" for name, text in said if text and not _OF_OURS.search(text)]
        todo = advice(self.sqlstate, self.message, self.statement)
        parts += [f"Mend: {todo}"] if todo else []
        return "\n".join(part for part in parts if part.strip())

    def _shown(self) -> Iterator[str]:
        """The statement's lines, a long one's around the line that failed, which is marked."""
        lines = self.statement.rstrip().splitlines()
        at = self.line - self.first_line if self.first_line else -1
        begin = max(min(at - _LONGEST_STATEMENT // 2, len(lines) - _LONGEST_STATEMENT), 0)
        if begin:
            yield "    …"
        for number, line in enumerate(lines[begin : begin + _LONGEST_STATEMENT], begin):
            mark = "  > " if number == at and len(lines) > 1 else "    "
            more = " …" if len(line) > _LONGEST_LINE else ""
            yield f"{mark}{line[:_LONGEST_LINE].rstrip()}{more}"
        if begin + _LONGEST_STATEMENT < len(lines):
            yield "    …"


def missing_object(failure: Failure) -> str | None:
    """The name of what the failing statement needs and the database lacks; None for other failures."""
    if failure.sqlstate not in _MISSING or failure.message.startswith("role "):
        return None
    if missing_extension(failure.sqlstate, failure.message) is not None:
        return None
    match = re.search(r'"([^"]+)"', failure.message) or re.search(r"(?:function|type) ([\w.\"]+)\(?", failure.message)
    return match.group(1) if match else None


def creator(migrations: Iterable[Migration], name: str) -> str | None:
    """The file that makes an object of this name, as far as its text tells; None where no file does."""
    plain = re.escape(name.split(".")[-1].strip('"'))
    pattern = re.compile(
        r"\b(?:create\b[^;(]*?\b(?:table|view|type|domain|schema|(?<!execute\s)(?:function|procedure)|sequence|extension|aggregate|role)"
        rf"|add\s+column|rename(?:\s+column\s+\S+)?\s+to)\b[^;(]*?(?<![\w$]){plain}(?![\w$])",
        re.IGNORECASE,
    )
    return next((one.filename for one in migrations if pattern.search(one.text)), None)


def slip_sentence(failure: Failure, migrations: Iterable[Migration], base: str = "") -> str | None:
    """One sentence when it is probably a slip of the pen.

    That is so when the *newest* file needs something that nothing makes, or a file makes what an earlier one made.
    """
    files = list(migrations)
    if failure.sqlstate in _TWICE:
        return _made_twice(failure, files)
    name = missing_object(failure)
    if name is None or not files or files[-1].filename != failure.filename:
        return None
    # The table of a missing column is there; of a missing table the whole beginning may be.
    if (len(files) < 2 and failure.sqlstate != _NO_COLUMN) or _made_before(failure, name, files, base):
        return None
    return f"No migration makes {name}: is it misspelt, or was it made in the dashboard and never written down?"


def _made_twice(failure: Failure, files: list[Migration]) -> str | None:
    match = re.search(r'"([^"]+)"', failure.message)
    maker = creator((one for one in files if one.filename < failure.filename), match[1]) if match else None
    return f"{maker} makes {match[1]} already." if match and maker else None


def no_base_sentence(failure: Failure, migrations: Iterable[Migration], base: str = "") -> str | None:
    """One sentence when the migrations can't build from nothing because their base was never written down.

    That is so when the failing statement needs something that no earlier migration (nor the base) makes, and
    the file is not the newest one (see slip_sentence).
    """
    files = list(migrations)
    name = missing_object(failure)
    if name is None or _made_before(failure, name, files, base) or slip_sentence(failure, files, base):
        return None
    maker = creator(files, name)
    made, order = "which no migration makes", ""
    if maker:
        made = f"which only {maker} makes, and that runs later"
        order = "either one of the two has the wrong version (git mv), or "
    return (
        f"The migrations do not build from nothing: {failure.place} needs {name}, {made}; "
        f"{order}what was there before them (made in the dashboard?) was never written down."
    )


def _made_before(failure: Failure, name: str, files: list[Migration], base: str) -> bool:
    earlier = [Migration("", "base", "", base), *(one for one in files if one.filename < failure.filename)]
    if failure.sqlstate == _NO_COLUMN:  # columns stand in the middle of statements
        return any(re.search(rf"\b{re.escape(name)}\b", one.text) for one in earlier)
    same_file = [one for one in files if one.filename == failure.filename]
    return creator([*earlier, *same_file], name) is not None
