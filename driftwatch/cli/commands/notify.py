"""`driftwatch notify`: try the alert channels."""

from __future__ import annotations

import sys

import click

from driftwatch.cli.options import Group, Options, pass_options


@click.group("notify", cls=Group)
def command() -> None:
    """The channels that alerts go to.

    \b
    Example:
      driftwatch notify test
    """


@command.command()
@pass_options
def test(options: Options) -> None:
    """Send a test alert to every channel, and say what each answered. Exit code 1 when one failed.

    \b
    Example:
      driftwatch notify test
    """
    from datetime import UTC, datetime

    from driftwatch.cli.output import emit
    from driftwatch.cli.project import find_root, load_settings
    from driftwatch.cli.watching import make_notifier
    from driftwatch.core.alerts import trial
    from driftwatch.errors import ConfigurationError

    settings = load_settings(options, find_root(options))
    if not settings.notify.channels:
        raise ConfigurationError(
            "No channel is configured.",
            next_step='Add [notify.channels.team] with url_env = "…" (config.example.toml).',
        )
    answers = make_notifier(settings).send(trial(datetime.now(UTC)))
    if options.json:
        rows = [{"channel": one.channel, "ok": one.ok, "reason": one.reason} for one in answers]
        emit("notify test", "done" if all(one.ok for one in answers) else "failed", {"channels": rows})
    else:
        for one in answers:
            print(f"{one.channel}: {'delivered' if one.ok else f'failed: {one.reason}'}")
    sys.exit(0 if all(one.ok for one in answers) else 1)
