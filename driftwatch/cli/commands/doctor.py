"""`driftwatch doctor`: everything that could be wrong with the set-up."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.doctor.set_up import SetUp
    from driftwatch.core.doctor import Finding, Status
    from driftwatch.settings import Settings

_WORDS = {"ok": "ok", "warning": "warning", "wrong": "WRONG", "could_not": "UNKNOWN"}
_COLORS = {"ok": "green", "warning": "yellow", "wrong": "red", "could_not": "red"}


@click.command("doctor", cls=Command)
@pass_options
def command(options: Options) -> None:
    """Check the whole set-up and say how to mend what is wrong: configuration, hooks, Postgres, places, remotes.

    Changes nothing, and sends nothing to any channel.

    Exit code 0: nothing is wrong (there may be warnings). 1: something is. 2: something could not be checked.

    \b
    Example:
      driftwatch doctor
    """
    from driftwatch.cli.output import emit
    from driftwatch.core.doctor import exit_code

    findings = []
    for finding in _findings(options):
        findings.append(finding)
        if not options.json:
            _show(options, finding)
    code = exit_code(findings)
    if options.json:
        rows = [
            {"name": one.name, "status": one.answer.status, "says": one.answer.says, "mend": one.answer.mend}
            for one in findings
        ]
        emit("doctor", ("ok", "findings", "could_not")[code], {"checks": rows})
    else:
        options.say(_sum(findings))
    sys.exit(code)


def _findings(options: Options) -> Iterator[Finding]:
    from driftwatch.actions.doctor import examine, examine_computer, failed
    from driftwatch.cli.project import find_root, load_settings
    from driftwatch.errors import DriftwatchError

    root = find_root(options)
    yield from examine_computer()
    try:
        set_up = _set_up(options, root, load_settings(options, root))
    except DriftwatchError as error:
        yield failed("configuration", error)
        return
    yield from examine(set_up)


def _set_up(options: Options, root: Path, settings: Settings) -> SetUp:
    from driftwatch.actions.doctor.set_up import SetUp
    from driftwatch.cli.project import make_project, read_secret
    from driftwatch.daemon.lock import running_pid
    from driftwatch.settings import PROJECT_FILE, user_file

    project = make_project(root, settings)
    own = Path(options.config).expanduser() if options.config else root / PROJECT_FILE
    return SetUp(
        project=project,
        config_files=(root / "supabase" / "config.toml", user_file(), own),
        data_dir=settings.data_dir,
        channels={
            name: partial(read_secret, f"notify.channels.{name}", one) for name, one in settings.notify.channels.items()
        },
        daemon=partial(running_pid, project.home / "daemon.lock"),
        here=Path.cwd(),
    )


def _show(options: Options, finding: Finding) -> None:
    from driftwatch.core.text import clean

    answer = finding.answer
    if options.quiet and answer.status == "ok":
        return
    word = f"{_WORDS[answer.status]:<8}"
    head = click.style(word, fg=_COLORS[answer.status]) if options.color else word
    print(f"{head} {finding.name}: {clean(answer.says)}")
    if answer.mend:
        print("".join(f"           {line}\n" for line in f"Mend: {answer.mend}".splitlines()), end="", flush=True)


def _sum(findings: list[Finding]) -> str:
    counts = Counter(one.answer.status for one in findings)
    words: dict[Status, str] = {"wrong": "wrong", "warning": "to look at", "could_not": "could not be checked"}
    parts = [f"{counts[status]} {word}" for status, word in words.items() if counts[status]]
    return f"{len(findings)} checks: {', '.join(parts) or 'all is well'}."
