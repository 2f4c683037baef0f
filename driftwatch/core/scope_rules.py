"""Whose objects are whose, as data: Supabase's, driftwatch's, the server's. `scope` applies these rules."""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.core.catalog import NotCompared

Patterns = str | tuple[str, ...]
ANY = "*"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which objects, by kind, schema, identity and facets, and whether they are compared.

    where: facets that must have one of these texts, or exactly this bool; an absent facet matches nothing.
    only: of what is kept, compare these facets alone. reason: why it is left out, in words for the user.
    by_schema: name the schema rather than every object in what was not compared.
    """

    keep: bool
    kind: Patterns = ANY
    schema: Patterns = ANY
    identity: Patterns = ANY
    where: tuple[tuple[str, Patterns | bool], ...] = ()
    only: tuple[str, ...] = ()
    reason: str = ""
    by_schema: bool = False


@dataclass(frozen=True, slots=True)
class Ignored:
    """A facet that is not compared; or of a list facet only the entries that match `entries`.

    cut: or only what this regular expression finds in the text, after its first group, which stays. said: what to
    name in `not_compared` when something was cut.
    """

    kind: Patterns
    facet: str
    identity: Patterns = ANY
    entries: Patterns | None = None
    cut: str = ""
    said: NotCompared | None = None


MANAGED_SCHEMAS = (
    "auth",
    "storage",
    "realtime",
    "_realtime",
    "vault",
    "graphql",
    "graphql_public",
    "pgbouncer",
    "extensions",
    "net",
    "cron",
    "pgmq",
    "pgmq_public",
    "pgsodium",
    "pgsodium_masks",
    "supabase_functions",
    "supabase_migrations",
    "_analytics",
    "_supavisor",
    "pgtle",
    "etl",
)
OWN_SCHEMAS = ("driftwatch", "driftwatch_guard")
HISTORY_SCHEMAS = ("supabase_migrations",)
API_ROLES = ("postgres", "anon", "authenticated", "authenticator", "service_role")
SUPABASE_ROLES = (
    *API_ROLES,
    "supabase_*",
    "dashboard_user",
    "pgbouncer",
    "pgsodium_*",
    "cli_login_*",
    "pg_*",
)
ALWAYS_THERE = (
    "pg_stat_statements",
    "pgcrypto",
    '"uuid-ossp"',
    "supabase_vault",
    "pg_graphql",
    "pgsodium",
    "pgjwt",
)
"""Extensions that a project has, or had, from the start: which ones depends on its age, not on its team."""

SECRETS = (
    NotCompared("passwords of roles", "they are secrets and never read"),
    NotCompared("options of user mappings", "they are credentials and never read"),
    NotCompared("connection strings of subscriptions", "they are secrets and never read"),
)
HIDDEN = NotCompared("values of secret-looking settings and options", "they are hidden when read")
SECRET_KINDS = ("role", "user_mapping", "subscription")

OURS = (
    Rule(False, schema=OWN_SCHEMAS, reason="driftwatch's own", by_schema=True),
    Rule(False, kind="event_trigger", identity="driftwatch_*", reason="driftwatch's own"),
    Rule(False, schema=HISTORY_SCHEMAS, reason="the record of applied migrations", by_schema=True),
)
CLUSTER = (
    Rule(False, kind="role", where=(("superuser", True),), reason="superusers belong to the server"),
    Rule(False, kind="tablespace", reason="tablespaces belong to the server"),
    Rule(False, kind="extension", identity="plpgsql", reason="part of every database"),
)
SUPABASE = (
    Rule(False, kind="policy", schema=("cron", "pgmq", "supabase_migrations"), reason="managed by Supabase"),
    Rule(True, kind="policy", schema=MANAGED_SCHEMAS),
    Rule(
        False,
        kind="trigger",
        schema=MANAGED_SCHEMAS,
        where=(("function_schema", (*MANAGED_SCHEMAS, "pg_catalog")),),
        reason="managed by Supabase",
        by_schema=True,
    ),
    Rule(True, kind="trigger", schema=MANAGED_SCHEMAS),
    Rule(False, schema=MANAGED_SCHEMAS, reason="managed by Supabase", by_schema=True),
    Rule(
        False,
        kind="default_privileges",
        where=(("role", ("supabase_*", "dashboard_user", "pg_*")),),
        reason="default privileges of Supabase's own roles",
    ),
    Rule(False, kind="role", identity=SUPABASE_ROLES, reason="Supabase's own roles"),
    Rule(
        False,
        kind="role_membership",
        where=(("member", SUPABASE_ROLES), ("role", SUPABASE_ROLES)),
        reason="memberships between Supabase's own roles",
    ),
    Rule(
        False,
        kind="role_membership",
        where=(("member", API_ROLES), ("admin", True), ("inherit", False), ("set", False)),
        reason="the membership that Postgres gives to whoever creates a role",
    ),
    Rule(True, kind="role_setting", where=(("role", API_ROLES),)),
    Rule(
        False,
        kind="role_setting",
        where=(("role", SUPABASE_ROLES),),
        reason="settings of Supabase's own roles",
    ),
    Rule(
        False,
        kind="event_trigger",
        identity=("issue_*_access", "issue_graphql_placeholder", "pgrst_ddl_watch", "pgrst_drop_watch"),
        reason="managed by Supabase",
    ),
    Rule(False, kind="event_trigger", where=(("owner", "supabase_*"),), reason="managed by Supabase"),
    Rule(True, kind="publication", identity="supabase_realtime", only=("tables", "schemas")),
    Rule(False, kind="publication", identity="supabase_realtime_*", reason="managed by Supabase"),
    Rule(False, kind="publication", where=(("owner", "supabase_*"),), reason="managed by Supabase"),
    Rule(
        False,
        kind="extension",
        identity=ALWAYS_THERE,
        reason="installed by Supabase, depending on the project's age",
    ),
    Rule(False, kind=("database", "system_grant", "parameter_grant"), reason="set up by Supabase"),
)
PLAIN = (
    Rule(False, kind=("database", "parameter_grant", "system_grant"), reason="set up with the server"),
    Rule(False, kind="role", identity="postgres", reason="the role that migrations run as"),
    Rule(False, kind="role_membership", where=(("member", "postgres"),), reason="the role that migrations run as"),
    Rule(False, kind="role_membership", where=(("role", "pg_*"),), reason="roles that every server has"),
)
"""Of a server without Supabase: what differs between any two servers, however equal their schemas are."""

IGNORED = (
    Ignored(
        "column",
        "type",
        cut=r"(\b(?:geography|geometry))\([^()]*\)",
        said=NotCompared(
            "modifiers of the types geography and geometry", "the shadow's stand-in for postgis has others"
        ),
    ),
    Ignored(
        "index",
        "definition",
        cut=r"(\bUSING (?:hnsw|ivfflat) .*?) WITH \([^()]*\)",
        said=NotCompared("options of hnsw and ivfflat indexes", "the shadow's stand-in for vector does not know them"),
    ),
    Ignored("extension", "version"),
    Ignored("extension", "owner"),
    Ignored("extension", "comment"),
    Ignored("role_membership", "grantors"),
    Ignored("database", "encoding"),
    Ignored("database", "collate"),
    Ignored("database", "ctype"),
    Ignored("database", "provider"),
    Ignored("database", "locale"),
    Ignored("database", "owner"),
    Ignored("database", "comment"),
)
IGNORED_SUPABASE = (
    Ignored("schema", "owner", identity="public"),
    Ignored("schema", "comment", identity="public"),
    Ignored("database_setting", "settings", entries="app.settings.jwt_*"),
)
