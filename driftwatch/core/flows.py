"""What to type when: the team's flows, by the names of the scripts in package.json."""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.core.package_scripts import scripts


@dataclass(frozen=True)
class Flow:
    """An occasion, and what is typed then: (script or command with its arguments, what it does)."""

    title: str
    steps: tuple[tuple[str, str], ...]


FLOWS = (
    Flow(
        "Start of work, and after git pull where the hooks are not installed",
        (("db:sync:from-remote", "the folder and the local database get what the remote has"),),
    ),
    Flow(
        "A new migration",
        (
            ("db:sync:create-migration add_orders", "a file for it, later than every version known here"),
            ("db:sync:from-remote", "the local database gets it too; or, from nothing and with seeds:"),
            ("supabase:db:reset", "the local database is built anew"),
            ("supabase:db:diff", "what the local database differs in from the migrations"),
        ),
    ),
    Flow(
        "Push",
        (
            ("db:sync:to-remote --dry-run", "what would run there"),
            ("db:sync:to-remote", "proved, shown, asked; then each in its own transaction"),
        ),
    ),
    Flow(
        "Out of sync",
        (
            ("db:sync:from-remote --capture", "1. take the remote's: what it has beyond its migrations becomes one"),
            (
                "driftwatch history adopt remote VERSION",
                "2. the remote has it already; VERSION: the new file's",
            ),
            ("db:sync:to-remote", "3. push ours"),
            ("supabase:db:reset", "4. local from nothing; what the remote's history says wrong:"),
            ("driftwatch history list", "which versions are applied where; history repair and adopt mend it"),
        ),
    ),
    Flow(
        "Something is broken",
        (
            ("supabase:db:reset", "local: built anew; `driftwatch undo` brings the former one back"),
            ("driftwatch check", "remote: what differs there, and which migration made it"),
            ("driftwatch diff remote migrations --sql", "remote: the SQL that mends it, proved on a copy"),
        ),
    ),
    Flow(
        "Every week",
        (
            ("db:sync:status", "git, local, each remote, and what to type next"),
            ("driftwatch check", "every remote, object by object"),
            ("driftwatch doctor", "the set-up itself"),
        ),
    ),
    Flow(
        "Before a deployment",
        (
            ("driftwatch verify", "every migration from nothing, the pending ones on a copy of the remote too"),
            ("db:sync:to-remote --dry-run", "what would run there"),
        ),
    ),
)


DIRECTLY = ""
"""How a script is run where package.json has none: as the command that it stands for."""


def runner(user_agent: str) -> str:
    """How the package manager runs a script. user_agent: as it names itself, "" for none: then pnpm's way."""
    name = user_agent.partition("/")[0]
    return {"npm": "npm run", "yarn": "yarn", "bun": "bun run"}.get(name, "pnpm")


def typed(step: str, run: str) -> str:
    """What a person types for a step. npm takes options for its own unless `--` stands before them."""
    script, space, arguments = step.partition(" ")
    if script == "driftwatch":
        return step
    if run == DIRECTLY:
        return f"{scripts()[script]}{space}{arguments}"
    dashes = "-- " if run == "npm run" and arguments.startswith("-") else ""
    return f"{run} {script}{space}{dashes}{arguments}"


def as_text(run: str) -> str:
    """All flows, for people."""
    lines = []
    for flow in FLOWS:
        lines.append(f"{flow.title}:")
        lines += [f"  {typed(step, run):<46} {meaning}" for step, meaning in flow.steps]
    return "\n".join(lines)
