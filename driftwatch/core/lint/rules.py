"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from driftwatch.core.lint.sql_file import Part, SqlFile
from driftwatch.core.lint_options import Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found. part: the statement; None: the file as a whole. line: where in it, 0 = where it begins.

    mend: where there is a better answer than the rule's own.
    """

    message: str
    part: Part | None = None
    line: int = 0
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """severity: unless the team says otherwise. why, mend: one or two sentences each, for `lint --rules`.

    mend is told with every finding as well.
    """

    name: str
    severity: Severity
    why: str
    mend: str
    check: Callable[[SqlFile], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is told. line counts from 1; 0 = the file as a whole."""

    file: str
    line: int
    rule: str
    severity: Severity
    message: str
    mend: str

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    def as_line(self) -> str:
        """`file:line: rule: message`, as editors and terminals understand it."""
        return f"{self.place}: {self.rule}: {self.message}"
