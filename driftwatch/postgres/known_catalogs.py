"""Every system catalog of Postgres 15 to 18: which kinds read it, and why a column of it is not read.

What is not here is new to us. A test walks the servers at hand, so that no release adds anything unseen; a
server with a catalog that is missing here has it named under `not_compared`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from driftwatch.core.catalog import NotCompared

NEWEST = 18
"""The newest major whose catalogs were looked through."""

_DEPARSED = "part of the definition that Postgres writes"
_FOLLOWS = "follows from what is read"
_STORAGE = "how and where the server keeps it"
_DATA = "data, or figures about data"
_OPERATION = "the state of a running server"
_SECRET = "a secret"  # noqa: S105 - a reason, no password
_SCRIPT = "what the extension's own script says"


@dataclass(frozen=True, slots=True)
class Known:
    """kinds: the queries that read the catalog; none when it is left out, for `reason`.

    out: its columns that they do not read, and why.
    """

    kinds: tuple[str, ...] = ()
    reason: str = ""
    out: Mapping[str, str] = field(default_factory=dict)


def _read(*kinds: str, **out: str) -> Known:
    """Reasons to lists of columns, turned round."""
    columns = {column: reason for name, listed in out.items() for column in listed.split() for reason in [_OUT[name]]}
    return Known(kinds, out=columns)


_OUT = {
    "deparsed": _DEPARSED, "follows": _FOLLOWS, "storage": _STORAGE, "data": _DATA, "operation": _OPERATION,
    "secret": _SECRET, "script": _SCRIPT,
}  # fmt: skip

KNOWN: Mapping[str, Known] = {
    "pg_aggregate": _read("function"),
    "pg_am": _read("access_method"),
    "pg_amop": _read(
        "operator_class", "operator_family", follows="oid amoppurpose amopmethod amoplefttype amoprighttype",
    ),
    "pg_amproc": _read("operator_class", "operator_family", follows="oid"),
    "pg_attrdef": _read("column", follows="oid"),
    "pg_attribute": _read(
        "column", "table", "view", "materialized_view", "type", "index", "constraint", "sequence", "system_grant",
        follows="attlen attbyval attalign attndims attcacheoff", storage="atthasmissing attmissingval",
    ),
    "pg_auth_members": _read("role_membership", follows="oid"),
    "pg_authid": _read("role", secret="rolpassword"),  # noqa: S106 - a column's name
    "pg_cast": _read("cast"),
    "pg_class": _read(
        "table", "index", "view", "materialized_view", "sequence", "type", "constraint", "system_grant",
        follows="reltype relhasindex relisshared relnatts relchecks relhasrules relhastriggers relhassubclass",
        data="relpages reltuples relallvisible relallfrozen relispopulated",
        storage="relfilenode relrewrite relfrozenxid relminmxid",
    ),
    "pg_collation": _read("collation", operation="collversion"),
    "pg_constraint": _read(
        "constraint", "domain_constraint", "domain", "column", follows="connamespace",
        deparsed="conkey confrelid confupdtype confdeltype confmatchtype confkey conpfeqop conppeqop conffeqop"
        " confdelsetcols conexclop conbin conenforced conperiod",
    ),
    "pg_conversion": _read("conversion"),
    "pg_database": _read("database", storage="datfrozenxid datminmxid", operation="datcollversion",
                         follows="dathasloginevt"),
    "pg_db_role_setting": _read("database_setting", "role_setting"),
    "pg_default_acl": _read("default_privileges", follows="oid"),
    "pg_depend": _read("table", "sequence", "trigger", "function", "index", "materialized_view"),
    "pg_description": _read("table", "column"),
    "pg_enum": _read("type", follows="oid"),
    "pg_event_trigger": _read("event_trigger"),
    "pg_extension": _read("extension", script="extrelocatable extconfig extcondition"),
    "pg_foreign_data_wrapper": _read("foreign_data_wrapper"),
    "pg_foreign_server": _read("server"),
    "pg_foreign_table": _read("table"),
    "pg_index": _read(
        "index", "constraint", operation="indcheckxmin indisready indislive",
        deparsed="indnatts indnkeyatts indisunique indnullsnotdistinct indisprimary indisexclusion indimmediate indkey"
        " indcollation indclass indoption indpred",
    ),
    "pg_inherits": _read("table", "index"),
    "pg_init_privs": _read("system_grant", follows="privtype"),
    "pg_language": _read("language", follows="lanispl"),
    "pg_largeobject": Known(reason=_DATA),
    "pg_largeobject_metadata": Known(reason=_DATA),
    "pg_namespace": _read("schema"),
    "pg_opclass": _read("operator_class"),
    "pg_operator": _read("operator", follows="oprkind oprresult"),
    "pg_opfamily": _read("operator_family"),
    "pg_parameter_acl": _read("parameter_grant", follows="oid"),
    "pg_partitioned_table": Known(reason=_DEPARSED + " (partition_key of table)"),
    "pg_policy": _read("policy"),
    "pg_proc": _read(
        "function",
        deparsed="provariadic pronargs pronargdefaults prorettype proallargtypes proargmodes proargnames"
        " proargdefaults",
    ),
    "pg_publication": _read("publication"),
    "pg_publication_namespace": _read("publication", follows="oid"),
    "pg_publication_rel": _read("publication", follows="oid"),
    "pg_range": _read("type"),
    "pg_replication_origin": Known(reason=_OPERATION),
    "pg_rewrite": _read("rule", deparsed="ev_type is_instead ev_qual ev_action"),
    "pg_seclabel": _read("security_label"),
    "pg_sequence": _read("sequence"),
    "pg_shdepend": Known(reason=_FOLLOWS),
    "pg_shdescription": _read("database", "role", "tablespace"),
    "pg_shseclabel": _read("security_label"),
    "pg_statistic": Known(reason=_DATA),
    "pg_statistic_ext": _read("statistics", deparsed="stxkeys stxkind stxexprs"),
    "pg_statistic_ext_data": Known(reason=_DATA),
    "pg_subscription": _read("subscription", operation="subskiplsn", secret="subconninfo"),  # noqa: S106
    "pg_subscription_rel": Known(reason=_OPERATION),
    "pg_tablespace": _read("tablespace"),
    "pg_transform": _read("transform"),
    "pg_trigger": _read(
        "trigger", "constraint",
        deparsed="tgtype tgconstrrelid tgconstrindid tgdeferrable tginitdeferred tgnargs tgattr tgargs tgqual"
        " tgoldtable tgnewtable",
    ),
    "pg_ts_config": _read("text_search_configuration"),
    "pg_ts_config_map": _read("text_search_configuration"),
    "pg_ts_dict": _read("text_search_dictionary"),
    "pg_ts_parser": _read("text_search_parser"),
    "pg_ts_template": _read("text_search_template"),
    "pg_type": _read("type", "domain", "column", follows="typndims"),
    "pg_user_mapping": _read("user_mapping"),
}  # fmt: skip


def names() -> str:
    """The known catalogs' names as a list of SQL literals."""
    return ", ".join(f"'{name}'" for name in KNOWN)


def unknown(server_version: int, names: Iterable[str]) -> list[NotCompared]:
    """What to say of catalogs that we do not know, and of a server that is newer than we are."""
    said = [NotCompared(f"catalog {name}", "this version of driftwatch does not know it") for name in sorted(names)]
    major = server_version // 10000
    if major > NEWEST:
        said.append(NotCompared(f"what Postgres {major} added", f"this version of driftwatch knows up to {NEWEST}"))
    return said
