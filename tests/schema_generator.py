"""Random schemas of a few tables with what hangs on them, alike enough that a plan between two has much to alter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

DEFAULTS = {
    "int": ("1", "7", "f(2)", "nextval('s')"), "bigint": ("2",), "text": ("'a'", "current_user"),
    "varchar(10)": ("'a'", "'bc'"), "numeric(8,2)": ("1.5",), "boolean": ("true", "false"),
    "date": ("current_date",), "timestamptz": ("now()",), "jsonb": ("'{}'",), "uuid": ("gen_random_uuid()",),
    "mood": ("'sad'", "'ok'"), "int[]": ("'{}'",), "text[]": ("'{a}'",), "mood[]": ("'{sad}'",),
    "positive": ("3",), "pair": ("'(1,2)'",), "pair[]": ("'{}'",), "positive[]": ("'{3}'",),
}  # fmt: skip
NOT_ORDERED = ("jsonb", "int[]", "text[]", "mood[]", "pair", "pair[]", "positive[]")
COLUMNS = ("p", "q", "r", "s", '"T x"')
NAMES = ("a", "b", "c", "d", "e")


@dataclass
class Table:
    """columns: name to type, also inherited ones. keyed: whether others can refer to its id. parents: of a child."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    keyed: bool = False
    parents: list[Table] = field(default_factory=list)
    partitions: list[str] = field(default_factory=list)

    def ordered(self) -> list[str]:
        return [column for column, type_ in self.columns.items() if type_ not in NOT_ORDERED]


class Source:
    """A random number generator for each part of a schema, so that two schemas can have some parts alike.

    like: the seed that most parts are made from; None for a schema that is like no other.
    """

    def __init__(self, seed: int, like: int | None = None) -> None:
        self.seed, self.like = seed, like
        self._which = Random(seed)

    def of(self, part: str) -> Random:
        alike = self.like is not None and self._which.random() < 0.75
        return Random(f"{self.like if alike else self.seed} {part}")


def schema(seed: int, like: int | None = None) -> str:
    """SQL that makes one. like: the seed of another one that it resembles."""
    source = Source(seed, like)
    statements = _common(source.of("common"))
    types = _types(source)
    tables: list[Table] = []
    for name in source.of("names").sample(NAMES, source.of("how many").randint(2, 4)):
        random = source.of(f"table {name}")
        table = Table(name)
        statements += _table(random, table, types, tables)
        statements += _attached(source.of(f"on {name}"), table)
        tables.append(table)
    statements += _references(source.of("references"), tables)
    statements += _functions(source.of("functions"), tables)
    return ";\n".join(statements) + ";\n"


def _types(source: Source) -> dict[str, str]:
    found = {column: source.of(f"type of {column}").choice(tuple(DEFAULTS)) for column in COLUMNS}
    return {"id": source.of("type of id").choice(("int", "bigint")), **found}


def _common(random: Random) -> list[str]:
    labels = random.choice(("'sad', 'ok'", "'sad', 'ok', 'happy'", "'ok', 'sad'"))
    attributes = random.choice(("x int, y text", "x int, y text", "x bigint, y text", "y text, x int"))
    return [
        f"create type mood as enum ({labels})",
        f"create type pair as ({attributes})",
        f"create domain positive as int check (value > {random.choice((0, 1))})",
        f"create function f(int) returns int language sql immutable as 'select $1 + {random.choice((1, 2))}'",
        f"create sequence s {random.choice(('', 'increment 5'))}",
        "create function watch() returns trigger language plpgsql as 'begin return new; end'",
    ]


def _table(random: Random, table: Table, types: dict[str, str], others: list[Table]) -> list[str]:
    kind = random.choice(("plain", "plain", "partitioned", "child"))
    fit = [other for other in others if not other.partitions and "g" not in other.columns]
    if kind == "child" and fit:
        return _child(random, table, types, fit)
    partitioned = kind == "partitioned"
    lines = [_id(random, table, types["id"], partitioned)]
    for column in random.sample(COLUMNS, random.randint(1, 4)):
        lines.append(_column(random, table, column, types))
    if random.random() < 0.3:
        table.columns["g"] = "int"
        expression = random.choice(("id::int * 2", "f(id::int)", "id::int + 1"))
        lines.append(f"g int generated always as ({expression}) stored")
    table.keyed = random.random() < 0.7
    if table.keyed:
        lines.append("primary key (id)" + random.choice(("", "", " deferrable") if not partitioned else ("",)))
        table.keyed = "deferrable" not in lines[-1]
    how = random.choice(("range", "list", "hash"))
    by = f" partition by {how} (id)" if partitioned else ""
    made = f"create table {table.name} ({', '.join(lines)}){by}"
    return [made, *(_partitions(random, table, table.name, how, table.name) if partitioned else [])]


