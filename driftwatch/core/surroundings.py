"""What stands around an object that differs: the same change means more or less because of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value
from driftwatch.core.changes import Change
from driftwatch.core.grants import compare_grants, in_words

EXPOSED = {"anon": "anyone with the anon key", "authenticated": "every signed-in user", "PUBLIC": "every role"}
"""Roles that stand for people outside the team, and who those are."""
SUPERUSERS = frozenset({"supabase_admin"})
"""Superusers of hosted databases, whose roles are no part of a compared catalog."""
WITH_ROWS = ("table", "foreign_table", "materialized_view", "view")


@dataclass(frozen=True, slots=True)
class Around:
    """Both catalogs. What one does not have may be out of scope, so it is unknown rather than absent."""

    before: Catalog
    after: Catalog

    def table_is_new(self, name: str) -> bool:
        """Whether the table came with this difference."""
        return _table(self.after, name) is not None and _table(self.before, name) is None

    def table_is_gone(self, name: str) -> bool:
        """Whether the table went with this difference."""
        return _table(self.before, name) is not None and _table(self.after, name) is None

    def without_row_security(self, name: str) -> bool:
        """Whether the table's policies are known to have had no effect, and to have none now."""
        sides = [_table(catalog, name) for catalog in (self.before, self.after)]
        known = [table.facets.get("row_security") for table in sides if table is not None]
        return bool(known) and all(state is False for state in known)

    def is_superuser(self, role: str) -> bool:
        """Whether this role, as SQL writes it, is known to be a superuser."""
        known = self.after.objects.get(ObjectId("role", role))
        return role in SUPERUSERS or (known is not None and known.facets.get("superuser") is True)

    def reachable_by(self, schema: str) -> frozenset[str]:
        """Which exposed roles may use what is in a schema; all of them when the schema is not known."""
        known = self.after.objects.get(ObjectId("schema", schema))
        if known is None:
            return frozenset(EXPOSED)
        users = {role for role, rights in compare_grants(None, known.facets.get("acl")).gained if "USAGE" in rights}
        return frozenset(EXPOSED) if "PUBLIC" in users else frozenset(users & EXPOSED.keys())


@dataclass(frozen=True, slots=True)
class Seen:
    """One facet of an object that differs; facet is "" for an object that came or went as a whole."""

    id: ObjectId
    change: Change
    facet: str
    before: Value
    after: Value
    old: Mapping[str, Value]
    new: Mapping[str, Value]
    schema: str
    around: Around

    @property
    def present(self) -> Mapping[str, Value]:
        """The facets where the object is: after, or before when it is gone."""
        return self.old if self.change == "removed" else self.new

    @property
    def table(self) -> str:
        """The table that the object is a part of, "" for none."""
        return str(self.present.get("table") or "")

    def outsiders(self) -> str:
        """What exposed roles may do with the object now: `anyone with the anon key may SELECT, …`, "" for nothing."""
        reach = self.around.reachable_by(self.schema)
        gained = compare_grants(None, self.new.get("acl")).gained
        listed = [one for one in gained if one[0] in reach or (one[0] == "PUBLIC" and reach)]
        return ", ".join(f"{who(role)} may {in_words(rights)}" for role, rights in listed)


def who(role: str) -> str:
    """A role in words where it stands for people outside."""
    return EXPOSED.get(role, role)


def _table(catalog: Catalog, name: str) -> DbObject | None:
    for kind in WITH_ROWS:
        found = catalog.objects.get(ObjectId(kind, name))
        if found is not None:
            return found
    return None
