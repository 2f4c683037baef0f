"""Where pg_dump and driftwatch are meant to disagree, each by name and with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from oracle.judge import Step


@dataclass(frozen=True)
class Explained:
    """A disagreement that is meant. scope, what: of Step.disagreements. sql, dump: must be found in these texts.

    seen: must match each change that the whole scope sees.
    """

    name: str
    what: str
    scope: str = ""
    sql: str = ""
    dump: str = ""
    seen: str = ""


EXPLAINED = (
    Explained(
        "what differs between any two servers is not compared with migrations",
        "missed",
        scope="plain",
        seen=r"\w+ (database|tablespace|parameter_grant|system_grant) |changed extension \w+: (comment|owner)$"
        r"|changed extension \w+: comment, owner$|\w+ (role|role_membership) .*",
    ),
    Explained(
        "options of user mappings are hidden from most logins, so they are not compared with migrations",
        "missed",
        scope="plain",
        seen=r"changed user_mapping .*: options$",
    ),
    Explained(
        "the connection string of a subscription is a secret", "missed", sql="^alter subscription .* connection "
    ),
    Explained(
        "settings of all roles in all databases are in no dump, and yet change what everybody's sessions do",
        "false alarm",
        seen=r"\w+ database_setting all databases",
    ),
    Explained(
        "foreign keys whose own triggers are switched off are in no dump, and yet hold no more",
        "false alarm",
        seen=r"changed constraint .*: triggers_disabled$",
    ),
    Explained(
        "a sequence that a column owns is dumped with its table, even when it was made an extension's member",
        "false alarm",
        sql="^alter extension .* (add|drop) sequence",
        seen=r"(added|removed) sequence ",
    ),
    Explained(
        "an identity's sequence that ends sooner than its column's type is in no dump, and yet ends sooner",
        "false alarm",
        sql="^alter sequence .* as (int|bigint)$",
        seen=r"changed sequence [^:]*: (max, |min, )*type$",
    ),
    Explained(
        "valid until infinity is the same as no end at all",
        "missed",
        sql="valid until|role|user",
        dump=r"VALID UNTIL 'infinity'",
    ),
    Explained(
        "an index that could not be built is in no dump, and yet slows every write",
        "false alarm",
        sql="concurrently",
        seen=r"added index ",
    ),
    Explained(
        "a language whose handler is an extension's member is dumped by its name alone",
        "false alarm",
        seen=r"changed language \w+: (inline|validator|handler|trusted)",
    ),
)


def explained(step: Step, scope: str, what: str) -> str:
    """The name of what explains the disagreement, "" when nothing does."""
    for one in EXPLAINED:
        if one.what != what or one.scope not in ("", scope):
            continue
        if not re.search(one.sql, step.sql) or not re.search(one.dump, "\n".join(step.dump)):
            continue
        if one.seen and not (step.seen["whole"] and all(re.match(one.seen, line) for line in step.seen["whole"])):
            continue
        return one.name
    return ""
