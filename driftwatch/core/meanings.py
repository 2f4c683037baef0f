"""What single changes mean: small predicates that give the reason in words, or None where they see nothing grave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from driftwatch.core.catalog import Value
from driftwatch.core.grants import EVERYTHING, Rights, compare_grants, in_words
from driftwatch.core.narrowing import narrows
from driftwatch.core.surroundings import Seen, who

OFF = ("disabled", "replica")
"""States in which a trigger does not fire for ordinary sessions."""
ROLE_GAINS = {
    "superuser": "is a superuser",
    "create_role": "may create and change roles",
    "create_db": "may create databases",
    "login": "may log in",
    "replication": "may replicate everything",
    "bypass_rls": "sees past row level security",
    "inherit": "has the rights of its roles without asking for them",
}
MEMBERSHIP_GAINS = {
    "admin": "may let others in",
    "inherit": "has the role's rights without asking for them",
    "set": "may become the role",
}
NEW_ROLE = ("superuser", "create_role", "login", "replication", "bypass_rls")
"""Attributes that make a new role a matter of security."""
SETTINGS = {
    "role": "other rights",
    "row_security": "how row level security is applied",
    "session_authorization": "other rights",
    "session_replication_role": "whether triggers fire",
    "session_preload_libraries": "code that is loaded",
    "local_preload_libraries": "code that is loaded",
    "pgrst.db_schemas": "which schemas the API exposes",
    "pgrst.db_extra_search_path": "which schemas the API exposes",
    "pgrst.db_pre_request": "what is checked before each API request",
}
"""Settings of roles and databases that decide about access, and what they decide."""
_TRUE = frozenset({"true", "tru", "tr", "t", "on", "yes", "ye", "y", "1"})


def gained_rights(seen: Seen) -> str | None:
    """Somebody other than the owner has privileges that they did not have."""
    owners = {seen.old.get("owner"), seen.new.get("owner")}
    return _may(_not_of(compare_grants(seen.before, seen.after).gained, owners), "may now")


def wider_defaults(seen: Seen) -> str | None:
    """The grants of objects to come are wider; a role without an entry has Postgres's own defaults."""
    owners = {seen.present.get("role")}
    before = _default_grants(seen, seen.old, there=seen.change != "added")
    after = _default_grants(seen, seen.new, there=seen.change != "removed")
    gained = _may(_not_of(compare_grants(before, after).gained, owners), "may")
    return f"on objects to come {gained}" if gained else None


def new_grant(seen: Seen) -> str | None:
    """An object that is nothing but grants."""
    return _may(compare_grants(None, seen.new.get("acl")).gained, "may now")


def as_installed(seen: Seen) -> str | None:
    """Grants on a built-in object are as installed again, which is more where something had been taken away."""
    gained = compare_grants(seen.old.get("acl"), None)
    return None if gained.lost else "what had been revoked from it is granted again"


def reads_everything(seen: Seen) -> str | None:
    """A relation that came with rights of people outside, and with nothing that keeps rows from them."""
    if seen.id.kind == "table" and seen.new.get("row_security") is not False:
        return None
    if seen.id.kind == "view" and is_on(seen.new.get("options"), "security_invoker"):
        return None
    outsiders = seen.outsiders()
    if not outsiders:
        return None
    lack = {"table": "row level security is off", "view": "it reads with its owner's rights"}
    return f"{lack.get(seen.id.kind, 'it has no row level security')}, and {outsiders}"


def runs_as_owner(seen: Seen) -> str | None:
    """A new function that runs with its owner's rights: on any search_path, or for people outside."""
    if seen.new.get("security_definer") is not True:
        return None
    if not has_search_path(seen.new):
        return "security definer without a search_path of its own"
    outsiders = "" if seen.new.get("result") in ("trigger", "event_trigger") else seen.outsiders()
    return f"security definer, and {outsiders}" if outsiders else None


def became_definer(seen: Seen) -> str | None:
    if seen.after is not True:
        return None
    lack = "" if has_search_path(seen.new) else ", without a search_path of its own"
    return f"runs with its owner's rights now{lack}"


def settings_of_function(seen: Seen) -> str | None:
    """The settings of a function matter to security where it runs with its owner's rights."""
    if seen.new.get("security_definer") is not True or _path(seen.old) == _path(seen.new):
        return None
    if not has_search_path(seen.new):
        return "security definer without a search_path of its own"
    return "the search_path of a security definer is another" if has_search_path(seen.old) else None


def new_owner(seen: Seen) -> str | None:
    """Another owner may do everything with an object; what runs with its owner's rights has others now."""
    owner = str(seen.after or "")
    if not owner:
        return None
    superuser = seen.around.is_superuser(owner)
    named = f"{owner}, a superuser" if superuser else owner
    definer = seen.new.get("security_definer") is True or seen.id.kind in ("event_trigger", "materialized_view")
    if definer or (seen.id.kind == "view" and not is_on(seen.new.get("options"), "security_invoker")):
        return f"works with the rights of {named} now"
    return None if superuser else f"{named} may do everything with it now"


