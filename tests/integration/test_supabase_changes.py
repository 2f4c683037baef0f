"""Whatever somebody changes in a Supabase project by hand is seen, and named; ordinary rows are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from driftwatch.core.catalog import Catalog
from driftwatch.core.drift import compare
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.migrations import Migration
from driftwatch.core.scope import DATA, Scope, apply_scope
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.read_fingerprint import read_fingerprint
from driftwatch.postgres.shadow import Shadow, Shadows

from catalog_world import described

FOLDER = Path(__file__).parents[1] / "cases" / "supabase_changes"
SCOPE = Scope.supabase(data=tuple(DATA))


@dataclass(frozen=True)
class Case:
    """One change of the project, by whom, what it must be seen as (nothing: as data), and what takes it back."""

    name: str
    role: str
    do: str
    undo: str
    expect: tuple[str, ...]


def cases(*names: str) -> list[Case]:
    found = []
    for name in names:
        text = (FOLDER / "changes" / f"{name}.sql").read_text()
        for part in re.split(r"^-- case: ", text, flags=re.MULTILINE)[1:]:
            title, _, body = part.partition("\n")
            role = re.search(r"^-- as: (\w+)$", body, re.MULTILINE)
            expect = tuple(sorted(re.findall(r"^-- expect: (.+)$", body, re.MULTILINE)))
            do, _, undo = body.partition("-- undo\n")
            found.append(Case(f"{name}: {title}", role[1] if role else "postgres", do, undo, expect))
    return found


class Project:
    """A project's database, read as driftwatch reads a remote, and changed as people do who are allowed to."""

    def __init__(self, shadow: Shadow, conns: dict[str, Connection]) -> None:
        self.shadow = shadow
        self.conns = conns
        self.base = self.seen()

    def seen(self) -> Catalog:
        return apply_scope(read_catalog(self.conns["postgres"]), SCOPE)

    def run(self, role: str, sql: str) -> None:
        self.conns[role].execute(sql.encode())

    def fingerprint(self) -> str:
        """As `driftwatch fingerprint` reads it, without making a catalog."""
        return read_fingerprint(self.conns["postgres"], SCOPE).value

    def changes(self) -> list[str]:
        return sorted(described(change) for change in compare(self.base, self.seen()))


def split(line: str) -> tuple[str, set[str]]:
    """`changed table a.b: acl, owner`: what changed how, and the facets."""
    what, _, facets = line.partition(": ") if line.startswith("changed ") else (line, "", "")
    return what, set(facets.split(", ")) - {""}


@pytest.fixture(scope="module")
def project(shadows: Shadows) -> Iterator[Project]:
    text = (FOLDER / "project.sql").read_text()
    with shadows.open(shadows.ensure_base()) as shadow:
        with shadow.runner() as runner:
            runner.apply(Migration("1", "project", "1_project.sql", text))
        with shadow.session() as postgres, shadow.session("supabase_admin") as admin:
            yield Project(shadow, {"postgres": postgres, "supabase_admin": admin})


@pytest.fixture(autouse=True)
def autocommit(project: Project) -> None:
    for conn in project.conns.values():
        conn.autocommit = True


CHANGES = cases("project", "supabase", "data")
ROWS = cases("rows")


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case.name)
def test_a_change_is_seen_and_its_undoing_too(project: Project, case: Case) -> None:
    before = fingerprint(project.base)
    project.run(case.role, case.do)
    try:
        found = [split(line) for line in project.changes()]
        expected = [split(line) for line in case.expect]
        assert [what for what, _ in found] == [what for what, _ in expected]
        for (what, facets), (_, named) in zip(found, expected, strict=True):
            assert named <= facets, what
        assert project.fingerprint() != before
    finally:
        project.run(case.role, case.undo)
    assert (project.changes(), project.fingerprint()) == ([], before)


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_rows_are_data(project: Project, case: Case) -> None:
    project.run(case.role, case.do)
    try:
        assert project.changes() == []
        assert project.fingerprint() == fingerprint(project.base)
    finally:
        project.run(case.role, case.undo)


def test_the_fingerprint_is_that_of_the_catalog_also_where_the_platforms_objects_deviate(project: Project) -> None:
    assert project.fingerprint() == fingerprint(project.base)
    project.run("supabase_admin", "grant usage on schema vault to anon; alter role anon bypassrls")
    try:
        assert project.fingerprint() == fingerprint(project.seen()) != fingerprint(project.base)
    finally:
        project.run("supabase_admin", "revoke usage on schema vault from anon; alter role anon nobypassrls")


def test_the_table_is_complete() -> None:
    assert len({case.name for case in CHANGES}) == len(CHANGES)
    assert len(CHANGES) >= 130
    assert all(case.expect for case in CHANGES)
