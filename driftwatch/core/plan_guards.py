"""Statements that may run where their work is done already: for a migration that the remote has before its history."""

from __future__ import annotations

import re

from driftwatch.core.kinds.rules import Step

_IF_NOT_EXISTS = re.compile(
    r"\A(CREATE (?:UNLOGGED |FOREIGN )?TABLE|CREATE (?:UNIQUE )?INDEX(?: CONCURRENTLY)?|CREATE SCHEMA|CREATE SEQUENCE"
    r"|CREATE EXTENSION|CREATE MATERIALIZED VIEW|CREATE STATISTICS|CREATE SERVER|CREATE COLLATION) (?!IF )"
)
_COLUMN = re.compile(r"\A(ALTER (?:FOREIGN )?TABLE .+? ADD COLUMN) (?!IF )", re.DOTALL)
_COLUMN_GONE = re.compile(r"\A(ALTER (?:FOREIGN )?TABLE .+? DROP (?:COLUMN|CONSTRAINT)) (?!IF )", re.DOTALL)
_REPLACE = re.compile(r"\ACREATE (VIEW|FUNCTION|PROCEDURE|AGGREGATE|TRIGGER|RULE|RECURSIVE VIEW) ")
_DROP = re.compile(
    r"\A(DROP (?:MATERIALIZED VIEW|FOREIGN TABLE|FOREIGN DATA WRAPPER|EVENT TRIGGER|TEXT SEARCH \w+|OPERATOR CLASS"
    r"|OPERATOR FAMILY|ACCESS METHOD|USER MAPPING|\w+)(?: CONCURRENTLY)?) (?!IF )"
)
_POLICY = re.compile(r"\ACREATE POLICY (.+? ON .+?)(?=\s+(?:AS|FOR|TO|USING|WITH)\b|\s*\Z)", re.DOTALL | re.IGNORECASE)
_ONCE = re.compile(
    r"\A(?:CREATE (?:TYPE|DOMAIN|CAST|OPERATOR|TEXT SEARCH|PUBLICATION|EVENT TRIGGER|CONSTRAINT TRIGGER|ROLE"
    r"|CONVERSION|FOREIGN DATA WRAPPER|USER MAPPING|LANGUAGE|TRANSFORM|ACCESS METHOD)"
    r"|ALTER TABLE .+ ADD (?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN|EXCLUDE))\b",
    re.DOTALL,
)
_VALUE = re.compile(r"\A(ALTER TYPE .+? ADD VALUE) (?!IF )", re.DOTALL)


def guarded(step: Step) -> str:
    """The statement so that it may run twice, where Postgres has a form for that; else as it is."""
    sql = step.sql
    for pattern in (_IF_NOT_EXISTS, _COLUMN, _VALUE):
        if pattern.match(sql):
            return pattern.sub(r"\1 IF NOT EXISTS ", sql, count=1)
    for pattern in (_DROP, _COLUMN_GONE):
        if pattern.match(sql):
            return pattern.sub(r"\1 IF EXISTS ", sql, count=1)
    if sql.startswith("INSERT INTO "):
        return f"{sql}\nON CONFLICT DO NOTHING"
    if _REPLACE.match(sql):
        return _REPLACE.sub(r"CREATE OR REPLACE \1 ", sql, count=1)
    policy = _POLICY.match(sql)
    if policy:
        return f"DROP POLICY IF EXISTS {policy[1]};\n{sql}"
    if _ONCE.match(sql):
        return _unless_there(sql)
    return sql


def _unless_there(sql: str) -> str:
    tag = "$do$" if "$do$" not in sql else "$driftwatch$"
    body = "\n".join(f"    {line}" for line in sql.split("\n")) if "'" not in sql and "$" not in sql else sql
    there = "duplicate_object OR duplicate_table OR invalid_table_definition OR duplicate_function"
    return f"DO {tag} BEGIN\n{body};\nEXCEPTION WHEN {there} THEN NULL;\nEND {tag}"
