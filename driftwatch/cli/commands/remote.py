"""`driftwatch remote`: what a remote database needs for driftwatch."""

from __future__ import annotations

import click

from driftwatch.cli.options import Group, Options, pass_options


@click.group("remote", cls=Group)
def command() -> None:
    """What a remote database needs for driftwatch.

    \b
    Example:
      driftwatch remote role --sql
    """


@command.command("role")
@click.option("--sql", "as_sql", is_flag=True, help="Print the SQL; driftwatch never runs it itself.")
@click.option("--name", default="driftwatch_reader", show_default=True, help="How to call it: driftwatch_…")
@pass_options
def role(options: Options, as_sql: bool, name: str) -> None:
    """Print the SQL that makes a login which owns nothing and can read all that driftwatch compares.

    Run it yourself: on hosted Supabase in the SQL editor, elsewhere with psql. It says at its end how to choose the
    password, and which commands need more than this login.

    \b
    Example:
      driftwatch remote role --sql
      driftwatch remote role --sql --name driftwatch_ci | psql "$ADMIN_URL"
    """
    from driftwatch.cli.output import emit
    from driftwatch.errors import UsageError
    from driftwatch.postgres.read_role import read_role_sql

    if not as_sql:
        raise UsageError(
            "driftwatch makes no role itself.", next_step=f"driftwatch remote role --sql --name {name} prints how to."
        )
    text = read_role_sql(name)
    if options.json:
        emit("remote role", "done", {"role": name, "sql": text})
    else:
        print(text, end="")
