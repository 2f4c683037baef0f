"""The options that every command takes, before or after its name."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import Any, TextIO

import click

from driftwatch.errors import UsageError

_WHOLE = 1000
"""Characters of a command's line in a group's help: more than any has."""


@dataclass(frozen=True)
class Options:
    """What was asked for besides the command itself."""

    config: str = ""
    project: str = ""
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False
    yes: bool = False

    @property
    def color(self) -> bool:
        """Whether to colour: only for a terminal, and not against NO_COLOR (no-color.org)."""
        return not self.no_color and not os.environ.get("NO_COLOR") and _is_terminal(sys.stdout)

    def say(self, line: str) -> None:
        """Something for people. With --json it goes to stderr, with --quiet nowhere."""
        if not self.quiet:
            print(line, file=sys.stderr if self.json else sys.stdout, flush=True)

    def note(self, line: str) -> None:
        """Something for people, beside output that a program may read."""
        if not self.quiet:
            print(line, file=sys.stderr, flush=True)

    def progress(self, line: str) -> None:
        """What is being done, while it is being done: only where somebody watches, or asked for it."""
        if self.verbose and not self.quiet:
            print(f"  {line}", file=sys.stderr, flush=True)

    @property
    def can_ask(self) -> bool:
        """Whether a question would be answered: by --yes, or by somebody at a terminal."""
        return self.yes or _is_terminal(sys.stdin)

    def confirm(self, question: str) -> bool:
        """Asks; --yes answers. Without a terminal nobody can answer: UsageError."""
        if self.yes:
            return True
        if not _is_terminal(sys.stdin):
            raise UsageError(
                f"{question} Nobody is there to answer.",
                next_step="Add --yes.",
                untouched="Nothing was done.",
            )
        return click.confirm(question, err=self.json)


def _is_terminal(stream: TextIO | None) -> bool:
    """A process may be started without one or the other stream."""
    return stream is not None and stream.isatty()


def global_options() -> list[click.Parameter]:
    """New instances for each command: click keeps state in them."""
    return [
        click.Option(["--config"], metavar="FILE", help="This file instead of the project's driftwatch.toml."),
        click.Option(["--project"], metavar="DIR", help="The project's directory (default: found from here upwards)."),
        click.Option(["--json"], is_flag=True, help="One JSON object on stdout; the rest goes to stderr."),
        click.Option(["-q", "--quiet"], is_flag=True, help="Only results and errors."),
        click.Option(["-v", "--verbose"], is_flag=True, help="Say what is being done."),
        click.Option(["--no-color"], is_flag=True, help="No colours (NO_COLOR does it too)."),
        click.Option(["--yes"], is_flag=True, help="Take yes for an answer to every question."),
    ]


def take_global_options(ctx: click.Context, given: dict[str, Any]) -> None:
    """Adds what was given at this level to what was given before."""
    before = ctx.obj if isinstance(ctx.obj, Options) else Options()
    ctx.obj = replace(before, **{name: value for name, value in given.items() if value})


class _TakesGlobalOptions(click.Command):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(global_options())

    def invoke(self, ctx: click.Context) -> Any:
        names = [str(option.name) for option in global_options()]
        take_global_options(ctx, {name: ctx.params.pop(name) for name in names})
        return super().invoke(ctx)


class Command(_TakesGlobalOptions):
    """A command that takes the global options after its name too."""


class PassesOn(Command):
    """A command that gives its arguments to another program, whose short options are not ours to take."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        settings = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
        super().__init__(*args, context_settings=settings, **kwargs)
        for option in self.params:
            option.opts = [name for name in option.opts if name.startswith("--") or not name.startswith("-")]


class Group(_TakesGlobalOptions, click.Group):
    """A command with commands of its own, each of which takes the global options."""

    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each with its whole first sentence, where click would cut it at the end of the line."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, one.get_short_help_str(limit=_WHOLE)) for name, one in found if one and not one.hidden]
            )


pass_options = click.pass_obj
