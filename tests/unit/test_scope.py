"""What is ours and what is Supabase's, an extension's or the server's."""

from __future__ import annotations

from typing import get_args

import pytest
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.drift import compare
from driftwatch.core.scope import DATA, DATA_DEFAULT, Scope, apply_scope
from driftwatch.core.scope_platform import MEMBERSHIPS, ROLES
from driftwatch.settings import Compare, Data


def obj(kind: str, identity: str, schema: str = "public", **facets: Value) -> DbObject:
    return DbObject(ObjectId(kind, identity), schema, facets)


OURS = [
    obj("table", "public.orders"),
    obj("table", "authors.books", "authors"),
    obj("schema", "app", "app"),
    obj("policy", '"avatars" on storage.objects', "storage", table="storage.objects"),
    obj("policy", "p on realtime.messages", "realtime", table="realtime.messages"),
    obj("trigger", "on_user on auth.users", "auth", function_schema="public"),
    obj("trigger", "hook on public.orders", "public", function_schema="supabase_functions"),
    obj("constraint", "fk on public.orders", "public", definition="FOREIGN KEY (u) REFERENCES auth.users(id)"),
    obj("extension", "vector", "", in_schema="extensions"),
    obj("extension", "pg_cron", "", in_schema="pg_catalog"),
    obj("role", "app_user", "", superuser=False),
    obj("role_membership", "authenticator in app_user", "", member="authenticator", role="app_user"),
    obj("role_membership", "app_user in authenticated", "", member="app_user", role="authenticated"),
    obj("role_setting", "anon", "", role="anon"),
    obj("role_setting", "authenticator in this database", "", role="authenticator"),
    obj("role_setting", "app_user", "", role="app_user"),
    obj("database_setting", "this database", "", settings=("statement_timeout=1min",)),
    obj("default_privileges", "for role postgres in schema public on tables", "public", role="postgres"),
    obj("event_trigger", "audit_ddl", "", owner="postgres"),
    obj("publication", "supabase_realtime", "", owner="supabase_admin", tables=("public.orders",)),
    obj("publication", "mine", "", owner="postgres"),
    obj("role", "back_door", "", superuser=True),
    obj("role_membership", "anon in service_role", "", member="anon", role="service_role"),
    obj(
        "role_membership", "supabase_auth_admin in service_role", "", member="supabase_auth_admin", role="service_role"
    ),
    obj("role_membership", "authenticated in pg_read_all_data", "", member="authenticated", role="pg_read_all_data"),
    obj("role_membership", "supabase_x in supabase_admin", "", member="supabase_x", role="supabase_admin"),
    obj("role_setting", "authenticator in this database", "", role="authenticator", settings=("work_mem=1GB",)),
    obj("trigger", "hook on auth.users", "auth", function_schema="supabase_functions"),
    obj("function", "auth.is_admin()", "auth", owner="postgres"),
    obj("policy", "p on pgmq.q_mail", "pgmq", table="pgmq.q_mail"),
    obj("storage_bucket", "avatars", "storage"),
    obj("cron_job", "nightly", "cron"),
    obj("cast", "public.a as text", ""),
    obj("server", "srv", ""),
]
NOT_OURS = [
    obj("schema", "auth", "auth"),
    obj("table", "auth.users", "auth"),
    obj("column", "auth.users.id", "auth"),
    obj("function", "extensions.helper()", "extensions"),
    obj("table", "supabase_migrations.schema_migrations", "supabase_migrations"),
    obj("table", "driftwatch.runs", "driftwatch"),
    obj("function", "driftwatch_guard.elevate(text)", "driftwatch_guard"),
    obj("event_trigger", "driftwatch_guard_end", "", owner="supabase_admin"),
    obj("trigger", "update_objects_updated_at on storage.objects", "storage", function_schema="storage"),
    obj("policy", "cron_job_policy on cron.job", "cron"),
    obj("extension", "pg_graphql", ""),
    obj("extension", "pg_stat_statements", ""),
    obj("extension", "plpgsql", ""),
    obj("role", "supabase_auth_admin", "", superuser=False),
    obj("role", "cli_login_x", "", superuser=False),
    obj("role", "alice", "", superuser=True, bootstrap=True),
    obj("role", "supabase_admin", "", superuser=True, bootstrap=True),
    obj("role_membership", "postgres in anon", "", member="postgres", role="anon", admin=True, inherit=True),
    obj("role_membership", "supabase_storage_admin in authenticator", "", member="supabase_storage_admin",
        role="authenticator", admin=False),
    obj("role_membership", "supabase_admin in app_user", "", member="supabase_admin", role="app_user", admin=True),
    obj("table", "public.alembic_version"),
    obj("column", '"other app"."SequelizeMeta".name', "other app", table='"other app"."SequelizeMeta"'),
    obj("sequence", "jobs.goose_db_version_id_seq", "jobs", owned_by="jobs.goose_db_version.id"),
    obj("vault_secret", "api_key", "vault"),
    obj(
        "role_membership", "postgres in app_user", "",
        member="postgres", role="app_user", admin=True, inherit=False, set=False,
    ),
    obj("role_setting", "supabase_admin", "", role="supabase_admin"),
    obj("database_setting", "this database", "", settings=("app.settings.jwt_secret=(hidden)",)),
    obj("default_privileges", "for role supabase_admin in schema public on tables", "public", role="supabase_admin"),
    obj("default_privileges", "for role postgres in schema storage on tables", "storage", role="postgres"),
    obj("event_trigger", "issue_pg_net_access", "", owner="postgres"),
    obj("event_trigger", "anything", "", owner="supabase_admin"),
    obj("publication", "supabase_realtime_messages_publication", "", owner="supabase_admin"),
    obj("system_grant", "function pg_catalog.pg_sleep(double precision)", ""),
    obj("database", "this database", ""),
]  # fmt: skip


