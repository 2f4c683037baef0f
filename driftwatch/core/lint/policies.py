"""What policies let through, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import kind_of, quoted, relation, shown, strings, walk
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile

_OPEN_ROLES = {"anon", "authenticated", "public"}
_METADATA = {"user_metadata", "raw_user_meta_data"}
_PER_ROW = {("auth", "uid"), ("auth", "role"), ("auth", "jwt"), ("auth", "email"), ("", "current_setting")}


def _always_true(file: SqlFile) -> Iterator[Hit]:
    for part in file.of("create_policy_stmt"):
        node = part.node
        if node.cmd_name == "select" or not node.permissive or not _roles(node) & _OPEN_ROLES:
            continue
        if any(_is_true(expression) for expression in _expressions(part)):
            who = " and ".join(sorted(_roles(node) & _OPEN_ROLES))
            what = "every write" if node.cmd_name == "all" else f"every {node.cmd_name.upper()}"
            yield Hit(f"policy {quoted(node.policy_name)} on {_table(part)} lets {who} do {what}", part)


def _user_metadata(file: SqlFile) -> Iterator[Hit]:
    for part in file.of("create_policy_stmt", "alter_policy_stmt"):
        for node in _nodes(part):
            name = _text(node)
            if name in _METADATA:
                yield Hit(
                    f"policy {quoted(part.node.policy_name)} on {_table(part)} believes {name}, which users can change",
                    part,
                    file.line_at(node.location),
                )
                break


def _per_row(file: SqlFile) -> Iterator[Hit]:
    for part in file.of("create_policy_stmt", "alter_policy_stmt"):
        call = next((found for one in _expressions(part) if (found := _bare_call(one)) is not None), None)
        if call is not None:
            name = ".".join(strings(call.funcname))
            yield Hit(
                f"policy {quoted(part.node.policy_name)} on {_table(part)} calls {name}() for every row",
                part,
                file.line_at(call.location),
                mend=f"Write (SELECT {name}({'…' if call.args else ''})): Postgres then calls it once for each query.",
            )


def _table(part: Part) -> str:
    return shown(relation(part.node.table))


def _roles(node: Any) -> set[str]:
    return {"public" if one.role_spec.roletype == codes.PUBLIC else one.role_spec.rolename for one in node.roles}


def _expressions(part: Part) -> list[Any]:
    return [getattr(part.node, name) for name in ("qual", "with_check") if part.node.HasField(name)]


def _nodes(part: Part) -> Iterator[Any]:
    return (node for one in _expressions(part) for node in walk(one))


def _is_true(node: Any) -> bool:
    """true, 't'::boolean, and comparisons of a constant with itself."""
    match node.WhichOneof("node"):
        case "a_const":
            return bool(node.a_const.boolval.boolval)
        case "type_cast":
            constant = node.type_cast.arg.a_const
            to = strings(node.type_cast.type_name.names)[-1:]
            return to == ("bool",) and (constant.boolval.boolval or constant.sval.sval.lower() in ("t", "true"))
        case "a_expr":
            left, right = node.a_expr.lexpr, node.a_expr.rexpr
            return (
                strings(node.a_expr.name) == ("=",)
                and left.WhichOneof("node") == right.WhichOneof("node") == "a_const"
                and _value(left.a_const) == _value(right.a_const)
            )
        case _:
            return False


def _value(constant: Any) -> str:
    kind = constant.WhichOneof("val")
    return f"{kind} {getattr(constant, kind)}" if kind else "null"


def _text(node: Any) -> str:
    """The text of a literal, or the last name of a column; "" for everything else."""
    match kind_of(node):
        case "A_Const":
            return str(node.sval.sval).strip("{}")
        case "ColumnRef":
            return str(node.fields[-1].string.sval) if node.fields else ""
        case _:
            return ""


def _bare_call(root: Any) -> Any:
    """A call that no sub-select keeps from being made for every row; None where there is none."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        kind = kind_of(node)
        if kind == "FuncCall":
            name = strings(node.funcname)
            if (name[-2] if len(name) > 1 and name[-2] != "pg_catalog" else "", name[-1]) in _PER_ROW:
                return node
        if kind == "SubLink" and _is_called_once(node):
            continue
        for descriptor, value in node.ListFields():
            if descriptor.message_type is not None:
                waiting.extend([value] if hasattr(value, "ListFields") else value)
    return None


def _is_called_once(link: Any) -> bool:
    """A sub-select without FROM, which depends on no row."""
    select = link.subselect.select_stmt
    return not select.from_clause and not any(kind_of(node) == "ColumnRef" for node in walk(link.subselect))


ALWAYS_TRUE = Rule(
    "policy-always-true",
    "warning",
    "A policy that is true for every row lets everybody with the anon key, or every user that is logged in, write "
    "whatever they like.",
    "Say whose rows they are: (SELECT auth.uid()) = owner_id; or allow it, with the reason.",
    _always_true,
)
USER_METADATA = Rule(
    "policy-user-metadata",
    "error",
    "Users change their own user_metadata (raw_user_meta_data) with a call of the API, so a policy that believes it "
    "gives everybody what they claim.",
    "Use app_metadata (raw_app_meta_data), which only the service role can change, or a table of yours.",
    _user_metadata,
)
PER_ROW = Rule(
    "policy-per-row-call",
    "warning",
    "auth.uid() and its like, called for every row, make a query of a large table many times slower; in a sub-select "
    "they are called once.",
    "Write (SELECT auth.uid()).",
    _per_row,
)
