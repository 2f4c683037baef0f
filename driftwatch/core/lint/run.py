"""A migration's text -> findings."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.lint import RULES
from driftwatch.core.lint.allow import Allowance, allowances
from driftwatch.core.lint.files import lint_files
from driftwatch.core.lint.rules import Finding, Hit, Rule
from driftwatch.core.lint.sql_file import SqlFile
from driftwatch.core.lint_options import LintOptions
from driftwatch.core.migrations import Folder, Migration


def lint(migration: Migration, options: LintOptions) -> tuple[Finding, ...]:
    """What the rules find in one file, by line. Never raises: what can't be read is a finding."""
    file = SqlFile(migration, options.exposed, options.major)
    allowed = allowances(file)
    found = [one for rule in RULES for one in _of_rule(rule, file, allowed, options)]
    return tuple(sorted(found, key=lambda one: (one.line, one.rule)))


def lint_folder(folder: Folder, options: LintOptions) -> tuple[Finding, ...]:
    """The same for the migrations of a folder, with what is wrong with its files as files."""
    found = [*lint_files(folder, options)]
    for migration in folder.migrations:
        found += lint(migration, options)
    return tuple(found)


def _of_rule(rule: Rule, file: SqlFile, allowed: tuple[Allowance, ...], options: LintOptions) -> Iterator[Finding]:
    severity = options.severity(rule.name, rule.severity)
    if severity == "off":
        return
    for hit in rule.check(file):
        if not any(one.covers(rule.name, hit) for one in allowed):
            yield Finding(file.filename, _line(hit), rule.name, severity, hit.message, hit.mend or rule.mend)


def _line(hit: Hit) -> int:
    return hit.line or (hit.part.line if hit.part else 0)
