"""`driftwatch check`: has a remote drifted?"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from driftwatch.actions.blame import Origin
    from driftwatch.actions.check import Checked
    from driftwatch.actions.project import Project, Remote
    from driftwatch.core.catalog import ObjectId
    from driftwatch.errors import DriftwatchError


@click.command("check", cls=Command)
@click.argument("remote", required=False)
@click.option("--limit", default=50, show_default=True, help="At most this many objects per remote.")
@click.option("--report", "report", metavar="FILE", help="Write it as one HTML file too, also when in sync.")
@pass_options
def command(options: Options, remote: str | None, limit: int, report: str | None) -> None:
    """Compare one remote, or all of them, with what the migrations applied there make.

    Equal changes of many objects are shown as one; with -v each on its own and at full length.

    Exit code 0: in sync. 1: drift. 2: could not check, which says nothing about drift.

    \b
    Example:
      driftwatch check production
      driftwatch check --report drift.html
    """
    from driftwatch.actions.blame import origins
    from driftwatch.actions.check import Checked
    from driftwatch.cli import html_report
    from driftwatch.cli.output import checked_json, emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import COULD_NOT, DriftwatchError

    project = open_project(options)
    remotes = [project.remote(remote)] if remote else list(project.remotes.values()) or [project.remote()]
    results = _results(options, project, remotes, report)
    places: dict[str, dict[ObjectId, Origin]] = {
        name: origins(project, result.applied, (change.id for change in result.changes), progress=options.progress)
        for name, result in results
        if isinstance(result, Checked)
    }
    failed = [error for _, error in results if isinstance(error, DriftwatchError)]
    drifted = any(isinstance(result, Checked) and result.drifted for _, result in results)
    found = [checked_json(name, result, places.get(name)) for name, result in results]
    if options.json:
        status = "could_not" if failed else "drifted" if drifted else "in_sync"
        emit("check", status, {"remotes": found})
    else:
        for name, result in results:
            _show(options, project, name, result, places.get(name), limit)
    if report and places:
        html_report.write(Path(report), project.root.name, found, datetime.now(UTC))
        options.note(f"Report: {report}")
    elif report:
        print(html_report.what_is_left(Path(report)), file=sys.stderr)
    sys.exit(COULD_NOT if failed else 1 if drifted else 0)


def _results(
    options: Options, project: Project, remotes: Sequence[Remote], report: str | None
) -> list[tuple[str, Checked | DriftwatchError]]:
    """What came of each, by name. Of one alone its error is raised, with what becomes of the report."""
    from driftwatch.actions.check import check_remote
    from driftwatch.cli import html_report
    from driftwatch.errors import DriftwatchError

    results: list[tuple[str, Checked | DriftwatchError]] = []
    for one in remotes:
        options.progress(f"checking {one.name}")
        try:
            results.append((one.name, check_remote(project, one)))
        except DriftwatchError as error:
            if len(remotes) == 1:
                left = html_report.what_is_left(Path(report)) if report else ""
                error.untouched = " ".join(filter(None, [error.untouched, left]))
                raise
            results.append((one.name, error))
    return results


def _show(
    options: Options,
    project: Project,
    name: str,
    result: Checked | DriftwatchError,
    places: dict[ObjectId, Origin] | None,
    limit: int,
) -> None:
    from driftwatch.actions.check import Checked
    from driftwatch.cli.output import checked_text

    text = checked_text(
        name,
        result,
        limit=limit,
        whole=options.verbose,
        color=options.color,
        origins=places,
        drift=_known_as(project, name, result),
    )
    if text and not (options.quiet and isinstance(result, Checked) and not result.drifted):
        print(text)


def _known_as(project: Project, name: str, result: Checked | DriftwatchError) -> str:
    """What `driftwatch ack` calls this drift; "" where the daemon does not remind of it."""
    from driftwatch.errors import DriftwatchError

    if isinstance(result, DriftwatchError) or not result.drifted:
        return ""
    from driftwatch.cli.remembered import drift_to_acknowledge
    from driftwatch.cli.watching import drift_fingerprint

    return drift_to_acknowledge(project, name, drift_fingerprint(result))
