"""What to do about a statement that Postgres refused, for people who see the message for the first time."""

from __future__ import annotations

import re

from driftwatch.core.keywords import KEYWORDS

_ADVICE: tuple[tuple[str, str, str], ...] = (
    # SQLSTATEs, a pattern that the message matches, what to do ({0}, {1}: what the pattern caught).
    ("42P07", "", "It is made twice: remove one, or write CREATE … IF NOT EXISTS."),
    ("42701", "", "Remove it, or write ADD COLUMN IF NOT EXISTS."),
    ("42723", "", "Write CREATE OR REPLACE FUNCTION."),
    ("42P06", "", "Write CREATE SCHEMA IF NOT EXISTS."),
    ("42710", r'policy "(.+)" for table "(.+)"', 'Write before it: DROP POLICY IF EXISTS "{0}" ON {1};'),
    ("42710", r"trigger ", "Write CREATE OR REPLACE TRIGGER."),
    ("42710", r'constraint "(.+)" for relation "(.+)"',
     "Write before it: ALTER TABLE {1} DROP CONSTRAINT IF EXISTS {0};"),
    ("42710", r"extension ", "Write CREATE EXTENSION IF NOT EXISTS."),
    ("42710", r"already member of publication",
     "Add it only where pg_publication_tables does not have it yet, in a DO block; or remove the line."),
    ("42710", r"role ", "CREATE ROLE has no IF NOT EXISTS: look into pg_roles first, in a DO block."),
    ("42710", r"type ", "CREATE TYPE has no IF NOT EXISTS: remove one. ALTER TYPE … ADD VALUE adds to an enum."),
    ("55P04", "", "Use it in the next migration: a migration is one transaction."),
    ("42501", r"must be owner of",
     "It belongs to another role than postgres, which runs migrations: give it over (ALTER … OWNER TO postgres)."),
    ("42501", r"permission denied for schema public", "The login may make nothing there: push as one that may."),
    ("42501", r"permission denied for schema (\S+)",
     "{0} belongs to Supabase. Make it in public, or in a schema of your own."),
    ("42501", r"permission denied (?:for (?:language|function)|to )",
     "Only a superuser may do this, and on Supabase no migration runs as one: leave it out."),
    ("0A000", r'extension "(.+)" is not available',
     "Supabase does not offer {0} either, or driftwatch has no stand-in for it: the dashboard lists what there is."),
    ("0A000", r"used by a view or rule",
     "Drop the view first, and make it again at the end of the same migration (DETAIL names it)."),
    ("0A000", r"materialized view is not populated",
     "REFRESH it once without CONCURRENTLY first; CONCURRENTLY needs a UNIQUE INDEX on it too."),
    ("55000", r"cannot refresh materialized view", "CONCURRENTLY needs a UNIQUE INDEX on the materialized view."),
    ("2BP01", "", "Drop what depends on it first (DETAIL names it), and make it again afterwards. With CASCADE it "
     "would go, and nothing would bring it back."),
    ("23502", r"contains null values",
     "There are rows already. Give the column a DEFAULT, or fill it with an UPDATE first and SET NOT NULL after that."),
    ("23502", "", "Give the column a value, or a DEFAULT."),
    ("23505", r"could not create unique index",
     "There are equal rows (DETAIL names one): change or delete them before, here or in an earlier migration."),
    ("23505", "", "The row is there already: remove it here, or add ON CONFLICT DO NOTHING."),
    ("23514", "", "Mend the rows first, with an UPDATE before it."),
    ("23503", "", "Mend the rows first: what they reference has to be there, or they have to go."),
    ("42804", r"cannot be implemented", "Both columns of a foreign key need the same type (DETAIL names them)."),
    ("42804", r'column "(.+)" cannot be cast automatically to type (.+)',
     "Say how the values become the new type: … TYPE {1} USING {0}::{1}"),
    ("42804", r"default for column", "Write DROP DEFAULT before it, and SET DEFAULT with the new type after it."),
    ("42830", "", "The columns that are referenced need a PRIMARY KEY or UNIQUE constraint of exactly these columns."),
    ("42P13", "", "Write DROP FUNCTION before it; grants on it must be given again after that."),
    ("42P16", r"view", "Write DROP VIEW before it, with what depends on it; then its grants and WITH (security_invoker "
     "= on) again."),
    ("42P16", r"multiple primary keys", "A table has one primary key: drop the other, or write UNIQUE instead."),
    ("42P10", "", "ON CONFLICT needs a UNIQUE constraint or index on exactly these columns."),
    ("42702", "", "Several tables have it: write the table's name before it, such as orders.{0}."),
    ("42803", "", "Add it to GROUP BY, or put it into an aggregate such as max()."),
    ("22P02 22001 22003 22007 22008 23513", "", "The value does not fit the type of its column: change one of them."),
    ("42P17", r"immutable|IMMUTABLE", "Only IMMUTABLE functions may stand there, which depend on nothing but their "
     "arguments: a day of a timestamptz is one only with its zone, (at AT TIME ZONE 'UTC')::date; the present is not."),
    ("42P17", r"overlap", "Choose bounds that do not overlap: FROM is part of a partition, TO is not."),
    ("25001", r"^DISCARD ALL", "Take it out: each file begins with the session as it was before the first one."),
    ("25001", r"^REINDEX (?:TABLE|INDEX) cannot", "Write REINDEX … CONCURRENTLY, in a file of its own."),
    ("25001", "", "It has to be a statement of its own, in a file of its own: not in DO or BEGIN … COMMIT."),
    ("P0001", "", "The migration's own RAISE stops it: on a database that is made from nothing, what it asks for is "
     "not there."),
    ("42809", r"is not a table",
     "This works on tables only. A view obeys the policies of its tables WITH (security_invoker = on)."),
    ("3F000", r'schema "(.+)" does not exist', "Is it misspelt? If not: CREATE SCHEMA IF NOT EXISTS {0};"),
    ("42704", r'role "(.+)" does not exist',
     "Make it first, in a migration: CREATE ROLE {0}; or name anon, authenticated or service_role."),
    ("42883", "", "Look at its name and the argument types: a function is found only with the types that it was made "
     "for."),
    ("42601", r"more expressions|more target columns", "Count the columns and the values."),
    ("42601", r"unterminated", "What opens there, a quote, $$ or /*, is never closed."),
    ("55P03", "", "Somebody holds a lock on it: try again."),
)  # fmt: skip
_EXTENSIONS = {
    "citext": "citext", "hstore": "hstore", "ltree": "ltree", "lquery": "ltree", "cube": "cube",
    "geometry": "postgis", "geography": "postgis", "vector": "vector", "halfvec": "vector",
    "gin_trgm_ops": "pg_trgm", "gist_trgm_ops": "pg_trgm", "similarity": "pg_trgm", "word_similarity": "pg_trgm",
    "vector_l2_ops": "vector", "vector_cosine_ops": "vector", "vector_ip_ops": "vector",
    "uuid_generate_v4": '"uuid-ossp"', "uuid_generate_v1": '"uuid-ossp"',
    "crypt": "pgcrypto", "gen_salt": "pgcrypto", "digest": "pgcrypto", "hmac": "pgcrypto",
    "gen_random_bytes": "pgcrypto", "unaccent": "unaccent", "crosstab": "tablefunc", "levenshtein": "fuzzystrmatch",
    "ll_to_earth": "earthdistance", "http_get": "http", "http_post": "http",
    "cron": "pg_cron", "net": "pg_net", "pgmq": "pgmq",
}  # fmt: skip
"""Names that come with an extension; the last row's are schemas."""
_OWN_SCHEMA = {"pg_cron", "pg_net", "pgmq"}
_MANAGED = re.compile(r"\b(auth|storage|realtime|vault|graphql|graphql_public|cron|net|pgmq|extensions)\b\"?\.")
_NOT_YOURS = (
    "What belongs to Supabase can't be changed. Write what you add into a table of your own that references it."
)
_NEAR = re.compile(r'syntax error at or near "(.+)"', re.DOTALL)
_STARTS = {
    "create", "alter", "drop", "insert", "update", "delete", "select", "grant", "revoke", "begin", "commit", "comment",
    "do", "truncate", "with", "call",
}  # fmt: skip
_NOT_CREATED_SO = re.compile(
    r"create\s+(policy|type|domain|role|trigger|function|view)\s+if\s+not\s+exists", re.IGNORECASE
)
_BETTER = {"policy": "DROP POLICY IF EXISTS … ON … before it", "trigger": "CREATE OR REPLACE TRIGGER",
           "function": "CREATE OR REPLACE FUNCTION", "view": "CREATE OR REPLACE VIEW"}  # fmt: skip
