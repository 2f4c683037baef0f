"""`driftwatch capture`: a remote's drift as a migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.capture import Captured
    from driftwatch.actions.project import Project, Remote


@click.command("capture", cls=Command)
@click.argument("remote", required=False)
@click.option("--name", default="", help="The file's name, without version and .sql (default: from what changed).")
@click.option("--branch", is_flag=True, help="Commit it on a git branch of its own; the work tree stays as it is.")
@click.option("--adopt", is_flag=True, help="Record it as applied on the remote, whose schema has it already.")
@click.option("--allow-destructive", is_flag=True, help="Do not comment out what destroys data.")
@click.option("--sql", is_flag=True, help="Print it, and write nothing.")
@pass_options
def command(
    options: Options, remote: str | None, name: str, branch: bool, adopt: bool, allow_destructive: bool, sql: bool
) -> None:
    """Write what REMOTE has beyond its migrations as a migration, proved before it is written.

    Its statements pass over what is there already; what a pending migration makes is not written again. --adopt ends
    the drift at once; without it, that takes `driftwatch history adopt`. The other way, what puts the remote back:
    `driftwatch diff REMOTE migrations --sql`.

    \b
    Example:
      driftwatch capture production --adopt
      driftwatch capture production --branch
    """
    from datetime import UTC, datetime

    from driftwatch.actions import capture as capturing
    from driftwatch.cli.output import emit, history_json, nothing_text
    from driftwatch.cli.project import open_project
    from driftwatch.errors import UsageError, left_untouched

    if name and not all(char.isalnum() or char in "_-" for char in name):
        raise UsageError(
            f"--name {name}: expected letters, digits, _ and -.", next_step="For example --name add_orders"
        )
    if adopt and not options.can_ask:
        raise UsageError(
            "--adopt asks first, and nobody is there to answer.", untouched="Nothing was done.", next_step="Add --yes."
        )
    project = open_project(options)
    target = project.remote(remote or "")
    now = datetime.now(UTC)
    with left_untouched("Nothing was written."):
        found = capturing.capture(
            project, target, now, name=name, allow_destructive=allow_destructive, progress=options.progress
        )
    body: dict[str, object] = {"remote": target.name, "file": None, "branch": None, "adopted": False}
    if isinstance(found, capturing.Nothing):
        options.note(nothing_text(found))
        body |= {"made_by": [one.filename for one in found.made_by], "history": history_json(found.history)}
    else:
        body |= {"file": found.filename, "sql": found.text, "held_back": found.held_back}
        if not sql:
            body |= _write(options, project, target, found, branch=branch, adopt=adopt)
        elif not options.json:
            print(found.text, end="")
    if options.json:
        emit("capture", "nothing" if isinstance(found, capturing.Nothing) else "captured", body)


def _write(
    options: Options, project: Project, target: Remote, found: Captured, *, branch: bool, adopt: bool
) -> dict[str, object]:
    """Writes it where it was asked for, and says what is next; what was done, for programs."""
    from driftwatch.actions import capture as capturing

    done: dict[str, object] = {}
    if branch:
        done["branch"] = capturing.write_on_branch(project, found)
        options.say(f"Committed {found.filename} on the branch {done['branch']}.")
        options.say(f"Next: git push -u origin {done['branch']}")
    else:
        options.say(f"Wrote {capturing.write(project, found)}")
    if found.held_back:
        options.say(f"{found.held_back} steps that destroy data are commented out in it.")
    if adopt:
        if options.confirm(f"Record {found.filename} as applied on {target.name}, whose schema has it already?"):
            capturing.adopt(project, target, found)
            done["adopted"] = True
            options.say(f"Recorded on {target.name}.")
    elif not branch:
        options.say(f"Next: driftwatch history adopt {target.name} {found.migration.version}")
    return done
