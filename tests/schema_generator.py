"""Random schemas of a few tables with what hangs on them, alike enough that a plan between two has much to alter."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

DEFAULTS = {
    "int": ("1", "7"), "bigint": ("2",), "text": ("'a'", "current_user"), "varchar(10)": ("'a'", "'bc'"),
    "numeric(8,2)": ("1.5",), "boolean": ("true", "false"), "date": ("current_date",), "timestamptz": ("now()",),
    "jsonb": ("'{}'",), "uuid": ("gen_random_uuid()",), "mood": ("'sad'", "'ok'"), "int[]": ("'{}'",),
    "text[]": ("'{a}'",), "mood[]": ("'{sad}'",), "positive": ("3",),
}  # fmt: skip
NOT_ORDERED = ("jsonb", "int[]", "text[]", "mood[]")


@dataclass
class Table:
    """name to type of its columns; whether others can refer to its id."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    keyed: bool = False


def schema(random: Random) -> str:
    """SQL that makes one."""
    statements = _common(random)
    tables = []
    for name in random.sample(("a", "b", "c", "d"), random.randint(2, 4)):
        table = Table(name)
        statements += _table(random, table) + _attached(random, table)
        tables.append(table)
    for one in tables:
        for other in tables:
            if one is not other and other.keyed and random.random() < 0.2:
                column = f"of_{other.name} {other.columns['id']} references {other.name}"
                statements.append(f"alter table {one.name} add column {column}")
    return ";\n".join(statements) + ";\n"


def _common(random: Random) -> list[str]:
    labels = random.choice(("'sad', 'ok'", "'sad', 'ok', 'happy'", "'ok', 'sad'"))
    return [
        f"create type mood as enum ({labels})",
        f"create domain positive as int check (value > {random.choice((0, 1))})",
        f"create function f(int) returns int language sql immutable as 'select $1 + {random.choice((1, 2))}'",
    ]


def _table(random: Random, table: Table) -> list[str]:
    partitioned = random.random() < 0.2
    lines = [_id(random, table, partitioned)]
    for column in random.sample(("p", "q", "r", "s", '"T x"'), random.randint(1, 4)):
        lines.append(_column(random, table, column))
    if random.random() < 0.3:
        table.columns["g"] = "int"
        expression = random.choice(("id::int * 2", "f(id::int)", "id::int + 1"))
        lines.append(f"g int generated always as ({expression}) stored")
    table.keyed = random.random() < 0.7
    if table.keyed:
        lines.append("primary key (id)")
    by = " partition by range (id)" if partitioned else ""
    return [f"create table {table.name} ({', '.join(lines)}){by}", *(_partitions(random, table) if partitioned else [])]


def _id(random: Random, table: Table, partitioned: bool) -> str:
    type_ = table.columns["id"] = random.choice(("int", "bigint"))
    made = "" if partitioned else random.choice(("", "serial", " generated always as identity"))
    return f"id {'bigserial' if type_ == 'bigint' else 'serial'}" if made == "serial" else f"id {type_}{made} not null"


def _column(random: Random, table: Table, name: str) -> str:
    type_ = table.columns[name] = random.choice(tuple(DEFAULTS))
    line = f"{name} {type_}"
    if random.random() < 0.4:
        line += f" default {random.choice(DEFAULTS[type_])}"
    if random.random() < 0.25:
        line += " not null"
    if type_ == "varchar(10)" and random.random() < 0.3:
        line += f" check ({name} in ('x', 'y'))"
    if type_ in ("int", "bigint") and random.random() < 0.2:
        line += f" check ({name} > {random.choice((0, 5))})"
    return line


def _partitions(random: Random, table: Table) -> list[str]:
    name, border = table.name, random.choice((10, 20))
    found = [f"create table {name}_1 partition of {name} for values from (1) to ({border})"]
    if random.random() < 0.5:
        found.append(f"create table {name}_2 partition of {name} for values from ({border}) to (100)")
    if random.random() < 0.4:
        found.append(f"create table {name}_rest partition of {name} default")
    return found


def _attached(random: Random, table: Table) -> list[str]:
    name, found = table.name, []
    ordered = [column for column, type_ in table.columns.items() if type_ not in NOT_ORDERED]
    for number in range(random.randint(0, 2)):
        where = random.choice(("", " where id > 5"))
        found.append(f"create index {name}_i{number} on {name} ({random.choice(ordered)}){where}")
    if random.random() < 0.25:
        found.append(f"comment on column {name}.id is '{random.choice('xy')}'")
    if random.random() < 0.25:
        found.append(f"alter table {name} enable row level security")
        found.append(f"create policy own on {name} using (id > {random.choice((1, 2))})")
    if random.random() < 0.3:
        seen = random.sample(list(table.columns), random.randint(1, len(table.columns)))
        found.append(f"create view v_{name} as select {', '.join(seen)} from {name}")
    if random.random() < 0.15:
        found.append(f"grant select (id) on {name} to public")
    return found
