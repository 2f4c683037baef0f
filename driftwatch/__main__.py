"""Where the process begins and ends: errors become exit codes here, and nowhere else."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from io import TextIOWrapper
from typing import NoReturn

from driftwatch.cli import cleared_push, hidden_urls


def main() -> NoReturn:
    """The console script."""
    with contextlib.suppress(KeyboardInterrupt):
        arguments = hidden_urls.reveal(sys.argv[1:], os.environ)
        hidden_urls.hide_from_process_list(sys.argv, os.environ)
        _prepare()
        sys.exit(0 if cleared_push.try_it(arguments) else run(arguments))
    sys.exit(130)  # interrupted before or after the work


def run(arguments: list[str]) -> int:
    """Runs one command line and returns its exit code; every failure is said in the agreed form."""
    import click

    from driftwatch.cli import failures
    from driftwatch.cli.main import cli
    from driftwatch.errors import DriftwatchError

    try:
        if "_DRIFTWATCH_COMPLETE" in os.environ:  # the shell asks what could be typed next
            cli.main(arguments, prog_name="driftwatch")
        # Not by click's main, which ends with 1 ("drift") when the reader of a pipe goes away.
        with cli.make_context("driftwatch", list(arguments)) as context:
            cli.invoke(context)
        code = 0
    except click.exceptions.Exit as done:
        code = done.exit_code
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0
    except DriftwatchError as error:
        code = failures.report(error, arguments)
    except click.ClickException as error:
        code = failures.report_usage(error, arguments)
    except (KeyboardInterrupt, click.Abort):
        code = failures.report_interrupt(arguments)
    except BrokenPipeError:
        code = failures.close_quietly()
    except Exception as error:  # noqa: BLE001 - the last resort: one line, a log, exit code 2
        code = failures.report_unexpected(error, arguments)
    return failures.flush(code)


def _prepare() -> None:
    """A request to end is an interrupt, which takes back what was begun; no character is too odd to be printed.

    As root the database server has another account, which has to get through our directories.
    """
    if os.geteuid() == 0:
        os.umask(os.umask(0o077) & ~0o011)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