def kept(scope: Scope, *objects: DbObject) -> list[str]:
    return [found.id.identity for found in apply_scope(Catalog.of(objects, 170000), scope)]


@pytest.mark.parametrize("found", OURS, ids=lambda found: " ".join(found.id))
def test_what_a_team_makes_is_compared(found: DbObject) -> None:
    assert kept(Scope.supabase(), found) == [found.id.identity]


@pytest.mark.parametrize("found", NOT_OURS, ids=lambda found: " ".join(found.id))
def test_what_supabase_makes_is_not(found: DbObject) -> None:
    assert kept(Scope.supabase(), found) == []


def test_what_is_left_out_is_named_with_the_reason() -> None:
    catalog = Catalog.of(NOT_OURS, 170000, [NotCompared("kind conversion", "may not be read")])
    left = {entry.what: entry.reason for entry in apply_scope(catalog, Scope.supabase()).not_compared}
    assert left["kind conversion"] == "may not be read"
    assert left["extension pg_graphql, pg_stat_statements"].startswith("installed by Supabase")
    [record] = [reason for what, reason in left.items() if '"other app"."SequelizeMeta".name' in what]
    assert record == "the record that another tool keeps of its migrations"
    [schemas] = [what for what, reason in left.items() if reason == "managed by Supabase" and "schema auth" in what]
    assert "auth.users" not in schemas


def test_every_object_that_is_left_out_is_named_somewhere() -> None:
    everything = " ".join(e.what for e in apply_scope(Catalog.of(NOT_OURS, 170000), Scope.supabase()).not_compared)
    for found in NOT_OURS:
        assert (
            found.id.identity in everything
            or found.schema in everything.replace(",", "").split()
            or found.facets.get("settings")
        )


def test_of_the_realtime_publication_owner_and_comment_do_not_count() -> None:
    publication = obj("publication", "supabase_realtime", "", owner="a", comment="b", via_root=True, tables=("t",))
    [found] = apply_scope(Catalog.of([publication], 170000), Scope.supabase())
    assert found.facets == {"via_root": True, "tables": ("t",)}


def test_extension_versions_and_owners_do_not_count() -> None:
    [found] = apply_scope(Catalog.of([obj("extension", "vector", "", version="0.8", owner="x", in_schema="e")], 1),
                          Scope.supabase())  # fmt: skip
    assert found.facets == {"in_schema": "e"}


def test_platform_settings_are_taken_out_of_the_list_and_the_rest_stays() -> None:
    settings = ("app.settings.jwt_exp=3600", "app.settings.jwt_secret=(hidden)", "search_path=x")
    [found] = apply_scope(Catalog.of([obj("database_setting", "this database", "", settings=settings)], 1),
                          Scope.supabase())  # fmt: skip
    assert found.facets == {"settings": ("search_path=x",)}


