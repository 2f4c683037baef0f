"""What is going on while something takes long: a bar for a person at a terminal, lines for who asked for them."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from driftwatch.cli.options import Options

if TYPE_CHECKING:
    from rich.progress import Progress

_STEP = re.compile(r"(\d+)/(\d+) (.*)", re.DOTALL)


@contextlib.contextmanager
def progress_bar(options: Options, title: str) -> Iterator[Callable[[str], None]]:
    """Gives a function for lines such as "3/12 name". Silent without a terminal, with --quiet and with --json.

    title: what is made. With --verbose the lines are written instead.
    """
    if options.verbose or options.quiet or options.json or sys.stderr is None or not sys.stderr.isatty():
        yield options.progress
        return
    bar = _Bar(title, color=options.color)
    try:
        yield bar.advance
    finally:
        bar.end()


class _Bar:
    """Drawn from the first line on: what is done at once loads and draws nothing."""

    def __init__(self, title: str, *, color: bool) -> None:
        self._title, self._color = title, color
        self._drawn: Progress | None = None

    def advance(self, line: str) -> None:
        if self._drawn is None:
            self._drawn = self._draw()
        step, [task] = _STEP.match(line), self._drawn.task_ids
        if step is None:
            self._drawn.update(task, description=line)
            return
        done, total, what = int(step.group(1)) - 1, int(step.group(2)), step.group(3)
        self._drawn.update(task, completed=done, total=total, description=what)

    def _draw(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.fields[title]}", markup=False),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        bar = Progress(*columns, console=Console(stderr=True, no_color=not self._color), transient=True)
        bar.add_task("", total=None, title=self._title)
        bar.start()
        return bar

    def end(self) -> None:
        if self._drawn is not None:
            self._drawn.stop()
