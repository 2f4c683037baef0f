"""`driftwatch blame`: which migration last defined an object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.blame import Blamed, Origin

_PARTS_SHOWN = 10


@click.command("blame", cls=Command)
@click.argument("object_", metavar="OBJECT")
@click.option("--all", "every", is_flag=True, help="Every migration that touched it, newest first.")
@click.option("--rev", metavar="REV", default="", help="The migrations of this commit instead of the work tree's.")
@pass_options
def command(options: Options, object_: str, every: bool, rev: str) -> None:
    """Say which migration last defined OBJECT: file, line, commit and author.

    OBJECT: a name such as public.orders, public.orders.total, '"My policy" on public.orders' or
    'public.add(integer, integer)'; with its kind before it where the name alone may be several things. The schema
    and a function's arguments may be left out.

    \b
    Example:
      driftwatch blame public.orders
      driftwatch blame 'policy "Own orders" on public.orders' --all
    """
    from driftwatch.actions.blame import blame
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project

    project = open_project(options)
    found = blame(project, object_, options.progress, revision=rev, every=every)
    if options.json:
        emit("blame", "found" if found.origins else "before_the_migrations", to_json(found))
        return
    for line in _lines(found, in_repository=project.repo is not None):
        print(line)


def to_json(found: Blamed) -> dict[str, Any]:
    return {
        "object": {"kind": found.id.kind, "identity": found.id.identity, "present": found.present},
        "defined_in": origin_json(found.origins[0]) if found.origins else None,
        "history": [origin_json(origin) for origin in found.origins],
        "parts": [
            {"kind": origin.id.kind, "identity": origin.id.identity, **origin_json(origin)} for origin in found.parts
        ],
        "not_replayed": found.not_replayed or None,
    }


def origin_json(origin: Origin) -> dict[str, Any]:
    commit = origin.commit
    return {
        "file": origin.file,
        "line": origin.line,
        "commit": commit.sha if commit else None,
        "author": commit.author if commit else None,
        "date": commit.date if commit else None,
        "subject": commit.subject if commit else None,
        "change": origin.change,
    }


def _lines(found: Blamed, *, in_repository: bool) -> Iterator[str]:
    from driftwatch.actions.blame import in_words
    from driftwatch.core.text import clean

    yield clean(in_words(found.id)) + ("" if found.present else " (no longer there)")
    if not found.origins:
        yield "  was there before the first migration: no file defines it"
    for origin in found.origins:
        yield f"  {origin.change:<8} {origin.in_words(in_repository=in_repository)}"
        if origin.commit:
            yield f"           {clean(origin.commit.subject)}"
    if found.parts:
        yield "  Its parts were touched later:"
        for origin in found.parts[:_PARTS_SHOWN]:
            what = f"{clean(in_words(origin.id))} {origin.change}"
            yield f"    {what}: {origin.in_words(in_repository=in_repository)}"
        if len(found.parts) > _PARTS_SHOWN:
            yield f"    … and {len(found.parts) - _PARTS_SHOWN} more"
    if found.not_replayed:
        yield f"  Later migrations were not looked at: {clean(found.not_replayed)}"
