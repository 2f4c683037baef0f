"""What is going on while something takes long: a bar for a person at a terminal, lines for who asked for them."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator

from driftwatch.cli.options import Options

_STEP = re.compile(r"(\d+)/(\d+) (.*)", re.DOTALL)


@contextlib.contextmanager
def progress_bar(options: Options, title: str) -> Iterator[Callable[[str], None]]:
    """Gives a function for lines such as "3/12 name". Silent without a terminal, with --quiet and with --json.

    title: what is made. With --verbose the lines are written instead.
    """
    if options.verbose or options.quiet or options.json or sys.stderr is None or not sys.stderr.isatty():
        yield options.progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, no_color=not options.color)
    columns = (
        TextColumn("{task.fields[title]}", markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, title=title)

        def advance(line: str) -> None:
            step = _STEP.match(line)
            if step is None:
                bar.update(task, description=line)
                return
            done, total, what = int(step.group(1)) - 1, int(step.group(2)), step.group(3)
            bar.update(task, completed=done, total=total, description=what)

        yield advance
