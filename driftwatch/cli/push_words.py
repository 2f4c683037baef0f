"""What people and scripts see of a push before it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from driftwatch.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from driftwatch.actions.to_remote import Plan, PlannedMigration
    from driftwatch.core.push_progress import Part
    from driftwatch.core.push_target import PushTarget


def plan_lines(plan: Plan) -> list[str]:
    """Where it goes, and each pending migration with what it does that matters."""
    count = len(plan.migrations)
    lines = [f"{plan.remote}: {target_line(plan.target)}"]
    lines.append(f"{count} pending, proved:" if count else f"Nothing is pending on {plan.remote}.")
    older = set(plan.checked.history.out_of_order)
    for one in plan.migrations:
        size = _statements(len(one.script.statements))
        lines.append(f"  {clean(one.migration.filename)}: {size}, {_transacted(one)}")
        if one.migration.version in older:
            lines.append("    sorts before what is applied there (driftwatch rebase gives it a later version)")
        lines += [f"    {clean(risk)}" for risk in one.risks]
    return lines


def target_line(target: PushTarget) -> str:
    """Database, host, project, login; and whether the linked project is another one."""
    line = f"{target.in_words()}, as {target.user}"
    return f"{line}; BUT the linked project is {target.linked_ref}" if target.is_another_project else line


def dry_run_lines(plan: Plan, lock_timeout: int) -> list[str]:
    """Every statement in its order, and what is sent around them."""
    if not plan.migrations:
        return []
    lines = ["What would run, on one session that holds the advisory lock of pushes:"]
    lines.append(f"  lock_timeout {lock_timeout} s" + (f", as the role {plan.role}" if plan.role else ""))
    for one in plan.migrations:
        lines.append(f"{clean(one.migration.filename)}:")
        todo = one.parts
        for part in todo:
            lines += _part_lines(one, part, last=part is todo[-1])
    return [*lines, "Nothing was changed (--dry-run)."]


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan for scripts."""
    target = plan.target
    return {
        "host": target.host,
        "database": target.database,
        "user": target.user,
        "role": plan.role,
        "project_ref": target.project_ref,
        "linked_ref": target.linked_ref,
        "migrations": [_migration_json(one) for one in plan.migrations],
    }


def _migration_json(one: PlannedMigration) -> dict[str, Any]:
    parts = [
        {"transaction": part.transactional, "statements": [{"line": s.line, "text": s.text} for s in part.statements]}
        for part in one.parts
    ]
    return {
        "file": one.migration.filename,
        "version": one.migration.version,
        "name": one.migration.name,
        "applied_statements": one.resume.done if one.resume else 0,
        "parts": parts,
        "risks": list(one.risks),
    }


def _part_lines(one: PlannedMigration, part: Part, *, last: bool) -> Iterator[str]:
    if part.transactional:
        yield "  BEGIN"
    for statement in part.statements:
        text = clean(statement.text, keep_lines=True).replace("\n", "\n    ")
        yield f"    line {statement.line}: {text}" if part.transactional else f"  line {statement.line}: {text}"
    if last:
        row = one.migration
        count = _statements(len(one.script.recorded))
        yield f"    history row: version {row.version}, name {clean(row.name)}, {count}"
    elif part.transactional:
        yield "    progress: so far applied"
    if part.transactional:
        yield "  COMMIT"


def _transacted(one: PlannedMigration) -> str:
    if one.resume is not None:
        return one.resume.in_words()
    count = len(one.parts)
    return "one transaction" if count == 1 else f"not one transaction: {count} steps, each remembered"


def _statements(count: int) -> str:
    return f"{count} statement{'s' if count != 1 else ''}"
