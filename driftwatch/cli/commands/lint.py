"""`driftwatch lint`: the team's rules on migration text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.lint import Linted
    from driftwatch.core.lint_options import LintOptions

_SEVERITIES = {"error": "errors", "warning": "warnings", "advice": "advice"}


@click.command("lint", cls=Command)
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All migrations, not only the ones that can still be changed.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules: why, and how to mend.")
@pass_options
def command(options: Options, files: tuple[str, ...], everything: bool, strict: bool, list_rules: bool) -> None:
    """Check migrations against the team's rules, without running them.

    Without FILE: the migrations that can still be changed, because no remote has them applied (or, where none was
    ever asked, because they are not on the main branch of the git remote).

    \b
    Example:
      driftwatch lint
      driftwatch lint --all --strict
      driftwatch lint supabase/migrations/20250101000000_orders.sql
      driftwatch lint --rules
    """
    from dataclasses import replace

    from driftwatch.actions.lint import lint_named, lint_project
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import FINDINGS, UsageError

    project = open_project(options)
    if list_rules:
        _print_rules(options, project.lint)
        return
    if files and everything:
        raise UsageError("Either files or --all.")
    linted = lint_named(project, files) if files else lint_project(project, everything=everything)
    failed = bool(linted.count("error") or (strict and linted.count("warning")))
    if options.json:
        emit("lint", "findings" if failed else "passed", to_json(linted))
    else:
        for finding in linted.findings:
            here = finding if files else replace(finding, file=os.path.relpath(project.root / finding.file))
            print(f"{_clean(here.as_line())} [{finding.severity}]")
            if finding.mend and not options.quiet:
                print(f"    {_clean(finding.mend)}")
    options.say(_summary(linted))
    if failed:
        raise click.exceptions.Exit(FINDINGS)


def to_json(linted: Linted) -> dict[str, object]:
    names = ("file", "line", "rule", "severity", "message", "mend")
    return {
        "files": list(linted.files),
        "ground": linted.ground,
        "findings": [{name: getattr(one, name) for name in names} for one in linted.findings],
    }


def _summary(linted: Linted) -> str:
    counts = ((linted.count(severity), severity, words) for severity, words in _SEVERITIES.items())
    told = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    count = len(linted.files)
    which = f" ({linted.ground})" if linted.ground else ""
    return f"{count} migration{'s' if count != 1 else ''}{which}: {told or 'nothing found'}"


def _print_rules(options: Options, wanted: LintOptions) -> None:
    from driftwatch.cli.output import emit
    from driftwatch.core.lint import RULES, SQUAWK

    if options.json:
        names = ("name", "why", "mend")
        known = [
            {**{name: getattr(rule, name) for name in names}, "severity": wanted.severity(rule.name, rule.severity)}
            for rule in RULES
        ]
        emit("lint", "rules", {"rules": known})
        return
    for rule in RULES:
        print(f"{rule.name} [{wanted.severity(rule.name, rule.severity)}]\n    {rule.why}\n    Mend: {rule.mend}\n")
    print(
        f"{SQUAWK} [{wanted.severity(SQUAWK, 'advice')}]\n    What squawk finds beside it, where squawk is on PATH.\n"
    )
    print("In a migration, before a statement or at the top for the whole file: -- driftwatch: allow RULE reason")


def _clean(text: str) -> str:
    from driftwatch.core.text import clean

    return clean(text)
