"""The team's rules on a migration's text: one idea a file, all of them named here."""

from __future__ import annotations

from driftwatch.core.lint import (
    allow,
    contents,
    definer,
    destructive,
    enum_values,
    files,
    foreign_keys,
    function_body,
    grants,
    if_exists,
    names,
    policies,
    psql_only,
    row_security,
    syntax,
    transactions,
    views,
)
from driftwatch.core.lint.rules import Rule

RULES: tuple[Rule, ...] = (
    files.READABLE,
    files.NAMED,
    syntax.RULE,
    psql_only.COMMANDS,
    psql_only.COPY,
    transactions.BALANCE,
    transactions.OWN,
    transactions.ALONE,
    function_body.RULE,
    enum_values.RULE,
    destructive.RULE,
    row_security.UNPROTECTED,
    row_security.WITHOUT_POLICY,
    row_security.SWITCHED_OFF,
    policies.ALWAYS_TRUE,
    policies.USER_METADATA,
    policies.PER_ROW,
    definer.RULE,
    views.RULE,
    views.MATERIALIZED,
    grants.RULE,
    if_exists.RULE,
    if_exists.POLICY,
    foreign_keys.RULE,
    contents.SIZE,
    contents.MIXED,
    names.GENERIC,
    names.TOO_LONG,
    names.QUOTED,
    allow.RULE,
)
"""In the order of `lint --rules`: what breaks, what destroys, what lets in, then what is only good to know."""

NAMES = frozenset(rule.name for rule in RULES)
SQUAWK = "squawk"
"""What squawk finds, beside ours; as a name in the configuration."""
