"""A migration as rules look at it: statements with their parse trees, and what the file makes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import Name, dropped, last_two, relation, strings
from driftwatch.core.migrations import Migration
from driftwatch.core.parsing import NotSql, parse_sql
from driftwatch.core.statements import Statement, statements_of

_LINE_END = re.compile(rb"\n")


@dataclass(frozen=True, slots=True)
class Part:
    """One statement. number: from 0. begin, end: its offsets in bytes. node: its parse tree, whose type is `kind`."""

    number: int
    kind: str
    node: Any
    text: str
    line: int
    begin: int
    end: int
    alone: bool


@dataclass
class NewTable:
    """A table that the file makes, under the name that it has at the file's end."""

    part: Part
    name: Name
    only_if_missing: bool
    protected: bool = False
    policies: int = 0


@dataclass(frozen=True)
class SqlFile:
    """exposed: the schemas that the API serves. major: the Postgres it is for, where that is known."""

    migration: Migration
    exposed: tuple[str, ...] = ("public",)
    major: int | None = None

    @property
    def filename(self) -> str:
        return self.migration.filename

    @cached_property
    def _parsed(self) -> tuple[Any, NotSql | None]:
        try:
            return parse_sql(self.migration.text), None
        except NotSql as error:
            return None, error

    @property
    def refused(self) -> NotSql | None:
        """Why the parser did not take the file; then it has no parts."""
        return self._parsed[1]

    @property
    def tree(self) -> Any:
        """The parse tree as the parser gave it; None for what it did not take."""
        return self._parsed[0]

    @cached_property
    def statements(self) -> list[Statement]:
        return [] if self.tree is None else list(statements_of(self.migration.text, self.tree))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        raws = self.tree.stmts if self.tree is not None else ()
        return tuple(_part(number, *pair) for number, pair in enumerate(zip(self.statements, raws, strict=True)))

    def of(self, *kinds: str) -> Iterator[Part]:
        """The statements of these kinds, in order."""
        if len(kinds) == 1:
            return iter(self._by_kind.get(kinds[0], ()))
        return (part for part in self.parts if part.kind in kinds)

    @cached_property
    def _by_kind(self) -> dict[str, list[Part]]:
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            found.setdefault(part.kind, []).append(part)
        return found

    def number_before(self, offset: int) -> int | None:
        """The number of the last statement that begins at or before an offset in bytes."""
        return bisect_right(self._begins, offset) - 1 if self.parts and self._begins[0] <= offset else None

    @cached_property
    def _begins(self) -> list[int]:
        return [part.begin for part in self.parts]

    def part_at(self, line: int) -> Part | None:
        """The first statement that begins on this line."""
        return next((part for part in self.parts if part.line == line), None)

    def line_at(self, offset: int) -> int:
        """The line of an offset in bytes."""
        return bisect_left(self._line_ends, offset) + 1

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in _LINE_END.finditer(self.migration.text.encode())]

    def resolved(self, name: Name, part: Part) -> Name:
        """The name with the schema it is made in: the search_path's first, where the file sets one."""
        return (name[0] or self._search_paths[part.number], name[1])

    @cached_property
    def _search_paths(self) -> list[str]:
        current, found = "public", []
        for part in self.parts:
            if part.kind == "variable_set_stmt" and part.node.name == "search_path" and not part.node.is_local:
                current = next((one.a_const.sval.sval for one in part.node.args), "") or "public"
            found.append(current)
        return found

    def is_exposed(self, name: Name) -> bool:
        return name[0] in self.exposed

    def made_before(self, part: Part, name: Name) -> bool:
        """Whether the file itself makes a table of this name before the statement."""
        return self._made.get(self.resolved(name, part), part.number) < part.number

    @cached_property
    def _made(self) -> dict[Name, int]:
        found: dict[Name, int] = {}
        for part, name in self._tables_made():
            found.setdefault(self.resolved(name, part), part.number)
        return found

    def _tables_made(self) -> Iterator[tuple[Part, Name]]:
        """Every table, temporary ones too."""
        for part in self.parts:
            match part.kind:
                case "create_stmt":
                    yield part, relation(part.node.relation)
                case "create_foreign_table_stmt":
                    yield part, relation(part.node.base_stmt.relation)
                case "create_table_as_stmt":
                    yield part, relation(part.node.into.rel)
                case "select_stmt" if part.node.HasField("into_clause"):
                    yield part, relation(part.node.into_clause.rel)

    @cached_property
    def new_tables(self) -> dict[Name, NewTable]:
        """The lasting tables that the file makes and does not drop again, by schema and name at its end."""
        tables: dict[Name, NewTable] = {}
        for part in self.parts:
            self._follow(part, tables)
        return tables

    def _follow(self, part: Part, tables: dict[Name, NewTable]) -> None:
        node = part.node
        match part.kind:
            case "create_stmt" | "create_table_as_stmt" | "select_stmt":
                self._make(part, tables)
            case "drop_stmt":
                for item in node.objects:
                    tables.pop(self.resolved(dropped(item), part), None)
            case "rename_stmt" if not node.subname:
                old = self.resolved(relation(node.relation), part)
                self._rename(tables, old, (old[0], node.newname))
            case "alter_object_schema_stmt":
                old = self.resolved(relation(node.relation), part)
                self._rename(tables, old, (node.newschema, old[1]))
            case "alter_table_stmt":
                table = tables.get(self.resolved(relation(node.relation), part))
                if table is not None and any(
                    one.alter_table_cmd.subtype == codes.ENABLE_ROW_SECURITY for one in node.cmds
                ):
                    table.protected = True
            case "create_policy_stmt":
                table = tables.get(self.resolved(relation(node.table), part))
                if table is not None:
                    table.policies += 1

    def _make(self, part: Part, tables: dict[Name, NewTable]) -> None:
        node = part.node
        match part.kind:
            case "create_stmt":
                made, unless = node.relation, node.if_not_exists
            case "create_table_as_stmt" if node.objtype == codes.TABLE:
                made, unless = node.into.rel, node.if_not_exists
            case "select_stmt" if node.HasField("into_clause"):
                made, unless = node.into_clause.rel, False
            case _:
                return
        if made.relpersistence != "t" and made.schemaname != "pg_temp":
            name = self.resolved(relation(made), part)
            tables.setdefault(name, NewTable(part, name, unless))

    @staticmethod
    def _rename(tables: dict[Name, NewTable], old: Name, new: Name) -> None:
        if old in tables:
            table = tables.pop(old)
            table.name = new
            tables[new] = table

    def type_made(self, name: Name, part: Part) -> bool:
        """Whether the file itself makes this enum type before the statement."""
        wanted = self.resolved(name, part)
        return any(
            one.number < part.number and self.resolved(last_two(strings(one.node.type_name)), one) == wanted
            for one in self.of("create_enum_stmt")
        )


def _part(number: int, one: Statement, raw: Any) -> Part:
    begin = raw.stmt_location
    end = begin + len(one.text.encode())
    return Part(number, one.kind, getattr(raw.stmt, one.kind), one.text, one.line, begin, end, one.alone)