def lost_option(seen: Seen) -> str | None:
    """A view no longer reads with the reader's rights, or lets functions see rows before its own conditions."""
    lost = [name for name in ("security_invoker", "security_barrier") if is_on(seen.before, name)]
    lost = [name for name in lost if not is_on(seen.after, name)]
    if "security_invoker" in lost:
        return "security_invoker is lost: it reads with its owner's rights, past row level security"
    return "security_barrier is lost: functions may see rows that it hides" if lost else None


def fires_no_more(seen: Seen) -> str | None:
    if seen.after not in OFF or seen.before in OFF:
        return None
    return "does not fire any more" if seen.after == "disabled" else "fires only while replicating"


def not_enforced(seen: Seen) -> str | None:
    ends = isinstance(seen.after, str) and seen.after.endswith("NOT ENFORCED")
    return "is not enforced any more" if ends and not str(seen.before).endswith("NOT ENFORCED") else None


def gained_attribute(seen: Seen) -> str | None:
    meaning = ROLE_GAINS.get(seen.facet)
    return f"{meaning} now" if meaning and seen.after is True else None


def new_role(seen: Seen) -> str | None:
    able = [ROLE_GAINS[name] for name in NEW_ROLE if seen.new.get(name) is True]
    return f"a new role that {', '.join(able)}" if able else None


def new_member(seen: Seen) -> str:
    return f"{seen.new.get('member', 'a role')} is in {seen.new.get('role', 'another')} now"


def gained_membership(seen: Seen) -> str | None:
    meaning = MEMBERSHIP_GAINS.get(seen.facet)
    return f"{meaning} now" if meaning and seen.after is True else None


def access_setting(seen: Seen) -> str | None:
    """A setting of a role or database that decides about access came, went or is another."""
    old, new = _assignments(seen.old.get("settings")), _assignments(seen.new.get("settings"))
    found = [name for name in SETTINGS if old.get(name) != new.get(name)]
    return ", ".join(f"{name} decides {SETTINGS[name]}" for name in found) or None


def narrower_type(seen: Seen) -> str | None:
    if isinstance(seen.before, str) and isinstance(seen.after, str) and narrows(seen.before, seen.after):
        return f"values of {seen.before} may not fit into {seen.after}"
    return None


def lost_entries(seen: Seen) -> str | None:
    """Labels or attributes of a type are gone."""
    kept = set(_names(seen, seen.after))
    gone = [name for name in _names(seen, seen.before) if name not in kept]
    word = "label" if seen.facet == "labels" else "attribute"
    return f"{word}{'s' if len(gone) > 1 else ''} {', '.join(gone)} gone" if gone else None


def is_on(options: Value, name: str) -> bool:
    """Whether a boolean option is set, as Postgres reads booleans."""
    return _assignments(options).get(name, "").lower() in _TRUE


def has_search_path(facets: Mapping[str, Value]) -> bool:
    """Whether a function sets its own search_path."""
    return _path(facets) is not None


def _path(facets: Mapping[str, Value]) -> str | None:
    return _assignments(facets.get("settings")).get("search_path")


def _assignments(entries: Value) -> dict[str, str]:
    parts = [entry.partition("=") for entry in entries] if isinstance(entries, tuple) else []
    return {name: value for name, _, value in parts}


def _names(seen: Seen, value: Value) -> list[str]:
    entries = value if isinstance(value, tuple) else ()
    return list(entries) if seen.facet == "labels" else [_first_name(entry) for entry in entries]


def _first_name(entry: str) -> str:
    """The possibly quoted name that an attribute begins with."""
    if not entry.startswith('"'):
        return entry.partition(" ")[0]
    end = entry.find('"', 1)
    while entry[end + 1 : end + 2] == '"':
        end = entry.find('"', end + 2)
    return entry[: end + 1] if end > 0 else entry


def _default_grants(seen: Seen, facets: Mapping[str, Value], *, there: bool) -> Value:
    if there or " in schema " in seen.id.identity:
        return facets.get("acl")
    if seen.id.identity.endswith(" on functions"):
        return ("PUBLIC=EXECUTE",)
    return ("PUBLIC=USAGE",) if seen.id.identity.endswith(" on types") else None


def _not_of(gained: Iterable[Rights], owners: set[Value]) -> list[Rights]:
    return [(role, rights) for role, rights in gained if role not in owners]


def _may(gained: Iterable[Rights], may: str) -> str | None:
    words = [f"{who(role)} {may} {in_words(rights, 'pass on')}" for role, rights in gained if rights != (EVERYTHING,)]
    return ", ".join(words) or None