def _id(random: Random, table: Table, type_: str, partitioned: bool) -> str:
    table.columns["id"] = type_
    made = "" if partitioned else random.choice(("", "serial", " generated always as identity"))
    return f"id {'bigserial' if type_ == 'bigint' else 'serial'}" if made == "serial" else f"id {type_}{made} not null"


def _column(random: Random, table: Table, name: str, types: dict[str, str], *, default: bool = False) -> str:
    type_ = table.columns[name] = types[name]
    line = f"{name} {type_}"
    if default or random.random() < 0.4:
        line += f" default {random.choice(DEFAULTS[type_])}"
    if random.random() < 0.25:
        line += " not null"
    if type_ == "varchar(10)" and random.random() < 0.3:
        line += f" check ({name} in ('x', 'y'))"
    if type_ in ("int", "bigint") and random.random() < 0.2:
        line += f" check ({name} > {random.choice((0, 5))})"
    return line


def _child(random: Random, table: Table, types: dict[str, str], others: list[Table]) -> list[str]:
    """A table that inherits, with merged columns and with what differs from its parents."""
    table.parents = random.sample(others, min(len(others), random.choice((1, 1, 2))))
    inherited = {column for parent in table.parents for column in parent.columns}
    merged = sorted(c for c in inherited if sum(c in parent.columns for parent in table.parents) > 1)
    own = random.sample(COLUMNS, random.randint(0, 2))
    lines = []
    for column in sorted({*merged, *own}):
        if column == "id":
            lines.append(f"id {types['id']} default 3")
        else:
            lines.append(_column(random, table, column, types, default=column in merged))
    for parent in table.parents:
        table.columns.update({column: types[column] for column in parent.columns})
    parents = ", ".join(parent.name for parent in table.parents)
    found = [f"create table {table.name} ({', '.join(lines)}) inherits ({parents})"]
    column = random.choice(sorted(set(table.columns) - {"id"}) or ["id"])
    alter = f"alter table {table.name} alter {column}"
    if random.random() < 0.3:
        found.append(f"{alter} set default {random.choice(DEFAULTS[table.columns[column]])}")
    elif random.random() < 0.3:
        found.append(f"{alter} drop default")
    if random.random() < 0.3:
        found.append(f"{alter} set not null")
    if random.random() < 0.2:
        found.append(f"alter table {table.name} add constraint mine check (id > 1)")
    if random.random() < 0.3:
        check = f"{table.name}_ours check (id > {random.choice((1, 2))})"
        found.append(f"alter table {table.parents[0].name} add constraint {check}")
    if random.random() < 0.2:
        found.append(f"alter table {table.parents[0].name} add constraint alone check (id > 0) no inherit")
    return found


_BOUNDS = {
    "range": ("for values from (1) to (10)", "for values from (10) to (100)", "default"),
    "list": ("for values in (1, 2)", "for values in (3, 4, 5)", "default"),
    "hash": tuple(f"for values with (modulus 3, remainder {rest})" for rest in range(3)),
}


def _partitions(random: Random, table: Table, name: str, how: str, parent: str, depth: int = 0) -> list[str]:
    found = []
    for number, bound in enumerate(_BOUNDS[how]):
        if number and random.random() < 0.4:
            continue
        child = f"{parent}_{number}"
        deeper = depth == 0 and random.random() < 0.2
        below = random.choice(("range", "hash"))
        by = f" partition by {below} (id)" if deeper else ""
        own = f" (id default {number})" if random.random() < 0.15 else ""
        if deeper or random.random() < 0.8:
            found.append(f"create table {child} partition of {parent}{own} {bound}{by}")
        else:
            all_of_it = "including defaults including generated including constraints"
            found.append(f"create table {child} (like {parent} {all_of_it})")
            found.append(f"alter table {parent} attach partition {child} {bound}")
        table.partitions.append(child)
        if deeper:
            found += _partitions(random, table, name, below, child, depth + 1)
        elif random.random() < 0.2:
            found.append(random.choice((
                f"create index {child}_own on {child} (id)",
                f"alter table {child} add constraint {child}_check check (id > -1)",
                f"alter table {child} add unique (id)",
            )))  # fmt: skip
    return found


