"""Whether a policy lets through more than before. What can't be told counts as more."""

from __future__ import annotations

from collections.abc import Mapping

from driftwatch.core.catalog import Value
from driftwatch.core.surroundings import EXPOSED, Seen


def added_policy(seen: Seen) -> str | None:
    """A permissive policy lets rows through that nothing let through before."""
    if not _permissive(seen) or seen.around.without_row_security(seen.table):
        return None
    everything = _is_true(seen.new.get("using")) or _is_true(_check(seen.new))
    if seen.around.table_is_new(seen.table) and not (everything and EXPOSED.keys() & set(_roles(seen.new))):
        return None
    rows = ", of every row" if everything else ""
    return f"widens: permits {_command(seen.new)} to {_named(seen.new)}{rows}"


def removed_policy(seen: Seen) -> str | None:
    """Only what restricts opens something by going; without a permissive one less is let through."""
    if _permissive(seen) or seen.around.table_is_gone(seen.table) or seen.around.without_row_security(seen.table):
        return None
    return f"widens: it no longer restricts {_named(seen.old)}"


def changed_policy(seen: Seen) -> str | None:
    """One facet of a policy that both sides have."""
    if seen.around.without_row_security(seen.table):
        return None
    if seen.facet == "permissive":
        return "widens: it permits now, and restricted before" if seen.after is True else None
    if seen.facet == "roles":
        return _wider_roles(seen)
    if seen.facet == "command":
        return _wider_command(seen)
    return _wider_rows(seen)


def _wider_roles(seen: Seen) -> str | None:
    old, new = set(_roles(seen.old)), set(_roles(seen.new))
    if _permissive(seen):
        come = sorted(new - old)
        return f"widens: roles now include {', '.join(come)}" if come and "PUBLIC" not in old else None
    gone = sorted(old - new)
    return f"widens: it no longer restricts {', '.join(gone)}" if gone and "PUBLIC" not in new else None


def _wider_command(seen: Seen) -> str | None:
    if seen.before == "all" if _permissive(seen) else seen.after == "all":
        return None
    verb = "permits" if _permissive(seen) else "restricts only"
    return f"widens: it {verb} {_command(seen.new)} now, {_command(seen.old)} before"


def _wider_rows(seen: Seen) -> str | None:
    using = seen.facet == "using"
    old = seen.before if using else _check(seen.old)
    new = seen.after if using else _check(seen.new)
    if old == new or _is_true(old) or new == "false" or _has_condition_more(old, new, "AND"):
        return None
    name = "USING" if using else "WITH CHECK"
    if _is_true(new):
        return f"widens: {name} is true now, which is every row"
    if _has_condition_more(old, new, "OR"):
        return f"widens: {name} has one alternative more"
    return f"may widen: {name} is another condition"


def _has_condition_more(old: Value, new: Value, word: str) -> bool:
    """Whether the new expression is the old one with AND or OR and something behind it, as Postgres writes it."""
    return isinstance(old, str) and isinstance(new, str) and new.startswith(f"({old} {word} ") and new.endswith(")")


def _permissive(seen: Seen) -> bool:
    return seen.present.get("permissive") is not False


def _roles(facets: Mapping[str, Value]) -> tuple[str, ...]:
    roles = facets.get("roles")
    return roles if isinstance(roles, tuple) else ()


def _named(facets: Mapping[str, Value]) -> str:
    return ", ".join(_roles(facets)) or "its roles"


def _command(facets: Mapping[str, Value]) -> str:
    command = str(facets.get("command") or "all")
    return "everything" if command == "all" else command.upper()


def _check(facets: Mapping[str, Value]) -> Value:
    """What new rows are checked with: USING where there is no WITH CHECK."""
    check = facets.get("check")
    return facets.get("using") if check is None else check


def _is_true(expression: Value) -> bool:
    return expression == "true"