def test_hidden_values_are_said() -> None:
    settings = ("app.api_key=(hidden)",)
    catalog = apply_scope(
        Catalog.of([obj("database_setting", "this database", "", settings=settings)], 1), Scope.plain()
    )
    assert any("secret-looking" in entry.what for entry in catalog.not_compared)


def test_owner_and_comment_of_public_count_on_supabase_only_where_no_project_has_them_so() -> None:
    usual = obj("schema", "public", "public", owner="pg_database_owner", comment="standard public schema",
                acl=("anon=USAGE", "postgres=CREATE,USAGE"))  # fmt: skip
    assert facets_of(usual) == {"acl": ("anon=USAGE",)}
    changed = obj("schema", "public", "public", owner="alice", comment="@graphql({})")
    assert facets_of(changed) == {"owner": "alice", "comment": "@graphql({})"}
    [plain] = apply_scope(Catalog.of([usual], 1), Scope.plain())
    assert plain.facets["owner"] == "pg_database_owner"


ATTRIBUTES = ("superuser", "login", "create_db", "create_role", "replication", "bypass_rls", "inherit")


def role(name: str, given: str) -> DbObject:
    return obj("role", name, "", **{one: one in given.split() for one in ATTRIBUTES})


def facets_of(found: DbObject, scope: Scope | None = None) -> dict[str, Value] | None:
    """What is compared of one object, None when it is left out."""
    kept_ = list(apply_scope(Catalog.of([found], 170000), scope or Scope.supabase()))
    return dict(kept_[0].facets) if kept_ else None


def test_a_role_is_the_same_in_each_form_that_some_age_gives_it() -> None:
    assert facets_of(role("anon", "inherit")) == facets_of(role("anon", ""))
    for given in ("login create_role", "login", "login inherit"):
        assert facets_of(role("supabase_auth_admin", given)) is None
    assert facets_of(role("supabase_not_known_yet", "login replication bypass_rls")) is None


def test_of_a_platforms_role_that_somebody_changed_what_deviates_is_compared() -> None:
    assert facets_of(role("supabase_auth_admin", "login bypass_rls")) == {"bypass_rls": True}
    assert facets_of(role("supabase_read_only_user", "login")) == {"bypass_rls": False}
    assert facets_of(role("supabase_not_known_yet", "superuser")) == {"superuser": True}


def test_a_platforms_role_that_one_side_lacks_is_normal_there_and_not_gone() -> None:
    changed = apply_scope(Catalog.of([role("supabase_etl_admin", "login replication superuser")], 170000),
                          Scope.supabase())  # fmt: skip
    nothing = Catalog.of([], 170000)
    [change] = compare(nothing, changed)
    assert (change.change, [(one.name, one.before, one.after) for one in change.facets]) == (
        "changed",
        [("superuser", False, True)],
    )
    [back] = compare(changed, nothing)
    assert [(one.name, one.before, one.after) for one in back.facets] == [("superuser", True, False)]


def test_what_every_project_has_counts_when_it_is_gone() -> None:
    there = [
        obj("role_membership", "authenticator in anon", "", member="authenticator", role="anon", admin=False),
        obj("extension", "pgcrypto", "", in_schema="extensions"),
        role("anon", "inherit"),
    ]
    before = apply_scope(Catalog.of(there, 170000), Scope.supabase())
    assert len(before) == len(there)
    assert before.not_compared[-1].what == "passwords of roles"
    assert [change.change for change in compare(before, Catalog.of([], 170000))] == ["removed"] * 3


def test_the_platforms_memberships_differ_by_major_and_by_nothing_else() -> None:
    old = obj("role_membership", "authenticator in anon", "", member="authenticator", role="anon", admin=False)
    new = obj("role_membership", "authenticator in anon", "", member="authenticator", role="anon", admin=False,
              inherit=False, set=True)  # fmt: skip
    assert facets_of(old) == facets_of(new)
    passed_on = obj("role_membership", "authenticator in anon", "", member="authenticator", role="anon", admin=False,
                    inherit=True, set=True)  # fmt: skip
    assert facets_of(passed_on) == {"admin": False, "inherit": True}
    as_admin = obj("role_membership", "supabase_storage_admin in authenticator", "", member="supabase_storage_admin",
                   role="authenticator", admin=True)  # fmt: skip
    assert facets_of(as_admin) == {"admin": True}


