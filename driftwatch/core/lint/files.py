"""Files as files: can be read, and are migrations by their names."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.lint.rules import Finding, Rule
from driftwatch.core.lint_options import LintOptions
from driftwatch.core.migrations import Folder


def lint_files(folder: Folder, options: LintOptions) -> Iterator[Finding]:
    """What is wrong with the folder's files before a word of SQL is read."""
    for one in folder.problems:
        yield from _told(READABLE, one.filename, one.line, one.message, one.mend, options)
    for name in folder.skipped:
        said = "its name is not <digits>_<name>.sql, so it is no migration and is never run"
        yield from _told(NAMED, name, 0, said, NAMED.mend, options)


def _told(rule: Rule, file: str, line: int, said: str, mend: str, options: LintOptions) -> Iterator[Finding]:
    severity = options.severity(rule.name, rule.severity)
    if severity != "off":
        yield Finding(file, line, rule.name, severity, said, mend)


READABLE = Rule(
    "file",
    "error",
    "A file that is no UTF-8 text, or has a version that another one has, can't be run.",
    "Save it as UTF-8; give each file a version of its own.",
    lambda file: (),
)
NAMED = Rule(
    "file-name",
    "warning",
    "The Supabase CLI and driftwatch pass over files of the migrations folder that are not named as migrations are.",
    "Name it <version>_<name>.sql if it is one, or move it out of the folder.",
    lambda file: (),
)
