"""Where the process begins and ends: errors become exit codes here, and nowhere else."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from driftwatch.cli import hidden_urls


def main() -> NoReturn:
    """The console script."""
    arguments = hidden_urls.reveal(sys.argv[1:], os.environ)
    hidden_urls.hide_from_process_list(sys.argv, os.environ)
    sys.exit(run(arguments))


def run(arguments: list[str]) -> int:
    """Runs one command line and returns its exit code; every failure is said in the agreed form."""
    import click

    from driftwatch.cli import failures
    from driftwatch.cli.main import cli
    from driftwatch.errors import DriftwatchError

    try:
        result = cli.main(arguments, prog_name="driftwatch", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except DriftwatchError as error:
        return failures.report(error, arguments)
    except click.ClickException as error:
        return failures.report_usage(error)
    except (KeyboardInterrupt, click.Abort):
        return failures.report_interrupt()
    except BrokenPipeError:
        return failures.close_quietly()
    except Exception as error:  # noqa: BLE001 - the last resort: one line, a log, exit code 2
        return failures.report_unexpected(error, arguments)
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    main()
