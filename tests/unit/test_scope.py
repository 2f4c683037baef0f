"""What is ours and what is Supabase's, an extension's or the server's."""

from __future__ import annotations

import pytest
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.scope import Scope, apply_scope


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
    obj("extension", '"uuid-ossp"', ""),
    obj("extension", "plpgsql", ""),
    obj("role", "postgres", "", superuser=False),
    obj("role", "supabase_auth_admin", "", superuser=False),
    obj("role", "cli_login_x", "", superuser=False),
    obj("role", "other_admin", "", superuser=True),
    obj("role_membership", "authenticator in anon", "", member="authenticator", role="anon"),
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
    assert left['extension "uuid-ossp", pg_graphql'].startswith("installed by Supabase")
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


def test_of_the_realtime_publication_only_the_tables_count() -> None:
    catalog = Catalog.of([obj("publication", "supabase_realtime", "", owner="a", via_root=True, tables=("t",))], 170000)
    [found] = apply_scope(catalog, Scope.supabase())
    assert found.facets == {"tables": ("t",)}


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


def test_the_owner_of_public_does_not_count_on_supabase_but_that_of_others_does() -> None:
    catalog = Catalog.of([obj("schema", "public", "public", owner="a"), obj("schema", "app", "app", owner="a")], 1)
    facets = {found.id.identity: found.facets for found in apply_scope(catalog, Scope.supabase())}
    assert facets == {"public": {}, "app": {"owner": "a"}}
    plain = {found.id.identity: found.facets for found in apply_scope(catalog, Scope.plain())}
    assert plain["public"] == {"owner": "a"}


def test_a_plain_postgres_keeps_schemas_that_supabase_would_own() -> None:
    scope = Scope.plain()
    assert kept(scope, obj("table", "auth.users", "auth"), obj("role", "anon", "", superuser=False)) == [
        "auth.users",
        "anon",
    ]
    assert kept(scope, obj("role", "boss", "", superuser=True), obj("extension", "plpgsql", "")) == []
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