_DROP = re.compile(r"(?:alter\s+table\b.*)?\bdrop\s+\w+", re.IGNORECASE)


def advice(sqlstate: str, message: str, statement: str = "") -> str:
    """One or two sentences; "" where there is nothing to say that Postgres did not say."""
    if (extension := missing_extension(sqlstate, message)) is not None:
        where = "" if extension in _OWN_SCHEMA else " WITH SCHEMA extensions"
        return f"It comes with an extension: CREATE EXTENSION IF NOT EXISTS {extension}{where};"
    if "must be owner of" in message and _MANAGED.search(statement):
        return _NOT_YOURS
    if sqlstate == "42601" and (near := _NEAR.match(message)):
        return _about_syntax(near[1], statement)
    if sqlstate in ("42P01", "42704", "42883", "42703") and _DROP.match(statement.lstrip()):
        return "Is it misspelt? If it may be missing: DROP … IF EXISTS."
    for states, pattern, words in _ADVICE:
        if sqlstate in states.split() and (match := re.search(pattern, message)):
            return words.format(*match.groups(), "name", "name")
    return ""


def missing_extension(sqlstate: str, message: str) -> str | None:
    """The extension that has the type, function, operator class or schema that is missing."""
    if sqlstate not in ("42704", "42883", "3F000"):
        return None
    match = re.search(r'(?:type|class|schema) "([^"]+)"', message) or re.search(r"function ([\w.]+)\(", message)
    if match is None:
        return "btree_gist" if 'no default operator class for access method "gist"' in message else None
    *schema, name = match[1].split(".")
    return _EXTENSIONS.get(schema[-1] if schema and schema[-1] in ("cron", "net", "pgmq") else name)


_CONFLICT = {sign * 7 for sign in "<=>|"}


def _about_syntax(near: str, statement: str) -> str:
    word = near.lower()
    if word in _CONFLICT:
        return "git left both sides of a merge conflict in the file: keep one, or both, and remove git's marks."
    if (wrong := _NOT_CREATED_SO.search(statement)) and word == "not":
        kind = wrong[1].lower()
        return f"CREATE {kind.upper()} has no IF NOT EXISTS: write {_BETTER.get(kind, 'a DO block that looks first')}."
    if word in (")", ",", ";"):
        return "Often a comma is too many before it, or a bracket is missing."
    if word in _STARTS:
        return "Often the semicolon before it is missing."
    if word in KEYWORDS:
        return f'{near} is a word of SQL. If it is meant as a name, write it in double quotes: "{near}".'
    return "Look at its spelling, and at what stands before it."
