"""The rules for a Supabase project: what the platform makes is left out while it is so, and compared where it is not.

What differs between the ages of projects is accepted in each of its forms; a role or grant that no age of the
platform makes is drift.
"""

from __future__ import annotations

from driftwatch.core.scope_platform import (
    API_ROLES,
    ATTRIBUTES,
    EXTENSIONS,
    EXTENSIONS_BY_AGE,
    MEMBERSHIPS,
    POSTGRES_IN,
    PROJECT_ROLES,
    ROLES,
    SUPABASE_ROLES,
)
from driftwatch.core.scope_rules import ANY, MANAGED_SCHEMAS, Accepted, Ignored, Patterns, Rule

_PLATFORM = (
    "postgres=*", "supabase_*=*", "dashboard_user=*", "pgbouncer=*", "pgsodium_*=*", "pgtle_admin=*", "pg_*=*",
    "driftwatch_*=CONNECT", "driftwatch_*=USAGE", "driftwatch_*=SELECT",  # driftwatch's own login, for reading
)  # fmt: skip
"""Grants to the platform's own roles, which no request from outside runs as."""


def _api(privileges: str) -> tuple[str, ...]:
    return tuple(f"{role}={privileges}" for role in API_ROLES)


_ALL_API = _api("*")
_OPEN = ("graphql", "graphql_public", "net", "supabase_functions")
"""Schemas whose objects the platform gives to the roles of the API whole."""
_OWNERS: Accepted = ("owner", ("supabase_*", "postgres", "dashboard_user", "pgbouncer", "pg_database_owner", None))
_TABLES = ("table", "view", "materialized_view", "foreign_table", "sequence", "column")
_ROUTINES = ("function", "procedure", "aggregate")
_MANAGED = "managed by Supabase"
_EXECUTE = (*_api("EXECUTE"), "PUBLIC=EXECUTE")


def _grant_rule(
    kind: Patterns, schema: Patterns, acl: tuple[str, ...], *more: Accepted, identity: Patterns = ANY
) -> Rule:
    accepted: Accepted = ("acl", (*_PLATFORM, *acl))
    return Rule(False, kind, schema, identity, normal=(accepted, _OWNERS, *more), reason=_MANAGED, by_schema=True)


def _role_rules() -> tuple[Rule, ...]:
    reason = "Supabase's own roles, as Supabase makes them"
    return tuple(
        Rule(False, "role", identity=name, normal=_attributes(name, words), always=name in PROJECT_ROLES, reason=reason)
        for name, words in ROLES.items()
    )


def _attributes(name: str, words: str) -> tuple[Accepted, ...]:
    given = words.split()
    found: list[Accepted] = []
    for word, facet in ATTRIBUTES.items():
        either = f"{word}?" in given
        has = word in given
        found.append((facet, (True, False) if either and word == "inherit" else (False, True) if either else (has,)))
    if name in PROJECT_ROLES:
        found += [("connection_limit", (None,)), ("valid_until", (None,)), ("comment", (None,))]
    return tuple(found)


def _membership_rules() -> tuple[Rule, ...]:
    reason = "memberships between Supabase's own roles, as Supabase makes them"
    kind = "role_membership"
    # A membership that passes its privileges on without SET ROLE would make every request run as service_role.
    authenticator: tuple[Accepted, ...] = (("admin", (False,)), ("inherit", (False, None)))
    pairs = tuple(f"{member} in {role}" for member, roles in MEMBERSHIPS.items() for role in roles)
    of_authenticator = tuple(f"authenticator in {role}" for role in API_ROLES)
    return (
        Rule(False, kind, identity=of_authenticator, normal=authenticator, always=True, reason=reason),
        Rule(False, kind, identity=tuple(f"postgres in {role}" for role in POSTGRES_IN), reason=reason),
        Rule(False, kind, identity=pairs, normal=(("admin", (False,)),), reason=reason),
        Rule(False, kind, where=(("member", "supabase_admin"),), reason="a superuser may do everything anyway"),
        Rule(True, kind, where=(("member", tuple(MEMBERSHIPS)), ("role", SUPABASE_ROLES))),
        Rule(True, kind, where=(("role", "supabase_admin"),)),
        Rule(False, kind, identity="postgres in supabase_*", reason=reason),
        Rule(False, kind, where=(("member", "supabase_*"), ("role", SUPABASE_ROLES)), reason=reason),
        Rule(False, kind, where=(("member", "pg_*"), ("role", "pg_*")), reason=reason),
        Rule(
            False,
            kind,
            where=(("member", "postgres"), ("admin", True), ("inherit", False), ("set", False)),
            reason="the membership that Postgres gives to whoever creates a role",
        ),
    )


