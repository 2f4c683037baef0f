"""`driftwatch scope`: what is compared, what is left out, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from driftwatch.actions.scope import Said, ScopeOf

_SECTIONS = {
    "left_out": "Left out",
    "deviations": "Left out while it is as the platform makes it; what deviates is compared",
    "compared": "Compared, though it is where others' objects are",
    "ignored": "Not compared of what is compared",
}
_EXAMPLES = 5


@click.command("scope", cls=Command)
@click.argument("target", required=False, default="")
@pass_options
def command(options: Options, target: str) -> None:
    """Show what is compared and what is left out, in words; with TARGET also what each rule does there.

    Everything that no rule is about is compared. [compare] in driftwatch.toml has the team's own rules: exclude,
    include (which beats every exclusion), data.

    \b
    Example:
      driftwatch scope
      driftwatch scope production
    """
    from driftwatch.actions.scope import scope_of
    from driftwatch.cli.output import emit, unnamed
    from driftwatch.cli.project import open_project_for

    found = scope_of(open_project_for(options, target), target, options.progress)
    if options.json:
        body: dict[str, object] = {
            "rules": [_as_json(said, with_objects=bool(target)) for said in found.rules],
            "data": found.data,
        }
        if found.catalog is not None:
            body |= {"target": found.target, "compared": found.compared, "not_compared": unnamed(found.catalog)}
        emit("scope", "done", body)
        return
    print("\n".join(_lines(found, whole=options.verbose)))


def _as_json(said: Said, *, with_objects: bool) -> dict[str, object]:
    entry: dict[str, object] = {"does": said.does, "reason": said.reason, "about": list(said.about)}
    if said.facets:
        entry["facets"] = list(said.facets)
    if with_objects and said.does != "ignored":
        entry |= {"count": len(said.objects), "objects": list(said.objects), "deviating": list(said.deviating)}
    return entry


def _lines(found: ScopeOf, *, whole: bool) -> Iterator[str]:
    for does, title in _SECTIONS.items():
        group = [said for said in found.rules if said.does == does and (said.about or said.objects)]
        if group:
            yield f"{title}:"
            for said in group:
                yield from _said_lines(said, with_counts=bool(found.target), whole=whole)
            yield ""
    yield "Data that behaves like schema ([compare] data):"
    yield from _data_lines(found)
    if found.target:
        yield ""
        yield f"{found.target}: {_objects(found.compared)} compared."
        left = found.catalog.not_compared if found.catalog is not None else ()
        yield from (f"  not compared: {one.what}: {one.reason}" for one in left)


def _objects(count: int) -> str:
    return "1 object" if count == 1 else f"{count} objects"


def _said_lines(said: Said, *, with_counts: bool, whole: bool) -> Iterator[str]:
    from driftwatch.core.text import clean

    if said.does == "ignored":
        yield from (f"  {clean(text)}" for text in said.about)
        return
    count = f" ({_objects(len(said.objects))})" if with_counts else ""
    looked = f" (looked at: {', '.join(said.facets)})" if said.facets else ""
    yield f"  {clean(said.reason)}{count}{looked}"
    yield from (f"    {clean(text)}" for text in said.about)
    names = said.deviating if said.does == "deviations" else said.objects if whole else ()
    label = "deviates" if said.does == "deviations" else "here"
    shown = names if whole else names[:_EXAMPLES]
    yield from (f"      {label}: {clean(name)}" for name in shown)
    if len(names) > len(shown):
        yield f"      … and {len(names) - len(shown)} more (-v shows all)"


def _data_lines(found: ScopeOf) -> Iterator[str]:
    from driftwatch.core.scope_rules import DATA

    for name, meaning in DATA.items():
        yield f"  {name}: {'compared' if found.data[name] else 'not compared'} ({meaning})"
