"""The command line: which command there is, and where it lives. Nothing heavy is imported before it is asked for."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass

import click

from driftwatch import __version__
from driftwatch.cli.options import global_options, take_global_options


@dataclass(frozen=True)
class Entry:
    """A command: the module that has it as `command`, and its line in `driftwatch --help`."""

    module: str
    line: str


SECTIONS: dict[str, dict[str, Entry]] = {
    "See where you are": {
        "status": Entry("status", "One screen: git, local, each remote, and what to type next."),
        "check": Entry("check", "Has a remote drifted? One-shot, for people, cron and CI."),
        "diff": Entry("diff", "What differs between two schemas."),
        "fingerprint": Entry("fingerprint", "One hash over a whole schema."),
        "snapshot": Entry("snapshot", "Save a schema as a file."),
        "scope": Entry("scope", "What is compared, what is left out, and why."),
        "blame": Entry("blame", "Which migration last defined an object."),
        "log": Entry("log", "What the daemon saw and told."),
        "ack": Entry("ack", "A drift is known: no more reminders of it."),
    },
    "Work on migrations": {
        "new": Entry("new", "A new migration, later than every other."),
        "lint": Entry("lint", "The team's rules on migration text."),
        "verify": Entry("verify", "Replay the migrations in a shadow and prove them."),
        "capture": Entry("capture", "Write a remote's drift as a migration."),
        "sync": Entry("sync", "Bring local and remote together."),
        "history": Entry("history", "Which versions are applied where, and how to mend that."),
        "rebase": Entry("rebase", "Give unapplied migrations versions after the remote's newest."),
        "db": Entry("db", "The local database: start, stop, reset, url, psql."),
        "undo": Entry("undo", "Bring the local database back to before the last rebuild."),
    },
    "Set up": {
        "init": Entry("init", "Make this project a driftwatch project."),
        "doctor": Entry("doctor", "Everything that could be wrong with the set-up, and how to mend it."),
        "flows": Entry("flows", "What to type when, by script name."),
        "remote": Entry("remote", "A login for reading a remote, and a record of who changes it."),
        "hooks": Entry("hooks", "Install, remove or look at the git hooks."),
        "daemon": Entry("daemon", "Watch the folder and the remotes."),
        "notify": Entry("notify", "Try the alert channels."),
        "demo": Entry("demo", "The whole story on throw-away databases."),
    },
}
HIDDEN = {
    "hook": Entry("hook", "What the git hooks call."),
    "create-migration": Entry("new", "The same as new."),
}


class Commands(click.Group):
    """Finds a command's module only when the command is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A script of package.json is often typed with `--` before its arguments, and pnpm passes that on."""
        if "--" in args and "npm_lifecycle_event" in os.environ:
            args.remove("--")
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for entries in SECTIONS.values() for name in entries]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A word that is no command: the command that was probably meant is named."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            from difflib import get_close_matches

            if near := get_close_matches(args[0], self.list_commands(ctx), n=1):
                ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entries = {name: entry for section in SECTIONS.values() for name, entry in section.items()} | HIDDEN
        if cmd_name not in entries:
            return None
        module = importlib.import_module(f"driftwatch.cli.commands.{entries[cmd_name].module}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.line) for name, entry in entries.items()])


@click.command(
    cls=Commands,
    params=global_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="driftwatch")
def cli(**options: object) -> None:
    """Keeps git, the local database and every remote provably the same."""
    take_global_options(click.get_current_context(), options)
