"""Names that say what a migration does, and what a new file begins with."""

from __future__ import annotations

import re
from datetime import datetime

from driftwatch.core.new_migration import header
from driftwatch.errors import UsageError

_SAYS_NOTHING = re.compile(
    r"(?:new|my|some|the|a|another|more|quick|small|minor|final|last|temp|tmp|misc|wip|asdf|foo|bar|baz|abc|xyz"
    r"|update|updates|updated|fix|fixes|fixed|change|changes|changed|edit|edits|test|tests|testing|try|stuff|things?"
    r"|migration|migrations|sql|schema|db|database|table|tables|column|columns|policy|policies|function|functions"
    r"|patch|hotfix|bugfix|refactor|cleanup|clean|up|init|v|version|do|it|todo|again|now)\d*"
)
_TABLE = re.compile(
    r"create_(?:table_)?(?P<created>[a-z][a-z0-9_]*?)(?:_table)?"
    r"|(?:add|new)_table_(?P<after>[a-z][a-z0-9_]*)|(?:add|new)_(?P<before>[a-z][a-z0-9_]*)_table"
)
_OTHER_ADD = re.compile(
    r"_(?:to|on|for|in|from)_|_(?:column|index|policy|policies|function|trigger|constraint|type|enum|view|role"
    r"|bucket|extension|schema)s?(?:_|$)"
)


def slug_of(name: str) -> str:
    """The name as a file has it: words in lower case with underscores.

    Raises UsageError, with a better example, for one that says nothing about what the migration does.
    """
    words = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()).strip("_")
    if not words:
        raise UsageError("A migration needs a name.", next_step="For example: driftwatch new add_orders_table")
    if words[0].isdigit():
        raise UsageError(
            f"{name}: the version is added by driftwatch.", next_step="For example: driftwatch new add_orders_table"
        )
    if says_nothing(words):
        raise UsageError(
            f"{name} does not say what the migration does.",
            untouched="Nothing was written.",
            next_step="Name what it changes: driftwatch new add_total_to_orders, or new fix_orders_read_policy",
        )
    if len(words) > 80:
        raise UsageError(f"{name} is longer than 80 characters.", next_step="Say the rest with --description.")
    return words


def says_nothing(words: str) -> bool:
    """Whether a name, in lower case with underscores, is made of words that tell nothing."""
    return all(_SAYS_NOTHING.fullmatch(word) for word in words.split("_") if word)


def template(filename: str, slug: str, description: str, now: datetime, *, served: bool = True) -> str:
    """What a new file begins with: its header, and for a new table the statements that belong to one.

    served: whether an API serves tables, so that rows need a policy.
    """
    lines = [description or "What it changes, and why."]
    table = _TABLE.fullmatch(slug)
    if table is None or _OTHER_ADD.search(slug):
        return header(filename, now, lines)
    name = table["created"] or table["after"] or table["before"]
    return header(filename, now, lines) + (_SERVED_TABLE if served else _PLAIN_TABLE).format(name=name)


_PLAIN_TABLE = """\
CREATE TABLE IF NOT EXISTS public.{name} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);
"""
_SERVED_TABLE = """\
CREATE TABLE IF NOT EXISTS public.{name} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id uuid NOT NULL DEFAULT auth.uid() REFERENCES auth.users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS {name}_owner_id_idx ON public.{name} (owner_id);

ALTER TABLE public.{name} ENABLE ROW LEVEL SECURITY;

-- Each user reads and writes their own rows; without a policy only the service role reads or writes any.
DROP POLICY IF EXISTS {name}_own ON public.{name};
CREATE POLICY {name}_own ON public.{name}
    TO authenticated
    USING ((SELECT auth.uid()) = owner_id)
    WITH CHECK ((SELECT auth.uid()) = owner_id);
"""
