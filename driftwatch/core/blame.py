"""Which migration an object comes from: what each file changed, told by the hashes of objects before and after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from driftwatch.core.catalog import ObjectId
from driftwatch.core.statements import Statement

Tree = dict[ObjectId, str]
"""The hash of every object at one moment."""
Delta = Mapping[ObjectId, str | None]
"""What one file changed: the new hash of each object that it touched, None where the object is gone."""
NEAR = 6
"""How many similar names are offered for one that is unknown."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One file that touched an object. index: the file's place in the list of deltas."""

    index: int
    change: Literal["added", "changed", "removed"]


def delta(before: Tree, after: Tree) -> dict[ObjectId, str | None]:
    """What turns one tree into the other."""
    changed: dict[ObjectId, str | None] = {id_: hash_ for id_, hash_ in after.items() if before.get(id_) != hash_}
    return changed | dict.fromkeys(before.keys() - after.keys())


def grow(tree: Tree, change: Delta) -> None:
    """Brings a tree to the state after a file."""
    for id_, hash_ in change.items():
        if hash_ is None:
            tree.pop(id_, None)
        else:
            tree[id_] = hash_


def touches(id_: ObjectId, deltas: Sequence[Delta]) -> tuple[Touch, ...]:
    """The files that touched an object, in the order in which they ran."""
    found: list[Touch] = []
    there = False
    for index, change in enumerate(deltas):
        if id_ not in change:
            continue
        now = change[id_] is not None
        found.append(Touch(index, "changed" if there and now else "added" if now else "removed"))
        there = now
    return tuple(found)


def last_definitions(ids: Collection[ObjectId], deltas: Sequence[Delta]) -> dict[ObjectId, int]:
    """For each of the objects that is there at the end: the index of the last file that touched it."""
    found: dict[ObjectId, int] = {}
    for index, change in enumerate(deltas):
        for id_ in change.keys() & ids if len(change) > len(ids) else [id_ for id_ in change if id_ in ids]:
            found[id_] = index
    return {id_: index for id_, index in found.items() if deltas[index][id_] is not None}


def parts_of(id_: ObjectId, ids: Iterable[ObjectId]) -> set[ObjectId]:
    """What hangs on an object: a table's columns, its policies, triggers, constraints."""
    inside, on = f"{id_.identity}.", f" on {id_.identity}"
    return {
        one for one in ids if one.identity.endswith(on) or (one.kind == "column" and one.identity.startswith(inside))
    }


# -- what a person calls an object

_ALIASES = {
    "int": "integer",
    "int4": "integer",
    "int8": "bigint",
    "int2": "smallint",
    "bool": "boolean",
    "varchar": "character varying",
    "char": "character",
    "float8": "double precision",
    "float4": "real",
    "decimal": "numeric",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "timetz": "time with time zone",
}
_CALLABLE = ("function", "procedure", "aggregate")
_ARGUMENTS = re.compile(r"\(([^()]*)\)$")


def find(asked: str, ids: Iterable[ObjectId]) -> list[ObjectId]:
    """The objects that a person means: `public.orders`, `table public.orders`, `public.orders.total`, `"My policy" on
    public.orders`, a function with or without its arguments; the schema may be left out.

    The nearest reading that fits anything counts; several objects that fit it equally are all returned, sorted.
    """
    known = set(ids)
    kind, name = _kind_and_name(asked, {id_.kind for id_ in known})
    candidates = [id_ for id_ in known if not kind or id_.kind == kind]
    exact = [id_ for id_ in candidates if id_.identity == name]
    if exact:
        return sorted(exact)
    wanted = _normal(name)
    names = {id_: _names(id_) for id_ in candidates}
    for level in range(_LEVELS):
        found = sorted(id_ for id_ in candidates if wanted in names[id_][level])
        if found:
            return found
    return []


def near(asked: str, ids: Iterable[ObjectId]) -> list[ObjectId]:
    """Objects with similar names, the most similar first."""
    known = list(ids)
    kind, name = _kind_and_name(asked, {id_.kind for id_ in known})
    by_name: dict[str, list[ObjectId]] = {}
    for id_ in known:
        if not kind or id_.kind == kind:
            for level in _names(id_):
                for text in level:
                    by_name.setdefault(text, []).append(id_)
    found = dict.fromkeys(
        id_ for text in get_close_matches(_normal(name), by_name, n=NEAR, cutoff=0.7) for id_ in sorted(by_name[text])
    )
    return list(found)[:NEAR]


