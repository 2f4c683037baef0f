"""Whose objects are whose, as data: driftwatch's, other tools', the server's. `scope` applies these rules.

Supabase's own are in `scope_supabase`.
"""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.core.catalog import NotCompared

Patterns = str | tuple[str, ...]
ANY = "*"

Accepted = tuple[str, tuple[str | bool | None, ...]]
"""A facet and its normal values: texts are patterns (of a list facet: of each entry), None means absent."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which objects, by kind, schema, identity and facets, and whether they are compared.

    where: facets that must have one of these texts, or exactly this bool; an absent facet matches nothing.
    only: of what is kept, compare these facets alone. reason: why it is left out, in words for the user.
    by_schema: name the schema rather than every object in what was not compared.
    normal: left out as far as these facets are so; one that deviates is kept with what deviates alone.
    always: with `normal`: every database has it, so that its absence counts.
    tables: only tables with one of these names, in whatever schema, and what hangs on them.
    """

    keep: bool
    kind: Patterns = ANY
    schema: Patterns = ANY
    identity: Patterns = ANY
    where: tuple[tuple[str, Patterns | bool], ...] = ()
    only: tuple[str, ...] = ()
    reason: str = ""
    by_schema: bool = False
    normal: tuple[Accepted, ...] = ()
    always: bool = False
    tables: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ignored:
    """A facet that is not compared; or only where its text, or of a list the entries, match `entries`.

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
OWN_SCHEMAS = ("driftwatch", "driftwatch_audit", "driftwatch_guard")
HISTORY_SCHEMAS = ("supabase_migrations",)

DATA = {
    "storage_bucket": "storage buckets: public or not, size limit, types of files",
    "cron_job": "jobs of pg_cron: schedule, command, active or not",
    "vault_secret": "names and descriptions of vault secrets, never their values",
    "realtime": "which tables the publication supabase_realtime sends",
}
"""Rows that behave like schema, by the name that [compare] data gives them: kinds, and one publication."""
DATA_DEFAULT = ("storage_bucket", "cron_job", "realtime")

SECRETS = (
    NotCompared("passwords of roles", "they are secrets and never read"),
    NotCompared("options of user mappings", "they are credentials, and hidden from most logins"),
    NotCompared("connection strings of subscriptions", "they are secrets and never read"),
    NotCompared("values of vault secrets", "they are secrets and never read"),
)
SECRET_KINDS = ("role", "user_mapping", "subscription", "vault_secret")
HIDDEN = NotCompared("values of secret-looking settings and options", "they are hidden when read")

TOOLS = {
    "Prisma": ("_prisma_migrations",),
    "Drizzle": ("__drizzle_migrations",),
    "Knex": ("knex_migrations", "knex_migrations_lock"),
    "Kysely": ("kysely_migration", "kysely_migration_lock"),
    "Sequelize": ('"SequelizeMeta"',),
    "MikroORM": ("mikro_orm_migrations",),
    "TypeORM": ("typeorm_metadata",),
    "node-pg-migrate": ("pgmigrations",),
    "Flyway": ("flyway_schema_history",),
    "Liquibase": ("databasechangelog", "databasechangeloglock"),
    "Alembic": ("alembic_version",),
    "Django": ("django_migrations",),
    "Rails, dbmate or golang-migrate": ("schema_migrations", "ar_internal_metadata"),
    "Entity Framework": ('"__EFMigrationsHistory"',),
    "goose": ("goose_db_version",),
    "Atlas": ("atlas_schema_revisions",),
    "SQLx": ("_sqlx_migrations",),
    "Diesel": ("__diesel_schema_migrations",),
    "Refinery": ("refinery_schema_history",),
    "yoyo": ("_yoyo_log", "_yoyo_migration", "_yoyo_version", "yoyo_lock"),
}
"""Tables in which other tools keep what they have applied, as SQL writes their names."""

_HARMLESS = (("superuser", False), ("create_role", False), ("create_db", False), ("replication", False))
"""What a login made for reading is; a role of that name with more than that is no longer ours."""
OURS = (
    Rule(False, schema=OWN_SCHEMAS, reason="driftwatch's own", by_schema=True),
    Rule(False, kind="event_trigger", identity="driftwatch_*", reason="driftwatch's own"),
    Rule(False, kind="role", identity="driftwatch_*", where=_HARMLESS, reason="driftwatch's own login"),
    Rule(False, kind="role_setting", where=(("role", "driftwatch_*"),), reason="driftwatch's own login"),
    Rule(False, schema=HISTORY_SCHEMAS, reason="the record of applied migrations", by_schema=True),
)
TOOLS_RULES = (
    Rule(
        False,
        tables=frozenset(table for tables in TOOLS.values() for table in tables),
        reason="the record that another tool keeps of its migrations",
    ),
)
CLUSTER = (
    Rule(False, kind="role", where=(("bootstrap", True),), reason="the superuser that the server was made with"),
    Rule(False, kind="tablespace", reason="tablespaces belong to the server"),
    Rule(False, kind="extension", identity="plpgsql", reason="part of every database"),
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
    Ignored("user_mapping", "options"),
    Ignored(
        "subscription",
        "enabled",
        said=NotCompared("whether subscriptions are switched on", "a matter of operation, which no dump has"),
    ),
    Ignored("database", "encoding"),
    Ignored("database", "collate"),
    Ignored("database", "ctype"),
    Ignored("database", "provider"),
    Ignored("database", "locale"),
    Ignored("database", "owner"),
    Ignored("database", "comment"),
)
