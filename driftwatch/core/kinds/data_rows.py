"""Rows that behave like schema: storage buckets, jobs of pg_cron, names of vault secrets."""

from __future__ import annotations

import re

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId, Value
from driftwatch.core.kinds.attached import loses_rows
from driftwatch.core.kinds.options import HIDDEN
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Step, literal, text

_BUCKET = {
    "name": "name",
    "public": "public",
    "file_size_limit": "file_size_limit",
    "allowed_mime_types": "allowed_mime_types",
    "type": "type",
    "versioning": "versioning_status",
}
"""Columns of storage.buckets by facet."""
_USUAL = {"type": "STANDARD", "versioning": "DISABLED"}
_JOB = ("schedule", "command", "database", "username", "active")


def _value(obj: DbObject, facet: str) -> str:
    value = obj.facets.get(facet, _USUAL.get(facet))
    if facet == "name" and value is None:
        value = obj.id.identity
    return _sql(value)


def _sql(value: Value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, tuple):
        return f"ARRAY[{', '.join(literal(entry) for entry in value)}]::text[]"
    return literal(value) if isinstance(value, str) else str(value).lower()


def _make_bucket(obj: DbObject, context: Context) -> list[Step]:
    facets = [name for name in _BUCKET if name == "name" or obj.facets.get(name) not in (None, False)]
    columns = ", ".join(("id", *(_BUCKET[name] for name in facets)))
    values = ", ".join((literal(obj.id.identity), *(_value(obj, name) for name in facets)))
    return [Step(f"INSERT INTO storage.buckets ({columns})\nVALUES ({values})")]


def _alter_bucket(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    changed = [name for name in _BUCKET if before.facets.get(name) != after.facets.get(name)]
    setting = ", ".join(f"{_BUCKET[name]} = {_value(after, name)}" for name in changed)
    return [Step(f"UPDATE storage.buckets SET {setting} WHERE id = {literal(after.id.identity)}")]  # noqa: S608 - quoted literals


def _drop_bucket(obj: DbObject, context: Context) -> list[Step]:
    lost = loses_rows(f"the bucket {obj.id.identity}; it fails where the bucket still holds files")
    return [
        Step("SET LOCAL storage.allow_delete_query TO 'true'", note="Supabase refuses it otherwise."),
        Step(f"DELETE FROM storage.buckets WHERE id = {literal(obj.id.identity)}", lost),  # noqa: S608 - quoted literals
    ]


def _job_name(obj: DbObject) -> str:
    """Its name, "" for a job without one, which is known by its schedule and command."""
    name = re.sub(r" \(\d+\)\Z", "", obj.id.identity)
    command = re.sub(r"\s+", " ", text(obj, "command").strip())
    if name == f"{text(obj, 'schedule')} {command}":
        return ""
    return name.removesuffix(f" of {text(obj, 'username')}")


def _secret(obj: DbObject) -> tuple[Hazard, ...]:
    hidden = HIDDEN in text(obj, "command")
    return (Hazard("to be filled in", f"a key in the command of {obj.id.identity} was not read"),) if hidden else ()


def _make_job(obj: DbObject, context: Context) -> list[Step]:
    name, schedule, command = _job_name(obj), literal(text(obj, "schedule")), literal(text(obj, "command"))
    others = quote(text(obj, "username")) != quote(context.creator)
    if name and (obj.facets.get("database") is not None or others or obj.facets.get("active") is False):
        database = literal(text(obj, "database")) if obj.facets.get("database") is not None else "current_database()"
        user = literal(text(obj, "username")) if others else "current_user"
        active = str(obj.facets.get("active") is not False).lower()
        call = f"cron.schedule_in_database({literal(name)}, {schedule}, {command}, {database}, {user}, {active})"
        return [Step(f"SELECT {call}", _secret(obj))]
    arguments = ", ".join(([literal(name)] if name else []) + [schedule, command])
    steps = [Step(f"SELECT cron.schedule({arguments})", _secret(obj))]
    if not name and obj.facets.get("active") is False:
        steps.append(_altered_job(obj, "active := false"))
    return steps


def _altered_job(obj: DbObject, arguments: str) -> Step:
    return Step(f"SELECT cron.alter_job(jobid, {arguments})\nFROM cron.job WHERE {_which(obj)}", _secret(obj))


def _which(obj: DbObject) -> str:
    name = _job_name(obj)
    if name:
        return f"jobname = {literal(name)} AND username = {literal(text(obj, 'username'))}"
    schedule, command = literal(text(obj, "schedule")), literal(text(obj, "command"))
    return f"jobname IS NULL AND schedule = {schedule} AND command = {command}"


def _alter_job(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    changed = [name for name in _JOB if before.facets.get(name) != after.facets.get(name)]
    if not _job_name(before) or "username" in changed:
        return None
    values = {name: _sql(after.facets.get(name)) for name in changed}
    if "database" in changed and after.facets.get("database") is None:
        values["database"] = "current_database()"
    return [_altered_job(after, ", ".join(f"{name} := {value}" for name, value in values.items()))]


def _drop_job(obj: DbObject, context: Context) -> list[Step]:
    if _job_name(obj) and quote(text(obj, "username")) == quote(context.creator):
        return [Step(f"SELECT cron.unschedule({literal(_job_name(obj))})")]
    return [Step(f"SELECT cron.unschedule(jobid) FROM cron.job WHERE {_which(obj)}")]  # noqa: S608 - quoted literals


def _make_secret(obj: DbObject, context: Context) -> list[Step]:
    call = f"SELECT vault.create_secret('…', {literal(obj.id.identity)}, {literal(text(obj, 'description'))})"
    return [Step("", (Hazard("to be filled in", f"the secret {obj.id.identity} was not read. Make it with {call};"),))]


def _alter_secret(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    new = literal(text(after, "description"))
    name = literal(after.id.identity)
    return [Step(f"SELECT vault.update_secret(id, new_description := {new})\nFROM vault.secrets WHERE name = {name}")]


def _drop_secret(obj: DbObject, context: Context) -> list[Step]:
    lost = loses_rows(f"the secret {obj.id.identity}")
    return [Step(f"DELETE FROM vault.secrets WHERE name = {literal(obj.id.identity)}", lost)]  # noqa: S608 - quoted literals


KINDS = (
    Kind(
        "storage_bucket",
        "",
        _make_bucket,
        in_place=dict.fromkeys(_BUCKET, _alter_bucket),
        drop=_drop_bucket,
        needs=lambda obj: (ObjectId("table", "storage.buckets"),),
        has_owner=False,
        has_comment=False,
        rank=91,
    ),
    Kind(
        "cron_job",
        "",
        _make_job,
        in_place=dict.fromkeys(_JOB, _alter_job),
        drop=_drop_job,
        needs=lambda obj: (ObjectId("extension", "pg_cron"), ObjectId("table", "cron.job")),
        has_owner=False,
        has_comment=False,
        rank=92,
    ),
    Kind(
        "vault_secret",
        "",
        _make_secret,
        in_place={"description": _alter_secret},
        drop=_drop_secret,
        needs=lambda obj: (ObjectId("extension", "supabase_vault"), ObjectId("table", "vault.secrets")),
        has_owner=False,
        has_comment=False,
        rank=93,
    ),
)