def _kind_and_name(asked: str, kinds: set[str]) -> tuple[str, str]:
    asked = " ".join(asked.split())
    for kind in sorted(kinds, key=len, reverse=True):
        for words in (kind, kind.replace("_", " ")):
            if asked.casefold().startswith(f"{words} ") and len(asked) > len(words) + 1:
                return kind, asked[len(words) + 1 :]
    return "", asked


_LEVELS = 4


def _names(id_: ObjectId) -> tuple[set[str], ...]:
    """What an object may be called, by how exactly that names it: four sets."""
    whole = id_.identity
    short = _ARGUMENTS.sub("", whole) if id_.kind in _CALLABLE else whole
    name, on, carrier = whole.rpartition(" on ")
    if on and id_.kind != "default_privileges":
        without_schema, alone = {f"{name}{on}{_without_schema(carrier)}"}, {name}
    elif id_.kind == "column" or "." in short:
        without_schema, alone = {_without_schema(whole)}, {_without_schema(short)}
    else:
        without_schema, alone = set(), set()
    return tuple({_normal(text) for text in texts} for texts in ({whole}, {short}, without_schema, alone))


def _without_schema(name: str) -> str:
    match = re.match(r'(?:"(?:[^"]|"")*"|[^".(]+)\.(?=.)', name)
    return name[match.end() :] if match else name


def _normal(name: str) -> str:
    """Without quotes, in lower case, with types spelt as Postgres spells them."""
    text = " ".join(name.replace('"', "").casefold().split())

    def spelt(match: re.Match[str]) -> str:
        types = (one.strip() for one in match[1].split(","))
        return "(" + ",".join(re.sub(r"^\w+", lambda word: _ALIASES.get(word[0], word[0]), one) for one in types) + ")"

    return _ARGUMENTS.sub(spelt, text).replace(" (", "(")


# -- where in a file


def naming_statement(statements: Sequence[Statement], id_: ObjectId, *, gone: bool = False) -> Statement | None:
    """The statement that names the object: of several the first that is no DROP, or with `gone` the last that is one.

    Where none names the object itself, one that names what it hangs on; None where there is none either.
    """
    words = _words(id_)
    for wanted in (words, words[1:]):
        patterns = [_word(word) for word in wanted]
        naming = [one for one in statements if patterns and all(pattern.search(one.text) for pattern in patterns)]
        drops = [one for one in naming if one.kind.startswith("drop_")]
        if gone and drops:
            return drops[-1]
        if naming:
            return next((one for one in naming if one not in drops), naming[0])
    return None


def line_within(statement: Statement, id_: ObjectId) -> int:
    """The line of the file: a column's or a constraint's own where the statement defines many, else where it begins."""
    if id_.kind in ("column", "constraint", "domain_constraint") or statement.kind == "do_stmt":
        match = _word(_words(id_)[0]).search(statement.text)
        if match:
            return statement.line + statement.text.count("\n", 0, match.start())
    return statement.line


def _words(id_: ObjectId) -> list[str]:
    """The object's own name, then the name of what it hangs on, as they stand in the identity."""
    if id_.kind == "default_privileges":
        return ["default privileges", *re.findall(r"in schema (\S+)", id_.identity)]
    name, on, carrier = id_.identity.rpartition(" on ")
    if on:
        return [_last(name), _last(carrier)]
    if id_.kind == "role_membership":
        return [_last(part) for part in id_.identity.split(" in ")]
    if id_.kind == "column":
        return [_last(id_.identity), _last(id_.identity[: -len(_last(id_.identity)) - 1])]
    whole = _ARGUMENTS.sub("", id_.identity)
    return [_last(whole.split(" using ")[0].split(" in this database")[0])]


def _last(name: str) -> str:
    """The last part of a qualified name."""
    parts: list[str] = re.findall(r'"(?:[^"]|"")*"|[^".]+', name)
    return parts[-1] if parts else name


def _word(name: str) -> re.Pattern[str]:
    """Finds a name in SQL: a quoted one as it is, another in either case, with or without quotes."""
    if name.startswith('"'):
        return re.compile(re.escape(name))
    return re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])", re.IGNORECASE)
