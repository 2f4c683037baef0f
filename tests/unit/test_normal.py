"""What it means that only one side of a comparison names an object."""

from __future__ import annotations

from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.drift import compare
from driftwatch.core.normal import filled


def catalog(*objects: DbObject, unread: str = "") -> Catalog:
    left = [NotCompared(f"kind {unread}", "the login may not read them")] if unread else []
    return Catalog.of(objects, 170000, left)


def obj(kind: str, identity: str, normal: dict[str, Value] | None = None, **facets: Value) -> DbObject:
    return DbObject(ObjectId(kind, identity), "", facets, normal)


def test_a_kind_that_one_side_could_not_read_is_not_gone_there() -> None:
    there = catalog(obj("storage_bucket", "avatars"), obj("table", "public.t"))
    unread = catalog(obj("table", "public.t"), unread="storage_bucket")
    assert compare(there, unread) == compare(unread, there) == ()


def test_kinds_that_are_read_together_are_unread_together() -> None:
    there = catalog(obj("procedure", "public.p()"), obj("aggregate", "public.a(integer)"), obj("view", "public.v"))
    [change] = compare(there, catalog(unread="function"))
    assert change.id == ("view", "public.v")


def test_what_deviates_is_compared_with_what_is_normal() -> None:
    one = catalog(
        obj("table", "auth.users", {"row_security": True, "acl": None}, row_security=False, acl=("anon=SELECT",))
    )
    [change] = compare(catalog(), one)
    assert (change.change, change.id.identity) == ("changed", "auth.users")
    assert [(facet.name, facet.before, facet.after) for facet in change.facets] == [
        ("acl", None, ("anon=SELECT",)),
        ("row_security", True, False),
    ]


def test_two_that_deviate_differently_are_compared_facet_by_facet() -> None:
    one = catalog(obj("role", "supabase_x", {"superuser": False}, superuser=True))
    other = catalog(obj("role", "supabase_x", {"login": False}, login=True))
    [change] = compare(one, other)
    assert [(facet.name, facet.before, facet.after) for facet in change.facets] == [
        ("login", False, True),
        ("superuser", True, False),
    ]


def test_catalogs_of_which_nothing_deviates_stay_what_they_are() -> None:
    one, other = catalog(obj("table", "public.t")), catalog()
    assert filled(one, other) == (one, other)
    assert [change.change for change in compare(one, other)] == ["removed"]
