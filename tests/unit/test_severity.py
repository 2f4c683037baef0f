"""How grave a change is, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value
from driftwatch.core.drift import ObjectChange, compare
from driftwatch.core.narrowing import narrows

Facets = Mapping[str, Value]
Obj = tuple[str, str, Facets]
RLS: Facets = {"row_security": True}
OPEN: Facets = {"row_security": False, "acl": ("anon=SELECT", "authenticated=INSERT,SELECT")}
POLICY: Facets = {"table": "public.t", "command": "select", "permissive": True, "roles": ("a",), "using": "(x = 1)"}
DEFINER: Facets = {"security_definer": True, "settings": ("search_path=''",), "acl": ("b=EXECUTE",)}


def catalog(*objects: Obj) -> Catalog:
    made = (DbObject(ObjectId(kind, name), name.partition(".")[0], facets) for kind, name, facets in objects)
    return Catalog.of(made, 170000)


def found(kind: str, before: Facets | None, after: Facets | None, *around: Obj) -> ObjectChange:
    """The change of one object called public.t, or `p on public.t`, with the same other objects on both sides."""
    name = "p on public.t" if kind in ("policy", "trigger", "constraint") else "public.t"
    sides = [catalog(*around, *([] if facets is None else [(kind, name, facets)])) for facets in (before, after)]
    [change] = compare(*sides)
    return change


CHANGED = [
    ("table", {"row_security": True}, {"row_security": False}, "security", "row level security is off"),
    ("table", {"row_security": False}, {"row_security": True}, "structural", ""),
    ("table", {}, {"row_security": False}, "security", "row level security is off"),
    ("table", {"row_security": False}, {}, "structural", ""),
    ("table", {"force_row_security": True}, {"force_row_security": False}, "security", "not forced any more"),
    ("table", {"acl": ("a=SELECT",)}, {"acl": ("a=SELECT", "anon=INSERT")}, "security", "anon key may now INSERT"),
    ("table", {"acl": ("a=INSERT,SELECT",)}, {"acl": ("a=SELECT",)}, "structural", ""),
    ("table", {"acl": ("a=SELECT",)}, {"acl": ("a=SELECT*",)}, "security", "a may now pass on SELECT"),
    ("table", {"acl": ("a=SELECT*",)}, {"acl": ("a=SELECT",)}, "structural", ""),
    ("table", {"owner": "o"}, {"owner": "o", "acl": ("o=SELECT",)}, "structural", ""),
    ("table", {"owner": "o", "acl": ("o=",)}, {"owner": "o"}, "structural", ""),
    ("table", {"acl_grantors": ("a=SELECT by b",)}, {}, "structural", ""),
    ("table", {"owner": "a"}, {"owner": "b"}, "security", "b may do everything with it now"),
    ("table", {"owner": "a"}, {"owner": "supabase_admin"}, "structural", ""),
    ("table", {"persistence": "permanent"}, {"persistence": "unlogged"}, "destructive", "emptied after a crash"),
    ("table", {"comment": "a"}, {"comment": "b"}, "cosmetic", ""),
    ("table", {"column_order": ("a", "b")}, {"column_order": ("b", "a")}, "cosmetic", ""),
    ("column", {"statistics": 1}, {"statistics": 2}, "cosmetic", ""),
    ("column", {"type": "text"}, {"type": "character varying(10)"}, "destructive", "may not fit"),
    ("column", {"type": "integer"}, {"type": "bigint"}, "structural", ""),
    ("column", {"acl": ()}, {"acl": ("anon=UPDATE",)}, "security", "anon key may now UPDATE"),
    ("policy", {**POLICY}, {**POLICY, "comment": "b"}, "cosmetic", ""),
    ("policy", {**POLICY}, {**POLICY, "using": "true"}, "security", "USING is true now, which is every row"),
    ("policy", {**POLICY}, {**POLICY, "using": "false"}, "structural", ""),
    ("policy", {**POLICY, "using": "true"}, {**POLICY}, "structural", ""),
    ("policy", {**POLICY}, {**POLICY, "using": "((x = 1) AND (y = 2))"}, "structural", ""),
    ("policy", {**POLICY}, {**POLICY, "using": "((x = 1) OR (y = 2))"}, "security", "one alternative more"),
    ("policy", {**POLICY}, {**POLICY, "using": "(y = 2)"}, "security", "may widen: USING is another condition"),
    ("policy", {**POLICY, "check": "(x = 1)"}, {**POLICY}, "structural", ""),
    ("policy", {**POLICY}, {**POLICY, "check": "true"}, "security", "WITH CHECK is true now"),
    ("policy", {**POLICY}, {**POLICY, "roles": ("a", "anon")}, "security", "widens: roles now include anon"),
    ("policy", {**POLICY, "roles": ("a", "b")}, {**POLICY}, "structural", ""),
    ("policy", {**POLICY, "roles": ("PUBLIC",)}, {**POLICY}, "structural", ""),
    ("policy", {**POLICY}, {**POLICY, "command": "all"}, "security", "permits everything now, SELECT before"),
    ("policy", {**POLICY, "command": "all"}, {**POLICY}, "structural", ""),
    ("policy", {**POLICY, "permissive": False}, {**POLICY}, "security", "it permits now"),
    ("policy", {**POLICY}, {**POLICY, "permissive": False}, "structural", ""),
    (
        "policy",
        {**POLICY, "permissive": False, "roles": ("a", "b")},
        {**POLICY, "permissive": False},
        "security",
        "no longer restricts b",
    ),
    (
        "policy",
        {**POLICY, "permissive": False},
        {**POLICY, "permissive": False, "roles": ("a", "b")},
        "structural",
        "",
    ),
    ("function", {}, {"security_definer": True}, "security", "without a search_path"),
    ("function", {"security_definer": True}, {"security_definer": False}, "structural", ""),
    ("function", DEFINER, {**DEFINER, "settings": None}, "security", "security definer without a search_path"),
    ("function", DEFINER, {**DEFINER, "settings": ("search_path=x",)}, "security", "search_path of a security definer"),
    ("function", DEFINER, {**DEFINER, "settings": ("search_path=''", "x=1")}, "structural", ""),
    ("function", {**DEFINER, "settings": None}, DEFINER, "structural", ""),
    ("function", {"settings": ("search_path=x",)}, {}, "structural", ""),
    ("function", {}, {"leakproof": True}, "security", "leakproof"),
    ("function", {"leakproof": True}, {"leakproof": False}, "structural", ""),
    ("function", {"body": "a"}, {"body": "b"}, "structural", ""),
    (
        "function",
        {**DEFINER, "owner": "a"},
        {**DEFINER, "owner": "supabase_admin"},
        "security",
        "works with the rights of supabase_admin, a superuser now",
    ),
    ("view", {"options": ("security_invoker=on",)}, {}, "security", "security_invoker is lost"),
    ("view", {"options": ("security_invoker=true",)}, {"options": ("security_invoker=1",)}, "structural", ""),
    ("view", {}, {"options": ("security_invoker=true",)}, "structural", ""),
    ("view", {"options": ("security_barrier=true",)}, {}, "security", "security_barrier is lost"),
    ("trigger", {"enabled": "origin"}, {"enabled": "disabled"}, "security", "does not fire any more"),
    ("trigger", {"enabled": "disabled"}, {"enabled": "origin"}, "structural", ""),
    ("constraint", {"triggers_disabled": False}, {"triggers_disabled": True}, "security", "is not enforced"),
    ("constraint", {"validated": True}, {"validated": False}, "security", "NOT VALID now"),
    ("constraint", {"definition": "x"}, {"definition": "x NOT ENFORCED"}, "security", "is not enforced any more"),
    ("constraint", {"validated": False}, {"validated": True}, "structural", ""),
    ("index", {"valid": True}, {"valid": False}, "structural", ""),
    ("role", {"bypass_rls": False}, {"bypass_rls": True}, "security", "sees past row level security now"),
    ("role", {"login": True}, {"login": False}, "structural", ""),
    ("role_membership", {"admin": False}, {"admin": True}, "security", "may let others in now"),
    ("role_setting", {"settings": ()}, {"settings": ("row_security=off",)}, "security", "row_security decides"),
    ("role_setting", {"settings": ()}, {"settings": ("work_mem=8MB",)}, "structural", ""),
    ("default_privileges", {}, {"acl": ("anon=SELECT",)}, "security", "on objects to come anyone with the anon key"),
    ("default_privileges", {"acl": ("anon=SELECT",)}, {}, "structural", ""),
    ("type", {"labels": ("a", "b")}, {"labels": ("a",)}, "destructive", "label b gone"),
    ("type", {"labels": ("a",)}, {"labels": ("a", "b")}, "structural", ""),
    (
        "type",
        {"attributes": ('"o d" int', "b int")},
        {"attributes": ('"o d" text',)},
        "destructive",
        "attribute b gone",
    ),
    ("language", {"trusted": False}, {"trusted": True}, "security", "trusted now"),
    ("storage_bucket", {"public": False}, {"public": True}, "security", "public now"),
]


@pytest.mark.parametrize(("kind", "before", "after", "severity", "why"), CHANGED)
def test_a_change_weighs_what_it_means(kind: str, before: Facets, after: Facets, severity: str, why: str) -> None:
    change = found(kind, before, after)
    assert (change.change, change.severity) == ("changed", severity)
    assert why in change.why
    assert bool(change.why) == (severity in ("security", "destructive"))


CAME_AND_WENT = [
    ("table", None, OPEN, (), "security", "row level security is off, and anyone with the anon key may SELECT"),
    ("table", None, {**OPEN, "row_security": True}, (), "structural", ""),
    ("table", None, {**OPEN, "acl": ("a=SELECT",)}, (), "structural", ""),
    ("table", None, OPEN, (("schema", "public", {"acl": ("a=USAGE",)}),), "structural", ""),
    ("table", None, OPEN, (("schema", "public", {"acl": ("PUBLIC=USAGE",)}),), "security", "every signed-in user may"),
    ("view", None, {"acl": ("anon=SELECT",)}, (), "security", "it reads with its owner's rights"),
    ("view", None, {"acl": ("anon=SELECT",), "options": ("security_invoker=true",)}, (), "structural", ""),
    ("materialized_view", None, {"acl": ("anon=SELECT",)}, (), "security", "it has no row level security"),
    ("function", None, {"security_definer": True}, (), "security", "without a search_path"),
    ("function", None, {**DEFINER, "acl": ("PUBLIC=EXECUTE",)}, (), "security", "every role may EXECUTE"),
    ("function", None, {**DEFINER, "acl": ("PUBLIC=EXECUTE",), "result": "trigger"}, (), "structural", ""),
    ("function", None, DEFINER, (), "structural", ""),
    ("function", None, {"acl": ("PUBLIC=EXECUTE",)}, (), "structural", ""),
    ("policy", None, POLICY, (), "security", "widens: permits SELECT to a"),
    ("policy", None, {**POLICY, "using": "true"}, (), "security", "of every row"),
    ("policy", None, {**POLICY, "permissive": False}, (), "structural", ""),
    ("policy", None, POLICY, (("table", "public.t", {"row_security": False}),), "structural", ""),
    ("policy", POLICY, None, (("table", "public.t", RLS),), "structural", ""),
    (
        "policy",
        {**POLICY, "permissive": False},
        None,
        (("table", "public.t", RLS),),
        "security",
        "no longer restricts a",
    ),
    ("role", None, {"login": True}, (), "security", "a new role that may log in"),
    ("role", None, {"login": False}, (), "structural", ""),
    ("role_membership", None, {"member": "a", "role": "b"}, (), "security", "a is in b now"),
    ("role_membership", {"member": "a", "role": "b"}, None, (), "structural", ""),
    ("parameter_grant", None, {"acl": ("a=SET",)}, (), "security", "a may now SET"),
    ("system_grant", None, {}, (), "structural", ""),
    ("system_grant", {}, None, (), "security", "granted again"),
    ("user_mapping", None, {}, (), "security", "credentials"),
    ("table", {}, None, (), "destructive", "its rows are gone"),
    ("column", {}, None, (), "destructive", "its values are gone"),
    ("materialized_view", {}, None, (), "destructive", "rows are gone"),
    ("sequence", {}, None, (), "destructive", "position"),
    ("schema", {}, None, (), "destructive", "everything in it"),
    ("view", {}, None, (), "structural", ""),
    ("index", {}, None, (), "structural", ""),
    ("trigger", {}, None, (), "structural", ""),
]


@pytest.mark.parametrize(("kind", "before", "after", "around", "severity", "why"), CAME_AND_WENT)
def test_what_came_or_went_weighs_what_it_means(
    kind: str, before: Facets | None, after: Facets | None, around: tuple[Obj, ...], severity: str, why: str
) -> None:
    change = found(kind, before, after, *around)
    assert change.severity == severity
    assert why in change.why
    assert bool(change.why) == (severity != "structural")


def test_default_privileges_that_took_execute_from_everybody_open_something_by_going() -> None:
    name = "for role postgres on functions"
    revoked = catalog(("default_privileges", name, {"role": "postgres"}))
    [gone] = compare(revoked, catalog())
    assert (gone.severity, gone.why) == ("security", "on objects to come every role may EXECUTE")
    [come] = compare(catalog(), revoked)
    assert come.severity == "structural"


def test_a_policy_that_went_with_its_table_opens_nothing() -> None:
    table = ("table", "public.t", {**RLS, "column_order": ("a",)})
    policy = ("policy", "p on public.t", {**POLICY, "permissive": False})
    assert {change.id.kind: change.severity for change in compare(catalog(table, policy), catalog())} == {
        "table": "destructive",
        "policy": "structural",
    }


def test_a_policy_that_widens_is_grave_until_row_security_has_been_off_for_good() -> None:
    for was, severity in [(True, "security"), (False, "structural")]:
        before, after = (
            catalog(
                ("table", "public.t", {"row_security": on}), ("policy", "p on public.t", {**POLICY, "using": using})
            )
            for on, using in [(was, "(x = 1)"), (False, "true")]
        )
        changes = {change.id.kind: change.severity for change in compare(before, after)}
        assert changes["policy"] == severity


def test_a_policy_of_a_new_table_is_grave_only_when_it_opens_it_to_everybody() -> None:
    table = ("table", "public.t", RLS)
    for roles, using, severity in [(("a",), "true", "structural"), (("anon",), "true", "security"),
                                   (("anon",), "(x = 1)", "structural")]:  # fmt: skip
        policy = ("policy", "p on public.t", {**POLICY, "roles": roles, "using": using})
        changes = compare(catalog(), catalog(table, policy))
        assert {change.id.kind: change.severity for change in changes}["policy"] == severity


def test_a_new_owner_that_is_a_superuser_of_this_server_gains_nothing() -> None:
    role = ("role", "boss", {"superuser": True})
    assert found("table", {"owner": "a"}, {"owner": "boss"}, role).severity == "structural"


NARROWER = [
    ("bigint", "integer", True),
    ("integer", "bigint", False),
    ("text", "character varying(5)", True),
    ("character varying(5)", "text", False),
    ("character varying(5)", "character varying(4)", True),
    ("character varying(5)", "character varying", False),
    ("numeric(10,2)", "numeric(12,4)", False),
    ("numeric(10,2)", "numeric(12,1)", True),
    ("numeric(10,2)", "numeric(10,4)", True),
    ("numeric", "numeric(10,2)", True),
    ("integer", "numeric", False),
    ("integer", "numeric(3,0)", True),
    ("timestamp with time zone", "date", True),
    ("date", "timestamp(0) without time zone", False),
    ("timestamp(6) with time zone", "timestamp(0) with time zone", True),
    ("bigint[]", "integer[]", True),
    ("bigint[]", "integer", False),
    ("text", "app.mood", False),
    ("double precision", "real", True),
]


@pytest.mark.parametrize(("old", "new", "narrower"), NARROWER)
def test_a_narrower_type_is_one_that_not_every_value_fits_into(old: str, new: str, narrower: bool) -> None:
    assert narrows(old, new) is narrower
