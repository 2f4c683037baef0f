"""What is ours to compare, and what belongs to Supabase, an extension or another tool. Rules are data.

Rules are tried in order, the first that matches decides, and what no rule matches is ours. A pattern knows
only `*` (any text); a tuple of patterns means any of them. Whatever a rule leaves out is named in
`not_compared`.
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
    HIDDEN,
    IGNORED,
    IGNORED_SUPABASE,
    OURS,
    PLAIN,
    SECRET_KINDS,
    SECRETS,
    SUPABASE,
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

_KIND = re.compile(r"[a-z_]+|\*")
_CARRIERS = ("table", "foreign_table", "view", "materialized_view")


@dataclass(frozen=True)
class Scope:
    """Which objects and facets are compared. Make one with `plain` or `supabase`."""

    rules: tuple[Rule, ...]
    ignored_facets: tuple[Ignored, ...]

    @classmethod
    def plain(cls, *, exclude: Sequence[str] = (), include: Sequence[str] = ()) -> Scope:
        """Any Postgres: everything but driftwatch's own, the history, and what belongs to the server.

        exclude, include: patterns `KIND IDENTITY`, as in `table public.tmp_*` or `* audit.*`. An exclusion
        takes with it what hangs on the excluded (columns, indexes, policies …); an inclusion beats every
        exclusion.
        """
        return cls((*user_rules(exclude, include), *OURS, *PLAIN, *CLUSTER), IGNORED)

    @classmethod
    def supabase(cls, *, exclude: Sequence[str] = (), include: Sequence[str] = ()) -> Scope:
        """A Supabase project: what its team makes, also in managed schemas, but not what Supabase makes."""
        rules = (*user_rules(exclude, include), *OURS, *SUPABASE, *CLUSTER)
        return cls(rules, (*IGNORED, *IGNORED_SUPABASE))

    def in_scope(self, obj: DbObject) -> bool:
        """Whether the object takes part in the comparison."""
        rule = self.rule_for(obj)
        return rule is None or rule.keep

    def rule_for(self, obj: DbObject) -> Rule | None:
        """The rule that decides about the object, None when none does and it is ours."""
        key = (obj.id.kind, obj.schema)
        rules = self._rules_of.get(key)
        if rules is None:
            rules = tuple(rule for rule in self.rules if _matches(rule.kind, key[0]) and _matches(rule.schema, key[1]))
            self._rules_of[key] = rules
        for rule in rules:
            if _identity_matches(rule.identity, obj) and all(_holds(obj, *condition) for condition in rule.where):
                return rule
        return None

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


def _has_hidden(obj: DbObject) -> bool:
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
