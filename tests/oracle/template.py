"""A small language for statements with choices, and the names of what is there to fill them in.

    {name}      a rule of the files, else something that lives in the database (see LIVE), else nothing: fails
    «a¦b¦c»     one of these
    ‹a›         this or nothing

A rule is a line `name := text`; every other line is a statement. A line that begins with a blank goes on with
the one before. The last relation that was named decides what {column}, {trigger} and the like are picked from;
{on_trigger} and the like pick one that has some, and write nothing. {last_x} writes again what {x} was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

STATEMENTS = Path(__file__).parent / "statements"
DEEPEST = 12

_NOT_SYSTEM = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"
_NOT_MEMBER = "not exists (select from pg_depend x where x.objid = {0}.oid and x.deptype = 'e')"


def _relations(kinds: str) -> str:
    return (
        "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        f" where c.relkind in ({kinds}) and {_NOT_SYSTEM} and {_NOT_MEMBER.format('c')}"
    )


def _named(catalog: str, name: str, namespace: str, more: str = "") -> str:
    return (
        f"select format('%I.%I', n.nspname, o.{name}) from {catalog} o join pg_namespace n on n.oid = o.{namespace}"
        f" where {_NOT_SYSTEM} and {_NOT_MEMBER.format('o')} {more}"
    )


def _routines(kinds: str, more: str = "") -> str:
    return (
        "select format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) from pg_proc p"
        " join pg_namespace n on n.oid = p.pronamespace"
        f" where p.prokind in ({kinds}) and {_NOT_SYSTEM} and {_NOT_MEMBER.format('p')} {more}"
    )


_OF_RELATION = "{relation}::regclass"
LIVE = {
    "schema": "select quote_ident(n.nspname) from pg_namespace n where " + _NOT_SYSTEM,
    "table": _relations("'r', 'p'"),
    "plain_table": _relations("'r'") + " and not c.relispartition",
    "partitioned": _relations("'p'"),
    "partition": _relations("'r', 'p'") + " and c.relispartition",
    "child": _relations("'r'") + " and exists (select from pg_inherits i where i.inhrelid = c.oid)",
    "typed": _relations("'r'") + " and c.reloftype <> 0",
    "view": _relations("'v'"),
    "matview": _relations("'m'"),
    "foreign_table": _relations("'f'"),
    "anything_with_columns": _relations("'r', 'p', 'v', 'm', 'f'"),
    "triggered": _relations("'r', 'p', 'f'") + " and c.relhastriggers",
    "sequence": _relations("'S'"),
    "owned_sequence": _relations("'S'")
    + " and exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))",
    "index": _relations("'i', 'I'"),
    "partitioned_index": _relations("'I'"),
    "composite": _relations("'c'"),
    "parent": "select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = " + _OF_RELATION,
    "column": "select quote_ident(attname) from pg_attribute where attnum > 0 and not attisdropped and attrelid = "
    + _OF_RELATION,
    "identity_column": "select quote_ident(attname) from pg_attribute where attidentity <> '' and attrelid = "
    + _OF_RELATION,
    "generated_column": "select quote_ident(attname) from pg_attribute where attgenerated <> '' and attrelid = "
    + _OF_RELATION,
    "constraint": "select quote_ident(conname) from pg_constraint where conrelid = " + _OF_RELATION,
    "own_index": "select quote_ident(c.relname) from pg_index i join pg_class c on c.oid = i.indexrelid"
    " where i.indrelid = " + _OF_RELATION,
    "trigger": "select quote_ident(tgname) from pg_trigger where not tgisinternal and tgrelid = " + _OF_RELATION,
    "rule_name": "select quote_ident(rulename) from pg_rewrite where ev_class = " + _OF_RELATION,
    "policy": "select quote_ident(polname) from pg_policy where polrelid = " + _OF_RELATION,
    "function": _routines("'f', 'w'"),
    "procedure": _routines("'p'"),
    "aggregate": _routines("'a'"),
    "routine": _routines("'f', 'w', 'p', 'a'"),
    "trigger_function": _routines("'f'", "and p.prorettype = 'trigger'::regtype"),
    "event_function": _routines("'f'", "and p.prorettype = 'event_trigger'::regtype"),
    "domain": _named("pg_type", "typname", "typnamespace", "and o.typtype = 'd'"),
    "enum": _named("pg_type", "typname", "typnamespace", "and o.typtype = 'e'"),
    "range": _named("pg_type", "typname", "typnamespace", "and o.typtype = 'r'"),
    "base_type": _named("pg_type", "typname", "typnamespace", "and o.typtype = 'b' and o.typelem = 0"),
    "any_type": _named("pg_type", "typname", "typnamespace", "and o.typtype in ('d', 'e', 'r', 'b', 'c', 'm')"),
    "label": "select quote_literal(enumlabel) from pg_enum where enumtypid = {enum}::regtype",
    "domain_constraint": "select quote_ident(conname) from pg_constraint where contypid = {domain}::regtype",
    "attribute": "select quote_ident(attname) from pg_attribute where attnum > 0 and not attisdropped"
    " and attrelid = {composite}::regclass",
    "collation": _named("pg_collation", "collname", "collnamespace"),
    "conversion": _named("pg_conversion", "conname", "connamespace"),
    "statistics": _named("pg_statistic_ext", "stxname", "stxnamespace"),
    "ts_parser": _named("pg_ts_parser", "prsname", "prsnamespace"),
    "ts_template": _named("pg_ts_template", "tmplname", "tmplnamespace"),
    "ts_dict": _named("pg_ts_dict", "dictname", "dictnamespace"),
    "ts_config": _named("pg_ts_config", "cfgname", "cfgnamespace"),
    "opclass": "select format('%I.%I using %I', n.nspname, o.opcname, a.amname) from pg_opclass o"
    " join pg_namespace n on n.oid = o.opcnamespace join pg_am a on a.oid = o.opcmethod where "
    + _NOT_SYSTEM + " and " + _NOT_MEMBER.format("o"),
    "opfamily": "select format('%I.%I using %I', n.nspname, o.opfname, a.amname) from pg_opfamily o"
    " join pg_namespace n on n.oid = o.opfnamespace join pg_am a on a.oid = o.opfmethod where "
    + _NOT_SYSTEM + " and " + _NOT_MEMBER.format("o"),
    "operator": "select format('%I.%s (%s, %s)', n.nspname, o.oprname,"
    " case when o.oprleft = 0 then 'none' else o.oprleft::regtype::text end, o.oprright::regtype)"
    " from pg_operator o join pg_namespace n on n.oid = o.oprnamespace where "
    + _NOT_SYSTEM + " and " + _NOT_MEMBER.format("o"),
    "cast": "select format('(%s as %s)', castsource::regtype, casttarget::regtype) from pg_cast where oid >= 16384",
    "transform": "select format('for %s language %I', t.trftype::regtype, l.lanname) from pg_transform t"
    " join pg_language l on l.oid = t.trflang",
    "language": "select quote_ident(lanname) from pg_language where oid >= 16384",
    "access_method": "select quote_ident(amname) from pg_am where oid >= 16384",
    "fdw": "select quote_ident(fdwname) from pg_foreign_data_wrapper",
    "server": "select quote_ident(srvname) from pg_foreign_server",
    "publication": "select quote_ident(pubname) from pg_publication",
    "subscription": "select quote_ident(subname) from pg_subscription where subdbid ="
    " (select oid from pg_database where datname = current_database())",
    "event_trigger": "select quote_ident(evtname) from pg_event_trigger",
    "extension": "select quote_ident(extname) from pg_extension where extname <> 'plpgsql'",
    "large_object": "select oid::text from pg_largeobject_metadata",
    "on_trigger": _relations("'r', 'p', 'v', 'f'")
    + " and exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)",
    "on_policy": _relations("'r', 'p'") + " and exists (select from pg_policy t where t.polrelid = c.oid)",
    "on_rule": _relations("'r', 'p', 'v'") + " and c.relhasrules",
    "on_constraint": _relations("'r', 'p', 'f'") + " and exists (select from pg_constraint t where t.conrelid = c.oid)",
    "on_partition": _relations("'r', 'p'") + " and c.relispartition",
    "of_domain": _named("pg_type", "typname", "typnamespace", "and o.typtype = 'd'"),
    "in_some": _relations("'r', 'p', 'v', 'm', 'f'"),
    "database": "select quote_ident(current_database())",
    "role": "select quote_ident(rolname) from pg_roles where rolname ~ '^dw'",
    "tablespace": "select quote_ident(spcname) from pg_tablespace where spcname ~ '^dw'",
    "user_mapping": "select format('for %s server %I', case when umuser = 0 then 'public' else quote_ident(usename)"
    " end, srvname) from pg_user_mappings",
}  # fmt: skip
"""What may be picked by name. A `{…}` inside is the last one of that sort that was picked."""

_RELATIONS = frozenset({
    "table", "plain_table", "partitioned", "partition", "child", "typed", "view", "matview", "foreign_table",
    "anything_with_columns", "composite", "triggered", "on_trigger", "on_policy", "on_rule", "on_constraint",
    "on_partition", "in_some",
})  # fmt: skip
_TOKEN = re.compile(r"\{(\w+)\}|([«‹])|([»›])|(¦)")


class NothingThere(Exception):
    """The database has nothing of the sort that a statement needs."""


@dataclass
class Grammar:
    """The rules and statements of all files."""

    rules: dict[str, str] = field(default_factory=dict)
    statements: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path = STATEMENTS) -> Grammar:
        grammar = cls()
        for path in sorted(folder.glob("*.txt")):
            for line in _lines(path.read_text()):
                rule = re.match(r"(\w+) := ", line)
                if rule:
                    grammar.rules[rule[1]] = line[rule.end() :]
                else:
                    grammar.statements.setdefault(path.stem, []).append(line)
        return grammar


def _lines(text: str) -> Iterator[str]:
    joined = re.sub(r"\n[ \t]+", " ", text)
    return (line for line in joined.splitlines() if line.strip() and not line.startswith("#"))


@dataclass
class Filler:
    """Fills templates in. pick(n): a number below n. ask(sql): the first column of what the database answers."""

    grammar: Grammar
    pick: Callable[[int], int]
    ask: Callable[[str], list[str]]
    picked: dict[str, str] = field(default_factory=dict)

    def statement(self, template: str) -> str:
        """Raises NothingThere."""
        self.picked = {}
        return re.sub(r"  +", " ", self._fill(template, 0)).strip()

    def _fill(self, template: str, depth: int) -> str:
        if depth > DEEPEST:
            raise NothingThere
        out, at = [], 0
        while at < len(template):
            token = _TOKEN.search(template, at)
            if token is None:
                break
            out.append(template[at : token.start()])
            if token[1]:
                out.append(self._name(token[1], depth))
                at = token.end()
            elif token[2]:
                options, at = _options(template, token.end())
                if token[2] == "‹":
                    options.append("")
                out.append(self._fill(options[self.pick(len(options))], depth))
            else:
                raise ValueError(f"unbalanced: {template}")
        return "".join([*out, template[at:]])

    def _name(self, name: str, depth: int) -> str:
        if name in self.grammar.rules:
            return self._fill(self.grammar.rules[name], depth + 1)
        if name.startswith("last_"):
            return self.picked[name[5:]]
        sql = re.sub(r"\{(\w+)\}", lambda found: self._literal(found[1]), LIVE[name])
        found = self.ask(f"select * from ({sql}) q order by 1")
        if not found:
            raise NothingThere
        value = found[self.pick(len(found))]
        self.picked[name] = value
        if name in _RELATIONS:
            self.picked["relation"] = value
        if name == "of_domain":
            self.picked["domain"] = value
        if name == "in_some":
            return self._name("column", depth)
        return "" if name.startswith(("on_", "of_")) else value

    def _literal(self, name: str) -> str:
        if name not in self.picked:
            raise NothingThere
        return "'" + self.picked[name].replace("'", "''") + "'"


def _options(template: str, start: int) -> tuple[list[str], int]:
    """The options of a choice that begins at start, and where it ends."""
    depth, options, begin = 0, [], start
    for token in _TOKEN.finditer(template, start):
        if token[2]:
            depth += 1
        elif token[3]:
            if depth == 0:
                options.append(template[begin : token.start()])
                return options, token.end()
            depth -= 1
        elif token[4] and depth == 0:
            options.append(template[begin : token.start()])
            begin = token.end()
    raise ValueError(f"unbalanced: {template}")
