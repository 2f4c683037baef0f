"""What is compared and what is left out, in words: the rules, and what each of them does with one database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress, replay
from driftwatch.actions.targets import database, read_target, suited
from driftwatch.core.catalog import Catalog, DbObject
from driftwatch.core.scope import Scope, deviation
from driftwatch.core.scope_platform import SUPABASE_ROLES
from driftwatch.core.scope_rules import ANY, DATA, MANAGED_SCHEMAS, TOOLS, Ignored, Patterns, Rule
from driftwatch.postgres.execute import refuse_problems
from driftwatch.postgres.read_catalog import read_catalog

Does = Literal["left_out", "deviations", "compared", "ignored"]
"""Left out; left out while it is as the platform makes it; compared though it is in a schema that is left out;
facets that are not compared."""


@dataclass(frozen=True)
class Said:
    """What the rules with one reason do, and about what: `table auth.users`, `everything in schema vault`.

    facets: of what is left out while it is usual, those that are looked at. objects: those of a database that the
    rules decide about; deviating: those of them that are compared all the same.
    """

    does: Does
    reason: str
    about: tuple[str, ...]
    facets: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    deviating: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScopeOf:
    """The rules in words. With a target also what they do there: compared is the number of objects that are in."""

    rules: tuple[Said, ...]
    data: dict[str, bool]
    target: str = ""
    compared: int = 0
    catalog: Catalog | None = None


def scope_of(project: Project, target: str = "", progress: Progress = lambda line: None) -> ScopeOf:
    """The rules of the project's scope, with a target what they do there.

    Raises what reading the target raises.
    """
    if not target:
        return ScopeOf(in_words(project.scope), data_of(project.scope))
    project, label, catalog = _whole(project, target, progress)
    scope = project.scope
    found = in_words(scope, catalog)
    compared = sum(1 for obj in catalog if scope.in_scope(obj))
    return ScopeOf(found, data_of(scope), label, compared, catalog)


def in_words(scope: Scope, catalog: Catalog | None = None) -> tuple[Said, ...]:
    """The rules by what they do and why, in their order; with a catalog, what of it each of them decides about."""
    groups: dict[tuple[Does, str], list[Rule]] = {}
    for rule in scope.rules:
        groups.setdefault(_key(rule), []).append(rule)
    objects: dict[tuple[Does, str], list[str]] = {}
    deviating: dict[tuple[Does, str], list[str]] = {}
    for obj in catalog or ():
        rule_of = scope.rule_for(obj)
        if rule_of is not None:
            name = f"{obj.id.kind} {obj.id.identity}"
            objects.setdefault(_key(rule_of), []).append(name)
            if _deviates(obj, rule_of):
                deviating.setdefault(_key(rule_of), []).append(name)
    said = [
        Said(
            *key,
            about(rules),
            tuple(dict.fromkeys(facet for rule in rules for facet, _ in rule.normal)),
            tuple(sorted(objects.get(key, ()))),
            tuple(sorted(deviating.get(key, ()))),
        )
        for key, rules in groups.items()
    ]
    cut = Said("ignored", "not compared of what is", tuple(dict.fromkeys(map(_ignored, scope.ignored_facets))))
    return (*said, cut)


def data_of(scope: Scope) -> dict[str, bool]:
    """Which rows that behave like schema are compared, by their names in the configuration."""
    return {name: not any(_switches_off(rule, name) for rule in scope.rules) for name in DATA}


def about(rules: Iterable[Rule]) -> tuple[str, ...]:
    """What some rules are about, those that differ only in the names taken together."""
    names: dict[tuple[str, str], dict[str, None]] = {}
    for rule in rules:
        if rule.tables:
            for tool, tables in TOOLS.items():
                names.setdefault(("table", f" of {tool}"), {}).update(dict.fromkeys(tables))
            continue
        kinds = "everything" if rule.kind == ANY else _any_of(rule.kind)
        schemas = _any_of(rule.schema if rule.kind == ANY else _short(rule.schema))
        inside = "" if rule.schema in (ANY, "") else f" {schemas}" if kinds == "schema" else f" in schema {schemas}"
        where = " and ".join(f"{name} {_words(value)}" for name, value in rule.where)
        only = f" (of it only {', '.join(rule.only)})" if rule.only else ""
        key = (kinds, inside + (f" where {where}" if where else "") + only)
        given = () if rule.identity == ANY else rule.identity
        names.setdefault(key, {}).update(dict.fromkeys((given,) if isinstance(given, str) else given))
    return tuple(f"{kinds}{' ' if found else ''}{', '.join(found)}{rest}" for (kinds, rest), found in names.items())


def _whole(project: Project, target: str, progress: Progress) -> tuple[Project, str, Catalog]:
    """The target's catalog before any scope; of a saved file, what was saved."""
    if target.endswith(".json"):
        return project, target, read_target(project, target).catalog
    if target == "migrations" or target.startswith("migrations@"):
        revision = target.partition("@")[2]
        folder, shadows = project.at_revision(revision) if revision else (project.folder(), project.shadows)
        refuse_problems(folder.problems)
        return project, target, replay(shadows, folder.migrations, progress).catalog
    with database(project, target) as (label, conn, _):
        return suited(project, conn), label, read_catalog(conn)


def _key(rule: Rule) -> tuple[Does, str]:
    if rule.keep:
        return "compared", rule.reason or "your team's, wherever it is"
    return ("deviations" if rule.normal else "left_out"), rule.reason


def _deviates(obj: DbObject, rule: Rule) -> bool:
    return bool(rule.normal) and deviation(obj, rule) is not None and not rule.always


def _switches_off(rule: Rule, name: str) -> bool:
    kind = "publication" if name == "realtime" else name
    return not rule.keep and rule.kind == kind and f'"{name}"' in rule.reason


def _ignored(entry: Ignored) -> str:
    of = _any_of(entry.kind) + ("" if entry.identity == ANY else f" {_any_of(entry.identity)}")
    if entry.said:
        return entry.said.what
    return f"{entry.facet} of {of}" + (f" where it is {_any_of(entry.entries)}" if entry.entries else "")


def _words(value: Patterns | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else f"is {_any_of(_short(value))}"


def _short(patterns: Patterns) -> Patterns:
    """A word for lists that come again and again."""
    if patterns in (MANAGED_SCHEMAS, SUPABASE_ROLES):
        return "any of Supabase's"
    if (
        isinstance(patterns, tuple)
        and len(patterns) > len(MANAGED_SCHEMAS) / 2
        and set(patterns) < set(MANAGED_SCHEMAS)
    ):
        missing = ", ".join(one for one in MANAGED_SCHEMAS if one not in patterns)
        return f"any of Supabase's but {missing}"
    return patterns


def _any_of(patterns: Patterns) -> str:
    return patterns if isinstance(patterns, str) else ", ".join(patterns)
