"""Why a migration failed, in Postgres's own words and in ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Failure:
    """A statement that Postgres refused. line counts from 1 (0: unknown); sqlstate as in Postgres's appendix A."""

    filename: str
    line: int
    statement: str
    sqlstate: str
    message: str
    detail: str = ""
    hint: str = ""
    context: str = ""

    @property
    def place(self) -> str:
        return f"{self.filename}:{self.line}" if self.line else self.filename

    def headline(self) -> str:
        return f"{self.place}: {self.message}" + (f" (SQLSTATE {self.sqlstate})" if self.sqlstate else "")

    def explanation(self) -> str:
        """The statement, then everything that Postgres added."""
        lines = self.statement.strip().splitlines()
        shown = lines[:_LONGEST_STATEMENT] + (["…"] if len(lines) > _LONGEST_STATEMENT else [])
        parts = ["\n".join(f"    {line.rstrip()}" for line in shown)]
        parts += [
            f"{name}: {text.strip()}"
            for name, text in (("DETAIL", self.detail), ("HINT", self.hint), ("CONTEXT", self.context))
            if text
        ]
        return "\n".join(part for part in parts if part.strip())


def missing_object(failure: Failure) -> str | None:
    """The name of what the failing statement needs and the database lacks; None for other failures."""
    if failure.sqlstate not in _MISSING:
        return None
    match = re.search(r'"([^"]+)"', failure.message) or re.search(r"(?:function|type) ([\w.\"]+)\(?", failure.message)
    return match.group(1) if match else None


def creator(migrations: Iterable[Migration], name: str) -> str | None:
    """The file that makes an object of this name, as far as its text tells; None where no file does."""
    plain = re.escape(name.split(".")[-1].strip('"'))
    pattern = re.compile(
        r"\b(?:create\b[^;(]*?\b(?:table|view|type|domain|schema|function|procedure|sequence|extension|aggregate|role)"
        rf"|add\s+column|rename(?:\s+column\s+\S+)?\s+to)\b[^;(]*?(?<![\w$]){plain}(?![\w$])",
        re.IGNORECASE,
    )
    return next((one.filename for one in migrations if pattern.search(one.text)), None)


def slip_sentence(failure: Failure, migrations: Iterable[Migration], base: str = "") -> str | None:
    """One sentence when the *newest* file needs something that nothing makes: probably a slip of the pen."""
    files = list(migrations)
    name = missing_object(failure)
    if name is None or len(files) < 2 or files[-1].filename != failure.filename:
        return None
    if _made_before(failure, name, files, base):
        return None
    return f"No migration makes {name}: is it misspelt, or was it made in the dashboard and never written down?"


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
    made = f"which only {maker} makes, and that runs later" if maker else "which no migration makes"
    return (
        f"The migrations do not build from nothing: {failure.place} needs {name}, {made}; "
        "what was there before them (made in the dashboard?) was never written down."
    )


def _made_before(failure: Failure, name: str, files: list[Migration], base: str) -> bool:
    earlier = [Migration("", "base", "", base), *(one for one in files if one.filename < failure.filename)]
    if failure.sqlstate == _NO_COLUMN:  # columns stand in the middle of statements
        return any(re.search(rf"\b{re.escape(name)}\b", one.text) for one in earlier)
    same_file = [one for one in files if one.filename == failure.filename]
    return creator([*earlier, *same_file], name) is not None
