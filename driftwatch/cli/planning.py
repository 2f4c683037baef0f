"""Shows a proved plan: the SQL on stdout, what the proof says as comments above it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from driftwatch.cli.options import Options

if TYPE_CHECKING:
    from driftwatch.actions.plan import Planned
    from driftwatch.actions.project import Project


def show_sql(options: Options, project: Project, from_: str, to: str, *, allow_destructive: bool, online: bool) -> bool:
    """Prints the SQL that turns FROM into TO; whether there was anything to print."""
    from driftwatch.actions.plan import plan_between, summary
    from driftwatch.actions.sides import read_side
    from driftwatch.cli.output import emit
    from driftwatch.core.plan_text import as_sql

    project = project.for_planning()
    before = read_side(project, from_, options.progress)
    after = read_side(project, to, options.progress, like=before.catalog)
    planned = plan_between(project, before, after, online=online)
    plan = replace(planned.plan, held_back=frozenset()) if allow_destructive else planned.plan
    sql = as_sql(plan)
    said = list(summary(planned)) if sql else []
    if options.json:
        emit("diff", "differs" if sql else "same", {**_body(planned), "sql": sql, "said": said})
        return bool(sql)
    if not sql:  # stdout is for SQL alone
        options.note(f"{before.label} and {after.label} have the same schema: there is nothing to do.")
        return False
    print("\n".join(f"-- {line}" for line in said), end="\n\n")
    print(sql, end="")
    return True


def _body(planned: Planned) -> dict[str, object]:
    hazards = [{"danger": one.danger, "what": one.what} for one in planned.plan.hazards]
    return {
        "from": {"target": planned.before.label},
        "to": {"target": planned.after.label},
        "proved": planned.proved,
        "hazards": hazards,
        "held_back": len(planned.plan.held_back),
    }