def test_every_member_of_the_table_of_memberships_is_a_role_of_the_table_of_roles() -> None:
    assert set(MEMBERSHIPS) <= set(ROLES)


GRANTS = [
    ("table", "auth.users", "auth", "anon=SELECT"),
    ("column", "auth.users.email", "auth", "authenticated=SELECT"),
    ("schema", "vault", "vault", "anon=USAGE"),
    ("schema", "auth", "auth", "authenticated=CREATE,USAGE"),
    ("function", "pgbouncer.get_auth(text)", "pgbouncer", "PUBLIC=EXECUTE"),
    ("table", "storage.objects", "storage", "reporting=SELECT"),
    ("table", "storage.s3_multipart_uploads", "storage", "anon=INSERT"),
    ("database", "this database", "", "anon=CREATE"),
    ("system_grant", "function pg_catalog.pg_read_file(text)", "", "authenticated=EXECUTE"),
    ("parameter_grant", "session_replication_role", "", "authenticated=SET"),
    ("default_privileges", "for role supabase_auth_admin in schema auth on tables", "auth", "anon=SELECT"),
    ("default_privileges", "for role supabase_admin in schema public on tables", "public", "PUBLIC=SELECT"),
]


@pytest.mark.parametrize(("kind", "identity", "schema", "grant"), GRANTS, ids=[f"{one[1]}: {one[3]}" for one in GRANTS])
def test_of_grants_on_what_is_supabases_only_those_that_it_does_not_make_are_compared(
    kind: str, identity: str, schema: str, grant: str
) -> None:
    usual = ("postgres=ALL", "supabase_auth_admin=ALL", "dashboard_user=ALL")
    assert facets_of(obj(kind, identity, schema, acl=usual)) is None
    assert facets_of(obj(kind, identity, schema, acl=(*usual, grant))) == {"acl": (grant,)}


def test_row_level_security_of_what_holds_peoples_data_is_compared_where_it_is_off() -> None:
    for name in ("auth.users", "storage.objects", "storage.buckets", "realtime.messages"):
        schema = name.partition(".")[0]
        assert facets_of(obj("table", name, schema, row_security=True)) is None
        assert facets_of(obj("table", name, schema, row_security=False)) == {"row_security": False}


def test_a_scope_changes_nothing_in_what_it_has_left() -> None:
    for scope in (Scope.supabase(), Scope.plain()):
        once = apply_scope(Catalog.of([*OURS, *NOT_OURS, role("supabase_etl_admin", "superuser")], 170000), scope)
        twice = apply_scope(once, scope)
        assert dict(twice.objects) == dict(once.objects)


def test_data_that_behaves_like_schema_is_compared_as_the_configuration_says() -> None:
    rows = [obj(kind, "x", "s") for kind in DATA if kind != "realtime"]
    rows.append(obj("publication", "supabase_realtime", "", tables=("public.orders",)))
    for make in (Scope.supabase, Scope.plain):
        assert len(kept(make(data=tuple(DATA)), *rows)) == len(DATA)
        assert kept(make(data=()), *rows) == []
    none = apply_scope(Catalog.of(rows, 170000), Scope.supabase(data=()))
    assert any('"storage_bucket" is not in [compare] data' in one.reason for one in none.not_compared)


def test_the_record_of_another_tool_is_compared_when_it_is_included() -> None:
    parts = (
        obj("table", "public.schema_migrations"),
        obj("column", "public.schema_migrations.version", table="public.schema_migrations"),
        obj("table", "public.my_schema_migrations"),
        obj("view", "public.migrations"),
    )
    for make in (Scope.supabase, Scope.plain):
        assert kept(make(), *parts) == ["public.my_schema_migrations", "public.migrations"]
        assert len(kept(make(include=["table public.schema_migrations"]), *parts)) == 4


def test_a_plain_postgres_keeps_schemas_that_supabase_would_own() -> None:
    scope = Scope.plain()
    assert kept(scope, obj("table", "auth.users", "auth"), obj("role", "anon", "", superuser=False)) == [
        "auth.users",
        "anon",
    ]
    boss = obj("role", "boss", "", superuser=True, bootstrap=True)
    assert kept(scope, boss, obj("extension", "plpgsql", "")) == []
    assert kept(scope, obj("role", "new_boss", "", superuser=True)) == ["new_boss"]
    assert kept(scope, obj("table", "driftwatch.x", "driftwatch")) == []