def _setting_rules() -> tuple[Rule, ...]:
    known = ("search_path=auth", "search_path=storage", "search_path=supabase_functions", "search_path=realtime",
             'search_path="$user", public, auth, extensions', "search_path=public, extensions",
             "statement_timeout=*", "lock_timeout=*", "idle_in_transaction_session_timeout=*", "log_statement=none",
             "pgaudit.log=none", "default_transaction_read_only=on", "default_transaction_read_only=true")  # fmt: skip
    return (
        Rule(True, kind="role_setting", where=(("role", PROJECT_ROLES),)),
        Rule(
            False,
            kind="role_setting",
            where=(("role", SUPABASE_ROLES),),
            normal=(("settings", known),),
            reason="settings of Supabase's own roles, as Supabase makes them",
        ),
    )


def _grant_rules() -> tuple[Rule, ...]:
    """Of what Supabase made in its schemas: nobody else's grants, columns included, and row security as it was."""

    usage, select = _api("USAGE"), _api("SELECT")
    guarded: Accepted = ("row_security", (True,))
    read_only = ("storage.s3_multipart_uploads*", "storage.buckets_vectors", "storage.vector_indexes")
    messages = (*_api("INSERT,SELECT,UPDATE"), *select, *usage, "service_role=*")
    open_usage = ("auth", "storage", "realtime", "extensions", *_OPEN)
    return (
        _grant_rule("schema", open_usage, (*usage, "PUBLIC=USAGE")),
        _grant_rule("schema", "vault", ("service_role=USAGE",)),
        _grant_rule("schema", ("cron", "pgsodium"), ("PUBLIC=USAGE", "service_role=USAGE")),
        _grant_rule("schema", MANAGED_SCHEMAS, ()),
        _grant_rule("table", "auth", (), guarded, identity="auth.users"),
        _grant_rule("table", "storage", _ALL_API, guarded, identity=("storage.objects", "storage.buckets")),
        _grant_rule("table", "realtime", messages, guarded, identity="realtime.messages"),
        _grant_rule("table", "storage", (*select, "service_role=*"), identity=read_only),
        _grant_rule(("table", "view", "sequence"), ("storage", *_OPEN), _ALL_API),
        _grant_rule(("table", "view", "sequence"), "realtime", messages),
        _grant_rule(("table", "view", "sequence"), "cron", ("PUBLIC=SELECT",)),
        _grant_rule(("table", "view", "sequence"), ("vault", "pgsodium"), ("service_role=*",)),
        _grant_rule(_TABLES, MANAGED_SCHEMAS, ()),
        _grant_rule(_ROUTINES, "auth", _EXECUTE, ("security_definer", (False, None))),
        _grant_rule(_ROUTINES, "pgbouncer", ()),
        _grant_rule(_ROUTINES, ("storage", "realtime", "extensions", *_OPEN), _EXECUTE),
        _grant_rule(_ROUTINES, ("vault", "pgsodium"), ("service_role=EXECUTE", "PUBLIC=EXECUTE")),
        _grant_rule(_ROUTINES, MANAGED_SCHEMAS, ("PUBLIC=EXECUTE",)),
    )


def _default_privilege_rules() -> tuple[Rule, ...]:
    reason = "default privileges that Supabase sets up"
    closed = ("auth", "realtime", "vault", "pgbouncer", "cron", "extensions", "pgsodium", "pgsodium_masks")
    kind = "default_privileges"
    open_to_api: tuple[Accepted, ...] = (("acl", (*_PLATFORM, *_ALL_API, "PUBLIC=EXECUTE", "PUBLIC=USAGE")),)
    roles = (
        "for role supabase_* on *",
        "for role supabase_* in schema *",
        "for role dashboard_user *",
        "for role pg_* *",
    )
    return (
        Rule(False, kind, schema=closed, normal=(("acl", _PLATFORM),), reason=reason),
        Rule(False, kind, schema=MANAGED_SCHEMAS, normal=open_to_api, reason=reason),
        Rule(False, kind, identity=roles, normal=open_to_api, reason=reason),
    )


def _database_rules() -> tuple[Rule, ...]:
    """Grants on what belongs to the server and to extensions: not to people's own roles, nor more to the API's."""
    reason = "set up by Supabase"
    public = ("PUBLIC=*",)
    connect = (*_api("CONNECT"), *_api("CONNECT,TEMPORARY"))
    return (
        Rule(
            False,
            "database",
            normal=(("acl", (*_PLATFORM, *public, *connect)), ("connection_limit", (None,))),
            reason=reason,
        ),
        Rule(False, "parameter_grant", normal=(("acl", _PLATFORM),), reason=reason),
        Rule(False, "system_grant", schema="", normal=(("acl", (*_PLATFORM, *public)),), reason=reason),
        Rule(
            False,
            "system_grant",
            schema=tuple(schema for schema in MANAGED_SCHEMAS if schema not in (*_OPEN, "vault", "pgsodium")),
            normal=(("acl", (*_PLATFORM, *public)),),
            reason=reason,
        ),
        Rule(
            False,
            "system_grant",
            schema=("vault", "pgsodium"),
            normal=(("acl", (*_PLATFORM, *public, "service_role=*")),),
            reason=reason,
        ),
        Rule(False, "system_grant", normal=(("acl", (*_PLATFORM, *public, *_ALL_API)),), reason=reason),
    )  # fmt: skip