def _attached(random: Random, table: Table) -> list[str]:
    return [*_indexes(random, table), *_guards(random, table), *_views(random, table)]


def _indexes(random: Random, table: Table) -> Iterator[str]:
    name = table.name
    for number in range(random.randint(0, 2)):
        key = random.choice((random.choice(table.ordered()), "f(id::int)"))
        where = random.choice(("", " where id > 5"))
        yield f"create index {name}_i{number} on {name} ({key}){where}"
    if random.random() < 0.15:
        yield f"create index {name}_only on only {name} (id)"
    if random.random() < 0.2:
        yield f"alter table {name} add constraint {name}_u unique (id)"
    if random.random() < 0.15 and not table.partitions:
        yield f"alter table {name} add constraint {name}_x exclude using btree (id with =)"
    if random.random() < 0.15:
        yield f"alter table {name} add constraint {name}_f check (f(id::int) > 0)"
    if random.random() < 0.15 and len(table.columns) > 2:
        columns = ", ".join(sorted(table.ordered())[:2])
        yield f"create statistics {name}_stat on {columns}, (id + 1) from {name}"


def _guards(random: Random, table: Table) -> Iterator[str]:
    name = table.name
    column = random.choice(list(table.columns))
    if random.random() < 0.25:
        yield f"comment on column {name}.id is '{random.choice('xy')}'"
    if random.random() < 0.15:
        yield f"comment on table {name} is '{random.choice('xy')}'"
    if random.random() < 0.25:
        yield f"alter table {name} enable row level security"
        using = random.choice(("id > 1", "f(id::int) > 2", f"{column} is not null"))
        yield f"create policy own on {name} using ({using})"
    if random.random() < 0.2 and column != "g":
        when = random.choice(("", f" when (old.{column} is distinct from new.{column})"))
        yield f"create trigger watched before update of {column} on {name} for each row{when} execute function watch()"
    if random.random() < 0.15:
        yield f"grant select ({column}) on {name} to public"


def _views(random: Random, table: Table) -> Iterator[str]:
    name = table.name
    seen = random.sample(list(table.columns), random.randint(1, len(table.columns)))
    if random.random() < 0.35:
        yield f"create view v_{name} as select {', '.join(seen)} from {name}"
        if random.random() < 0.5:
            yield f"create view vv_{name} as select * from v_{name}"
        if random.random() < 0.3:
            yield f"comment on view v_{name} is 'seen'"
    if random.random() < 0.2:
        yield f"create materialized view m_{name} as select id, count(*) as n from {name} group by id"
        yield f"create unique index m_{name}_i on m_{name} (id)"


def _references(random: Random, tables: list[Table]) -> Iterator[str]:
    """Foreign keys, also in circles, to and from partitioned tables."""
    for one in tables:
        for other in tables:
            if other.keyed and not other.parents and random.random() < (0.1 if one is other else 0.2):
                later = random.choice(("", "", " deferrable initially deferred"))
                yield f"alter table {one.name} add column if not exists of_{other.name} {other.columns['id']}"
                yield f"alter table {one.name} add foreign key (of_{other.name}) references {other.name}{later}"


def _functions(random: Random, tables: list[Table]) -> Iterator[str]:
    """Functions between tables, views and defaults, so that each needs some of the others."""
    for table in tables:
        name, way = table.name, random.random()
        if way < 0.12:
            yield f"create function n_{name}() returns bigint language sql stable as 'select count(*) from {name}'"
            if name == tables[-1].name:
                yield f"alter table {name} add column counted bigint"
                yield f"alter table {name} alter counted set default n_{name}()"
        elif way < 0.22:
            yield f"create function n_{name}() returns bigint begin atomic select count(*) from {name}; end"
            yield f"create view counted_{name} as select n_{name}() as n"
        elif way < 0.32:
            yield f"create function all_{name}() returns setof {name} language sql stable as 'select * from {name}'"
            yield f"create view every_{name} as select (all_{name}()).id as id"
        elif way < 0.4:
            yield f"create function label({name}) returns text language sql immutable as 'select $1.id::text'"
            yield f"create index {name}_label on {name} (label({name}))" if not table.partitions else "select 1"
