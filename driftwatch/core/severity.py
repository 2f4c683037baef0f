"""How grave a change is, by what it means: rules as data, each with its reason in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from driftwatch.core import meanings
from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.changes import SEVERITIES, Change, FacetChange, Severity
from driftwatch.core.policy_width import added_policy, changed_policy, removed_policy
from driftwatch.core.surroundings import Around, Seen


@dataclass(frozen=True, slots=True)
class Rule:
    """How grave one sort of change is. kinds: () is any. facet: "" is an object that came or went as a whole,
    "*" any facet. why: the reason, or a predicate that gives it and None where the rule does not hold.
    """

    severity: Severity
    change: Change
    facet: str
    kinds: tuple[str, ...] = ()
    why: str | Callable[[Seen], str | None] = ""


def _off(reason: str) -> Callable[[Seen], str | None]:
    """Where it is no longer so; of what is compared only as far as it is not normal, False comes from None."""
    return lambda seen: reason if seen.after is not True and seen.before is not False else None


def _on(reason: str) -> Callable[[Seen], str | None]:
    return lambda seen: reason if seen.after is True else None


ROUTINES = ("function", "procedure")
SETTINGS = ("role_setting", "database_setting")
POLICY_FACETS = ("permissive", "roles", "command", "using", "check")
RULES = (
    Rule("security", "changed", "row_security", why=_off("row level security is off")),
    Rule(
        "security",
        "changed",
        "force_row_security",
        why=_off("row level security is not forced any more: the owner sees past it"),
    ),
    Rule("security", "changed", "acl", ("default_privileges",), meanings.wider_defaults),
    Rule("security", "changed", "acl", why=meanings.gained_rights),
    Rule("security", "added", "", ("default_privileges",), meanings.wider_defaults),
    Rule("security", "removed", "", ("default_privileges",), meanings.wider_defaults),
    Rule("security", "added", "", ("system_grant", "parameter_grant"), meanings.new_grant),
    Rule("security", "removed", "", ("system_grant",), meanings.as_installed),
    Rule(
        "security",
        "added",
        "",
        ("table", "foreign_table", "materialized_view", "view"),
        meanings.reads_everything,
    ),
    Rule("security", "added", "", ("policy",), added_policy),
    Rule("security", "removed", "", ("policy",), removed_policy),
    *(Rule("security", "changed", facet, ("policy",), changed_policy) for facet in POLICY_FACETS),
    Rule("security", "added", "", ROUTINES, meanings.runs_as_owner),
    Rule("security", "changed", "security_definer", ROUTINES, meanings.became_definer),
    Rule("security", "changed", "settings", ROUTINES, meanings.settings_of_function),
    Rule("security", "changed", "leakproof", why=_on("leakproof now: it sees rows before row level security does")),
    Rule("security", "changed", "owner", why=meanings.new_owner),
    Rule("security", "changed", "options", ("view",), meanings.lost_option),
    Rule("security", "changed", "enabled", ("trigger", "event_trigger", "rule"), meanings.fires_no_more),
    Rule("security", "changed", "triggers_disabled", ("constraint",), _on("is not enforced: its triggers are off")),
    Rule(
        "security",
        "changed",
        "validated",
        ("constraint", "domain_constraint"),
        _off("NOT VALID now: rows that break it may be there"),
    ),
    Rule("security", "changed", "definition", ("constraint",), meanings.not_enforced),
    Rule("security", "added", "", ("role",), meanings.new_role),
    *(Rule("security", "changed", facet, ("role",), meanings.gained_attribute) for facet in meanings.ROLE_GAINS),
    Rule("security", "added", "", ("role_membership",), meanings.new_member),
    *(
        Rule("security", "changed", facet, ("role_membership",), meanings.gained_membership)
        for facet in meanings.MEMBERSHIP_GAINS
    ),
    Rule("security", "added", "", SETTINGS, meanings.access_setting),
    Rule("security", "removed", "", SETTINGS, meanings.access_setting),
    Rule("security", "changed", "settings", SETTINGS, meanings.access_setting),
    Rule("security", "added", "", ("user_mapping",), "a role may use credentials that the server keeps"),
    Rule("security", "added", "", ("security_label",), "a security label was added"),
    Rule("security", "removed", "", ("security_label",), "a security label is gone"),
    Rule("security", "changed", "*", ("security_label",), "a security label is another"),
    Rule(
        "security",
        "added",
        "",
        ("storage_bucket",),
        lambda seen: "public: everybody may read its files" if seen.new.get("public") is True else None,
    ),
    Rule("security", "changed", "public", ("storage_bucket",), _on("public now: everybody may read its files")),
    Rule("security", "changed", "trusted", ("language",), _on("trusted now: everybody may write functions in it")),
    Rule("destructive", "removed", "", ("table",), "its rows are gone"),
    Rule("destructive", "removed", "", ("column",), "its values are gone"),
    Rule("destructive", "removed", "", ("materialized_view",), "its stored rows are gone"),
    Rule("destructive", "removed", "", ("sequence",), "its position is gone"),
    Rule("destructive", "removed", "", ("storage_bucket",), "its files can't be reached any more"),
    Rule("destructive", "removed", "", ("schema",), "everything in it is gone"),
    Rule("destructive", "changed", "labels", ("type",), meanings.lost_entries),
    Rule("destructive", "changed", "attributes", ("type",), meanings.lost_entries),
    Rule("destructive", "changed", "type", ("column", "domain", "sequence"), meanings.narrower_type),
    Rule(
        "destructive",
        "changed",
        "persistence",
        ("table",),
        lambda seen: "unlogged now: emptied after a crash" if seen.after == "unlogged" else None,
    ),
    Rule("cosmetic", "changed", "comment"),
    Rule("cosmetic", "changed", "index_comment"),
    Rule("cosmetic", "changed", "attribute_comments"),
    Rule("cosmetic", "changed", "not_null_comment"),
    Rule("cosmetic", "changed", "column_order"),
    Rule("cosmetic", "changed", "statistics"),
    Rule("cosmetic", "changed", "index_statistics"),
)
"""The first that holds weighs a facet, structural where none does; an object weighs what its gravest facet does."""


def weigh(
    id_: ObjectId,
    change: Change,
    facets: tuple[FacetChange, ...],
    one: DbObject | None,
    other: DbObject | None,
    around: Around,
) -> tuple[Severity, str]:
    """The severity of one change, and why it is graver than structural ("" otherwise)."""
    seen = [(facet.name, facet.before, facet.after) for facet in facets] if change == "changed" else [("", None, None)]
    old, new = one.facets if one else {}, other.facets if other else {}
    present = other or one
    schema = present.schema if present else ""
    verdicts = [
        _verdict(Seen(id_, change, name, before, after, old, new, schema, around)) for name, before, after in seen
    ]
    severity = min((verdict[0] for verdict in verdicts), key=SEVERITIES.index)
    reasons = dict.fromkeys(reason for found, reason in verdicts if found == severity and reason)
    return severity, "; ".join(reasons)


def _verdict(seen: Seen) -> tuple[Severity, str]:
    for rule in _rules(seen.id.kind, seen.change, seen.facet):
        why = rule.why if isinstance(rule.why, str) else rule.why(seen)
        if why is not None:
            return rule.severity, why
    return "structural", ""


@cache
def _rules(kind: str, change: str, facet: str) -> tuple[Rule, ...]:
    return tuple(
        rule
        for rule in RULES
        if rule.change == change and rule.facet in ("*", facet) and (not rule.kinds or kind in rule.kinds)
    )
