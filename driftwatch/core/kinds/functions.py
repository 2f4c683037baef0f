"""Functions and procedures: replaced wherever CREATE OR REPLACE can."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.options import parted
from driftwatch.core.kinds.rules import Context, Effect, Kind, Step, changed_facets, entries, literal, text, written
from driftwatch.core.kinds.signatures import bare, cut, listed

_ALTERABLE = (
    "volatility", "strict", "security_definer", "leakproof", "parallel", "cost", "rows", "support", "settings",
)  # fmt: skip
_FACETS = (*_ALTERABLE, "arguments", "language", "body", "sql_body", "library", "transforms")
_LISTS = frozenset({
    "search_path", "temp_tablespaces", "local_preload_libraries", "session_preload_libraries",
    "shared_preload_libraries", "unix_socket_directories",
})  # fmt: skip
"""Settings whose value is a list of names, stored with the quotes that they need."""
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*\Z")
_RESERVED = frozenset({"all", "default", "user", "none", "current_user", "session_user", "true", "false", "on", "off"})


def _create(obj: DbObject, context: Context) -> list[Step]:
    return [Step(_statement("CREATE", obj))]


def _replace(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    changed = changed_facets(before, after) & set(_FACETS)
    if "arguments" in changed and not replaceable(text(before, "arguments"), text(after, "arguments")):
        return None
    lost_support = "support" in changed and after.facets.get("support") is None
    if changed <= set(_ALTERABLE) and not lost_support:
        kind = after.id.kind.upper()
        return [Step(f"ALTER {kind} {after.id.identity} {' '.join(_altered(before, after, changed))}")]
    return [Step(_statement("CREATE OR REPLACE", after))]


def replaceable(old: str, new: str) -> bool:
    """Whether CREATE OR REPLACE takes the new argument list: no name changed, no default removed."""
    before, after = ([_argument(one) for one in listed(side)] for side in (old, new))
    if len(before) != len(after):
        return False
    for (had, had_default), (has, has_default) in zip(before, after, strict=True):
        named_now = has.endswith(f" {had}") and not has.startswith(("OUT ", "INOUT ", "VARIADIC "))
        if not (had == has or named_now) or (had_default and not has_default):
            return False
        # The default of a polymorphic argument has a type of its own, which must stay.
        if had_default != has_default and had_default and re.search(r"\bany\w+", has):
            return False
    return True


def _argument(argument: str) -> tuple[str, str]:
    """An argument without its default, and the default."""
    return cut(argument, "DEFAULT")


def _statement(verb: str, obj: DbObject) -> str:
    head = f"{verb} {obj.id.kind.upper()} {bare(obj.id.identity)}({readable_again(text(obj, 'arguments'))})"
    result = obj.facets.get("result")
    lines = [head, *([f"RETURNS {result}"] if result is not None else []), f"LANGUAGE {text(obj, 'language')}"]
    lines += [" ".join(words) for words in (_attributes(obj),) if words]
    lines += [_setting(entry) for entry in written(obj, "settings")]
    return "\n".join([*lines, _body(obj)])


def _attributes(obj: DbObject) -> list[str]:
    """All that is not as Postgres has it when nothing is said."""
    words = [f"TRANSFORM {', '.join(f'FOR TYPE {name}' for name in entries(obj, 'transforms'))}"]
    words = words if entries(obj, "transforms") else []
    words += ["WINDOW"] if obj.facets.get("window") else []
    words += [text(obj, "volatility").upper()] if text(obj, "volatility") not in ("", "volatile") else []
    words += ["STRICT"] if obj.facets.get("strict") else []
    words += ["SECURITY DEFINER"] if obj.facets.get("security_definer") else []
    words += ["LEAKPROOF"] if obj.facets.get("leakproof") else []
    words += [f"PARALLEL {text(obj, 'parallel').upper()}"] if text(obj, "parallel") not in ("", "unsafe") else []
    if obj.id.kind == "function":
        words += [f"COST {text(obj, 'cost')}"] if text(obj, "cost") not in ("", _usual_cost(obj)) else []
        words += [f"ROWS {text(obj, 'rows')}"] if text(obj, "rows") not in ("", "1000") else []
        words += [f"SUPPORT {bare(text(obj, 'support'))}"] if obj.facets.get("support") is not None else []
    return words


def _usual_cost(obj: DbObject) -> str:
    return "1" if text(obj, "language") in ("c", "internal") else "100"


def _altered(before: DbObject, after: DbObject, changed: Iterable[str]) -> Iterator[str]:
    """The clauses of ALTER FUNCTION."""
    for facet in _ALTERABLE:
        if facet not in changed:
            continue
        value = after.facets.get(facet)
        if facet == "strict":
            yield "STRICT" if value else "CALLED ON NULL INPUT"
        elif facet == "security_definer":
            yield "SECURITY DEFINER" if value else "SECURITY INVOKER"
        elif facet == "leakproof":
            yield "LEAKPROOF" if value else "NOT LEAKPROOF"
        elif facet == "settings":
            yield from _altered_settings(written(before, facet), written(after, facet))
        elif facet == "volatility":
            yield str(value).upper()
        elif facet == "support":
            yield f"SUPPORT {bare(str(value))}"
        else:
            yield f"{facet.upper()} {str(value).upper()}"


def _altered_settings(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    """What is SET anew keeps its place; where the order is another one, all is taken off first."""
    had, has = (tuple(parted(side)) for side in (old, new))
    if [*(name for name in had if name in has), *(name for name in has if name not in had)] != [*has]:
        yield from ("RESET ALL", *(_setting(entry) for entry in new))
        return
    for name in had:
        if name not in has:
            yield f"RESET {_setting_name(name)}"
    yield from (_setting(entry) for entry in new if entry not in old)


def _setting(entry: str) -> str:
    name, _, value = entry.partition("=")
    if name.lower() in _LISTS:
        return f"SET {_setting_name(name)} TO {', '.join(_list_item(item) for item in listed(value)) or literal('')}"
    return f"SET {_setting_name(name)} TO {literal(value)}"


def _setting_name(name: str) -> str:
    parts = (part if _PLAIN.match(part) else '"' + part.replace('"', '""') + '"' for part in name.split("."))
    return ".".join(parts)


def _list_item(item: str) -> str:
    if _PLAIN.match(item) and item not in _RESERVED:
        return item
    return literal(item[1:-1].replace('""', '"') if item.startswith('"') else item)


def _body(obj: DbObject) -> str:
    if obj.facets.get("sql_body") is not None:
        return readable_again(text(obj, "sql_body"))
    body = text(obj, "body")
    if obj.facets.get("library") is not None:
        return f"AS {literal(text(obj, 'library'))}, {literal(body)}"
    return f"AS {literal(body) if text(obj, 'language') == 'internal' else dollar_quoted(body)}"


def dollar_quoted(body: str) -> str:
    """A body between dollar signs, with a tag that it does not hold."""
    tag = "$$" if "$$" not in body and not body.endswith("$") else "$function$"
    while tag in body:
        tag = f"{tag[:-1]}_$"
    return f"{tag}{body}{tag}"


def _needs(obj: DbObject) -> Iterator[ObjectId]:
    for name in entries(obj, "transforms"):
        yield ObjectId("transform", f"for {name} language {text(obj, 'language')}")


def names(obj: DbObject) -> tuple[str, ...]:
    """Its own, and the one that it shares: while an overload that goes is there, a call may mean either."""
    return (f"routine {obj.id.identity}", f"overload {bare(obj.id.identity)}")


def _drop(obj: DbObject, context: Context) -> list[Step]:
    """What reads and writes a base type goes with the type, because each needs the other."""
    if any(one.kind == "shell_type" and one in context.dropped for one in context.before.dependencies.get(obj.id, ())):
        return []
    return [Step(f"DROP {obj.id.kind.upper()} {obj.id.identity}")]


def _aside(obj: DbObject) -> Effect:
    """A body that Postgres has read (BEGIN ATOMIC) holds the types of the columns it names."""
    return Effect.RETYPED if obj.facets.get("sql_body") is not None else Effect.REPLACED


KINDS = tuple(
    Kind(
        name,
        noun,
        _create,
        in_place=dict.fromkeys(_FACETS, _replace),
        unnoticed=frozenset(_FACETS) - {"arguments"},
        drop=_drop,
        needs=_needs,
        names=names,
        aside=_aside,
        privileges=noun,
        rank=30,
    )
    for name, noun in (("function", "FUNCTION"), ("procedure", "PROCEDURE"))
)