def _extension_rules() -> tuple[Rule, ...]:
    def rule(name: str, schema: str, always: bool) -> Rule:
        reason = "installed by Supabase" + ("" if always else ", depending on the project's age")
        return Rule(False, "extension", identity=name, normal=(("in_schema", (schema,)),), always=always, reason=reason)

    return (
        *(rule(name, schema, True) for name, schema in EXTENSIONS.items()),
        *(rule(name, schema, False) for name, schema in EXTENSIONS_BY_AGE.items()),
    )


_MADE_IN_EXTENSIONS = (
    "extensions.grant_pg_*_access()",
    "extensions.pgrst_*()",
    "extensions.set_graphql_placeholder()",
    "extensions.notify_api_restart()",
)
"""Functions that Supabase made there, of which some ages made `postgres` the owner."""
_MADE_IN_AUTH = ("auth.uid()", "auth.role()", "auth.email()", "auth.jwt()")
_OWN_TRIGGERS = tuple(schema for schema in MANAGED_SCHEMAS if schema not in ("extensions", "supabase_functions"))
"""Triggers of managed tables that call these schemas' functions are Supabase's; the others' anybody may call."""

SUPABASE = (
    Rule(
        False,
        kind="policy",
        identity=("cron_job_policy on cron.job", "cron_job_run_details_policy on *"),
        reason=_MANAGED,
    ),
    Rule(True, kind="policy", schema=MANAGED_SCHEMAS),
    Rule(
        False,
        kind="trigger",
        schema=MANAGED_SCHEMAS,
        where=(("function_schema", _OWN_TRIGGERS),),
        normal=(("enabled", ("origin",)),),
        reason=_MANAGED,
        by_schema=True,
    ),
    Rule(True, kind="trigger", schema=MANAGED_SCHEMAS),
    *_default_privilege_rules(),
    *_database_rules(),
    Rule(False, kind="function", schema="extensions", identity=_MADE_IN_EXTENSIONS, reason=_MANAGED, by_schema=True),
    _grant_rule(_ROUTINES, "auth", _EXECUTE, ("security_definer", (False, None)), identity=_MADE_IN_AUTH),
    Rule(True, kind=(*_ROUTINES, "view", "table"), schema=("auth", "extensions"), where=(("owner", "postgres"),)),
    *_grant_rules(),
    Rule(False, kind="security_label", identity=("pgsodium on * vault.*", "pgsodium on * pgsodium*"), reason=_MANAGED),
    Rule(False, schema=MANAGED_SCHEMAS, reason=_MANAGED, by_schema=True),
    *_role_rules(),
    Rule(False, kind="role", where=(("bootstrap", True),), reason="the superuser that the server was made with"),
    *_membership_rules(),
    *_setting_rules(),
    Rule(
        False,
        kind="event_trigger",
        identity=("issue_*_access", "issue_graphql_placeholder"),
        normal=(("enabled", ("origin",)),),
        reason=_MANAGED,
    ),
    Rule(False, kind="event_trigger", identity=("pgrst_ddl_watch", "pgrst_drop_watch"), reason=_MANAGED),
    Rule(False, kind="event_trigger", where=(("owner", "supabase_*"),), reason=_MANAGED),
    Rule(
        True,
        kind="publication",
        identity="supabase_realtime",
        only=("tables", "schemas", "all_tables", "operations", "via_root"),
    ),
    Rule(False, kind="publication", identity="supabase_realtime_*", reason=_MANAGED),
    Rule(False, kind="publication", where=(("owner", "supabase_*"),), reason=_MANAGED),
    *_extension_rules(),
)  # fmt: skip

_LIBRARIES = ("supautils, safeupdate", "safeupdate", "supautils", "supautils, $libdir/plugins/safeupdate")
IGNORED_SUPABASE = (
    Ignored("schema", "owner", identity="public", entries=("pg_database_owner", "postgres", "supabase_*")),
    Ignored("schema", "comment", identity="public", entries="standard public schema"),
    Ignored("schema", "acl", identity="public", entries=("pg_database_owner=*", "postgres=*", "supabase_*=*",
                                                         "dashboard_user=*")),
    Ignored("schema", "acl_grantors", identity="public"),
    Ignored("database_setting", "settings", entries="app.settings.jwt_*"),
    Ignored("role_setting", "settings", identity="authenticator",
            entries=("lock_timeout=8s", *(f"session_preload_libraries={one}" for one in _LIBRARIES))),
    Ignored("role_setting", "settings", identity="postgres",
            entries=("safeupdate.enabled=*", "local_preload_libraries=$libdir/plugins/safeupdate",
                     *(f"session_preload_libraries={one}" for one in _LIBRARIES))),
)  # fmt: skip
"""What Supabase made otherwise at other times."""
