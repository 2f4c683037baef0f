"""What Supabase's platform makes in every project: its roles, who is a member of which, its extensions.

Taken from supabase/postgres, supabase/auth and supabase/storage, of all ages whose projects are still there.
"""

from __future__ import annotations

API_ROLES = ("anon", "authenticated", "service_role")
PROJECT_ROLES = ("postgres", *API_ROLES, "authenticator")
SUPABASE_ROLES = (*PROJECT_ROLES, "supabase_*", "dashboard_user", "pgbouncer", "pgsodium_*", "pgtle_admin",
                  "cli_login_*", "pg_*")  # fmt: skip

ATTRIBUTES = {
    "superuser": "superuser",
    "login": "login",
    "createdb": "create_db",
    "createrole": "create_role",
    "replication": "replication",
    "bypassrls": "bypass_rls",
    "inherit": "inherit",
}
ROLES = {
    "postgres": "login createdb createrole replication bypassrls inherit",
    "anon": "inherit?",
    "authenticated": "inherit?",
    "service_role": "bypassrls inherit?",
    "authenticator": "login",
    "supabase_admin": "superuser login createdb createrole replication bypassrls inherit",
    "supabase_auth_admin": "login createrole? inherit?",
    "supabase_storage_admin": "login createrole? inherit?",
    "supabase_functions_admin": "login createrole? inherit?",
    "supabase_realtime_admin": "login? inherit?",
    "supabase_replication_admin": "login replication inherit?",
    "supabase_etl_admin": "login replication bypassrls? inherit?",
    "supabase_read_only_user": "login bypassrls inherit?",
    "supabase_privileged_role": "inherit?",
    "supabase_superuser": "inherit?",
    "dashboard_user": "createdb createrole replication inherit?",
    "pgbouncer": "login inherit?",
    "pgtle_admin": "inherit?",
    "pgsodium_*": "inherit?",
    "cli_login_*": "login inherit?",
    "supabase_*": "login? createdb? createrole? replication? bypassrls? inherit?",
}
"""Attributes that a role has, `?` for one that only some ages give; it has none of the others."""

MEMBERSHIPS = {
    "authenticator": API_ROLES,
    "supabase_storage_admin": (*API_ROLES, "authenticator"),
    "supabase_realtime_admin": API_ROLES,
    "supabase_read_only_user": ("pg_read_all_data", "pg_monitor"),
    "supabase_etl_admin": ("pg_read_all_data", "pg_monitor", "pg_create_subscription", "supabase_privileged_role",
                           "supabase_superuser"),
    "service_role": ("pgsodium_key*",),
    "pgsodium_*": ("pgsodium_*",),
    "cli_login_*": ("postgres",),
    "supabase_auth_admin": (),
    "supabase_functions_admin": (),
    "supabase_replication_admin": (),
}  # fmt: skip
"""Who is a member of which roles, always without the admin option."""
POSTGRES_IN = (*API_ROLES, "authenticator", "dashboard_user", "pg_monitor", "pg_read_all_data",
               "pg_read_all_settings",
               "pg_read_all_stats", "pg_stat_scan_tables", "pg_signal_backend", "pg_create_subscription",
               "pg_checkpoint",
               "pg_maintain", "pg_signal_autovacuum_worker", "pgtle_admin", "pgsodium_*", "supabase_auth_admin",
               "supabase_storage_admin", "supabase_realtime_admin", "supabase_functions_admin",
               "supabase_privileged_role", "supabase_superuser")  # fmt: skip
"""What the role that migrations run as is a member of, with the admin option or without: it differs by age."""

EXTENSIONS = {"pgcrypto": "extensions", '"uuid-ossp"': "extensions"}
"""Extensions that every project has, with their schema."""
EXTENSIONS_BY_AGE = {
    "pg_stat_statements": "extensions",
    "supabase_vault": "vault",
    "pg_graphql": "graphql",
    "pgsodium": "pgsodium",
    "pgjwt": "extensions",
}
"""Extensions that a project has, or had, from the start: which ones depends on its age, not on its team."""
