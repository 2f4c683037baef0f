"""What is ours to compare, and what belongs to Supabase, an extension or another tool. Rules are data.

Rules are tried in order, the first that matches decides, and what no rule matches is ours. A pattern knows
only `*` (any text); a tuple of patterns means any of them. Whatever a rule leaves out is named in
`not_compared`. Applied to what it has left, a scope changes nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from driftwatch.core.catalog import Catalog, DbObject, NotCompared, Value
from driftwatch.core.scope_rules import (
    ANY,
    CLUSTER,
    DATA,
    DATA_DEFAULT,
    HIDDEN,
    IGNORED,
    OURS,
    PLAIN,
    SECRET_KINDS,
    SECRETS,
    TOOLS_RULES,
    Ignored,
    Patterns,
    Rule,
)
from driftwatch.core.scope_rules import (
    HISTORY_SCHEMAS as HISTORY_SCHEMAS,
)
from driftwatch.core.scope_rules import (
    MANAGED_SCHEMAS as MANAGED_SCHEMAS,
)
from driftwatch.core.scope_rules import (
    OWN_SCHEMAS as OWN_SCHEMAS,
)
from driftwatch.core.scope_supabase import IGNORED_SUPABASE, SUPABASE

_KIND = re.compile(r"[a-z_]+|\*")
_CARRIERS = ("table", "foreign_table", "view", "materialized_view")
_TABLE_IN = {"sequence": "owned_by"}
"""The facet that names the table an object hangs on, where it is not `table`."""


@dataclass(frozen=True)
class Scope:
    """Which objects and facets are compared. Make one with `plain` or `supabase`."""

    rules: tuple[Rule, ...]
    ignored_facets: tuple[Ignored, ...]

    @classmethod
    def plain(
        cls, *, exclude: Sequence[str] = (), include: Sequence[str] = (), data: Sequence[str] = DATA_DEFAULT
    ) -> Scope:
        """Any Postgres: everything but driftwatch's own, the history, and what belongs to the server.

        exclude, include: patterns `KIND IDENTITY`, as in `table public.tmp_*` or `* audit.*`. An exclusion
        takes with it what hangs on the excluded (columns, indexes, policies …); an inclusion beats every
        exclusion. data: which rows count as schema, by the names in `DATA`.
        """
        return cls((*user_rules(exclude, include), *OURS, *data_rules(data), *TOOLS_RULES, *PLAIN, *CLUSTER), IGNORED)

    @classmethod
    def supabase(
        cls, *, exclude: Sequence[str] = (), include: Sequence[str] = (), data: Sequence[str] = DATA_DEFAULT
    ) -> Scope:
        """A Supabase project: what its team makes, also in managed schemas, but not what Supabase makes."""
        own = (*user_rules(exclude, include), *OURS, *data_rules(data))
        # Supabase's rules know which superuser is the platform's: any other is somebody's doing.
        rest = tuple(rule for rule in CLUSTER if rule.kind != "role")
        return cls((*own, *SUPABASE, *TOOLS_RULES, *rest), (*IGNORED, *IGNORED_SUPABASE))

    def in_scope(self, obj: DbObject) -> bool:
        """Whether the object takes part in the comparison."""
        rule = self.rule_for(obj)
        return rule is None or rule.keep or deviation(obj, rule) is not None

    def rule_for(self, obj: DbObject) -> Rule | None:
        """The rule that decides about the object, None when none does and it is ours."""
        table: str | None = None
        for rule in self._rules_for(obj.id.kind, obj.schema):
            if rule.tables:
                table = _table_name(obj) if table is None else table
                if table in rule.tables:
                    return rule
            elif _identity_matches(rule.identity, obj) and all(_holds(obj, *condition) for condition in rule.where):
                return rule
        return None

    def looks_at(self, kind: str, schema: str) -> frozenset[str]:
        """The facets (or "identity") that decide which rule it is for the objects of one kind in one schema."""
        looked: set[str] = set()
        for rule in self._rules_for(kind, schema):
            looked.update(facet for facet, _ in rule.where)
            if rule.tables:
                looked.add(_TABLE_IN.get(kind, "identity" if kind in _CARRIERS else "table"))
            elif rule.identity != ANY:
                looked.add("identity")
        return frozenset(looked)

    def _rules_for(self, kind: str, schema: str) -> tuple[Rule, ...]:
        rules = self._rules_of.get((kind, schema))
        if rules is None:
            rules = tuple(rule for rule in self.rules if _matches(rule.kind, kind) and _matches(rule.schema, schema))
            self._rules_of[kind, schema] = rules
        return rules

    def ignored_of(self, kind: str) -> tuple[Ignored, ...]:
        """What is ignored of the objects of one kind."""
        if kind not in self._ignored_of:
            self._ignored_of[kind] = tuple(entry for entry in self.ignored_facets if _matches(entry.kind, kind))
        return self._ignored_of[kind]

    @cached_property
    def _rules_of(self) -> dict[tuple[str, str], tuple[Rule, ...]]:
        return {}

    @cached_property
    def _ignored_of(self) -> dict[str, tuple[Ignored, ...]]:
        return {}


def user_rules(exclude: Iterable[str], include: Iterable[str]) -> tuple[Rule, ...]:
    """Rules from patterns of the configuration. A pattern without a kind is for every kind."""
    rules: list[Rule] = []
    for keep, patterns in ((True, include), (False, exclude)):
        for pattern in patterns:
            rules += _user_rule(keep, pattern.strip())
    return tuple(rules)


def data_rules(data: Sequence[str]) -> tuple[Rule, ...]:
    """Rules about the rows that behave like schema: the named ones are in, the others out."""
    rules = []
    for name in DATA:
        keep = name in data
        kind, identity = ("publication", "supabase_realtime") if name == "realtime" else (name, ANY)
        if name == "realtime" and keep:
            continue  # the publication has a rule of its own
        reason = "" if keep else f'data that behaves like schema, not compared: "{name}" is not in [compare] data'
        rules.append(Rule(keep, kind=kind, identity=identity, reason=reason))
    return tuple(rules)


def _user_rule(keep: bool, pattern: str) -> tuple[Rule, ...]:
    first, _, rest = pattern.partition(" ")
    kind, identity = (first, rest.strip()) if rest and _KIND.fullmatch(first) else (ANY, pattern)
    reason = "" if keep else f"excluded by the configuration ({pattern})"
    rule = Rule(keep, kind, identity=identity, reason=reason)
    if kind == "schema":
        return rule, Rule(keep, schema=identity.strip('"'), reason=reason, by_schema=True)
    if kind in _CARRIERS:
        owned = Rule(keep, kind="sequence", where=(("owned_by", f"{identity}.*"),), reason=reason)
        return rule, Rule(keep, where=(("table", identity),), reason=reason), owned
    return (rule,)


def apply_scope(catalog: Catalog, scope: Scope) -> Catalog:
    """The catalog without what is out of scope, which is then named in `not_compared`."""
    kept: list[DbObject] = []
    left_out: dict[str, set[tuple[str, str]]] = {}
    cut: dict[NotCompared, None] = {}
    for obj in catalog:
        rule = scope.rule_for(obj)
        if rule is not None and not rule.keep:
            deviating = deviation(obj, rule)
            if deviating is not None:
                kept.append(deviating)
            else:
                name = ("schema", obj.schema) if rule.by_schema and obj.schema else (obj.id.kind, obj.id.identity)
                left_out.setdefault(rule.reason, set()).add(name)
            continue
        ignored = scope.ignored_of(obj.id.kind)
        facets = _compared_facets(obj, rule, ignored)
        if facets is not None:
            if facets is not obj.facets:
                cut.update(_said(obj, facets, ignored))
            kept.append(obj if facets is obj.facets else DbObject(obj.id, obj.schema, facets))
    not_compared = [NotCompared(_listed(names), reason) for reason, names in sorted(left_out.items()) if reason]
    kinds = {obj.id.kind for obj in kept}
    secrets = [secret for secret, kind in zip(SECRETS, SECRET_KINDS, strict=True) if kind in kinds]
    if any(_has_hidden(obj) for obj in kept):
        secrets.append(HIDDEN)
    everything = dict.fromkeys((*catalog.not_compared, *not_compared, *cut, *secrets))
    return Catalog.of(kept, catalog.server_version, everything)


def _listed(names: Iterable[tuple[str, str]]) -> str:
    """`role anon, postgres; schema auth, storage`."""
    by_kind = groupby(sorted(names), key=lambda name: name[0])
    return "; ".join(f"{kind} {', '.join(identity for _, identity in group)}" for kind, group in by_kind)


def deviation(obj: DbObject, rule: Rule) -> DbObject | None:
    """What is compared of an object that is left out where it is normal; None for nothing."""
    if not rule.normal:
        return None
    facets: dict[str, Value] = {}
    normal: dict[str, Value] = {}
    for facet, accepted in rule.normal:
        usual = accepted[0] if not isinstance(accepted[0], str) or "*" not in accepted[0] else None
        value = obj.facets.get(facet)
        rest = _unusual(value, accepted)
        if rest is not None:
            facets[facet] = rest
            normal[facet] = None if isinstance(value, tuple) else usual
        elif rule.always and not isinstance(value, tuple) and usual is not None:
            facets[facet] = usual
    if rule.always:
        return DbObject(obj.id, obj.schema, facets)
    return DbObject(obj.id, obj.schema, facets, normal) if facets else None


def _unusual(value: Value, accepted: tuple[str | bool | None, ...]) -> Value:
    """The value, of a list the entries, that are none of the accepted ones; None where nothing is."""
    patterns = tuple(one for one in accepted if isinstance(one, str))
    if isinstance(value, tuple):
        return tuple(entry for entry in value if not _matches(patterns, entry)) or None
    if isinstance(value, str):
        return None if _matches(patterns, value) else value
    return None if any(value is one for one in accepted) else value


def _table_name(obj: DbObject) -> str:
    """The name of the table that it is or hangs on, without the schema; "" if none."""
    facets = obj.facets
    if obj.id.kind in _CARRIERS:
        name: Value = obj.id.identity
    else:
        name = facets.get("table")
        if name is None and obj.id.kind == "sequence":
            owner = facets.get("owned_by")
            name = owner.rpartition(".")[0] if isinstance(owner, str) else None
    return name.rpartition(".")[2] if isinstance(name, str) else ""


def _has_hidden(obj: DbObject) -> bool:
    if obj.id.kind == "cron_job":
        return "(hidden)" in str(obj.facets.get("command"))
    lists = (obj.facets.get(name) for name in ("settings", "options"))
    return any(entry.endswith("=(hidden)") for value in lists if isinstance(value, tuple) for entry in value)


def _said(obj: DbObject, facets: Mapping[str, Value], ignored: tuple[Ignored, ...]) -> dict[NotCompared, None]:
    """What to say about the texts that were cut."""
    return {
        entry.said: None for entry in ignored if entry.said and obj.facets.get(entry.facet) != facets.get(entry.facet)
    }


def _compared_facets(obj: DbObject, rule: Rule | None, ignored: tuple[Ignored, ...]) -> Mapping[str, Value] | None:
    """The facets that are compared; None when nothing of the object is left."""
    facets = obj.facets
    if rule is not None and rule.only:
        facets = {name: value for name, value in facets.items() if name in rule.only}
    for entry in ignored:
        if entry.facet not in facets or not _matches(entry.identity, obj.id.identity):
            continue
        value = facets[entry.facet]
        if entry.cut:
            if isinstance(value, str) and re.search(entry.cut, value):
                facets = {**facets, entry.facet: re.sub(entry.cut, r"\1", value)}
            continue
        if entry.entries is not None and isinstance(value, str) and not _matches(entry.entries, value):
            continue
        facets = {name: other for name, other in facets.items() if name != entry.facet}
        if entry.entries is not None and isinstance(value, tuple):
            rest = tuple(text for text in value if not _matches(entry.entries, text))
            if not rest and not facets:
                return None
            facets[entry.facet] = rest
    return facets


def _identity_matches(patterns: Patterns, obj: DbObject) -> bool:
    return patterns == ANY or _matches(patterns, obj.id.identity)


def _holds(obj: DbObject, facet: str, wanted: Patterns | bool) -> bool:
    value = obj.facets.get(facet)
    if isinstance(wanted, bool):
        return value is wanted
    return isinstance(value, str) and _matches(wanted, value)


def _matches(patterns: Patterns, text: str) -> bool:
    return _compiled(patterns).fullmatch(text) is not None


@cache
def _compiled(patterns: Patterns) -> re.Pattern[str]:
    alternatives = (patterns,) if isinstance(patterns, str) else patterns
    texts = (".*".join(map(re.escape, pattern.split("*"))) for pattern in alternatives)
    return re.compile("|".join(f"(?:{text})" for text in texts), re.DOTALL)