def test_secrets_that_are_never_read_are_named_where_they_could_be() -> None:
    catalog = apply_scope(Catalog.of([obj("subscription", "s", "")], 1), Scope.plain())
    assert [entry.what for entry in catalog.not_compared] == ["connection strings of subscriptions"]


def test_an_excluded_table_takes_its_parts_with_it() -> None:
    scope = Scope.supabase(exclude=["table public.tmp_*"])
    found = kept(
        scope,
        obj("table", "public.tmp_a"),
        obj("column", "public.tmp_a.id", table="public.tmp_a"),
        obj("policy", "p on public.tmp_a", table="public.tmp_a"),
        obj("sequence", "public.tmp_a_id_seq", owned_by="public.tmp_a.id"),
        obj("view", "public.tmp_v"),
        obj("table", "public.attmp_a"),
    )
    assert found == ["public.tmp_v", "public.attmp_a"]


def test_an_excluded_schema_takes_everything_in_it() -> None:
    scope = Scope.plain(exclude=["schema audit"])
    objects = obj("schema", "audit", "audit"), obj("table", "audit.log", "audit"), obj("table", "public.audit")
    assert kept(scope, *objects) == ["public.audit"]


def test_patterns_without_a_kind_and_with_arguments_work() -> None:
    f = obj("function", "public.f(integer, text[])")
    assert kept(Scope.plain(exclude=["public.f(integer, text[])"]), f) == []
    assert kept(Scope.plain(exclude=["function public.f(integer, *)"]), f) == []
    assert kept(Scope.plain(exclude=["table public.f*"]), f) == ["public.f(integer, text[])"]
    assert kept(Scope.plain(exclude=['policy "My * Policy" on public.a']),
                obj("policy", '"My Big Policy" on public.a')) == []  # fmt: skip


def test_an_inclusion_beats_an_exclusion_and_supabases_rules() -> None:
    scope = Scope.supabase(exclude=["table public.*"], include=["table public.keep", "table auth.mine"])
    objects = obj("table", "public.keep"), obj("table", "public.other"), obj("table", "auth.mine", "auth")
    assert kept(scope, *objects) == ["public.keep", "auth.mine"]


def test_an_exclusion_is_said() -> None:
    catalog = apply_scope(Catalog.of([obj("view", "public.v")], 1), Scope.plain(exclude=["view public.v"]))
    assert catalog.not_compared == (NotCompared("view public.v", "excluded by the configuration (view public.v)"),)


def test_in_scope_answers_for_one_object() -> None:
    assert Scope.supabase().in_scope(OURS[0])
    assert not Scope.supabase().in_scope(NOT_OURS[0])


def test_options_of_vector_indexes_are_left_out_and_said() -> None:
    with_options = "CREATE INDEX i ON public.t USING hnsw (v extensions.vector_l2_ops) WITH (m='16') WHERE (a > 1)"
    obj = DbObject(ObjectId("index", "public.i"), "public", {"definition": with_options})
    scoped = apply_scope(Catalog.of([obj], 170000), Scope.supabase())
    assert scoped.objects[obj.id].facets["definition"] == with_options.replace(" WITH (m='16')", "")
    assert "options of hnsw and ivfflat indexes" in [one.what for one in scoped.not_compared]


def test_options_of_other_indexes_are_compared() -> None:
    definition = "CREATE INDEX i ON public.t USING btree (v) WITH (fillfactor='70')"
    obj = DbObject(ObjectId("index", "public.i"), "public", {"definition": definition})
    assert apply_scope(Catalog.of([obj], 170000), Scope.supabase()).objects[obj.id] is obj


def test_modifiers_of_postgis_types_are_left_out_and_said() -> None:
    obj = DbObject(ObjectId("column", "public.t.g"), "public", {"type": "extensions.geography(Point,4326)"})
    scoped = apply_scope(Catalog.of([obj], 170000), Scope.supabase())
    assert scoped.objects[obj.id].facets["type"] == "extensions.geography"
    assert "modifiers of the types geography and geometry" in [one.what for one in scoped.not_compared]


def test_the_settings_know_the_same_kinds_of_data_as_the_scope() -> None:
    assert set(get_args(Data)) == set(DATA)
    assert Compare().data == DATA_DEFAULT
