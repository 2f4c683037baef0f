"""Grants as Postgres stores them, turned into values that are the same for the same grants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from driftwatch.core.keywords import KEYWORDS

PRIVILEGES = {
    "r": "SELECT",
    "a": "INSERT",
    "w": "UPDATE",
    "d": "DELETE",
    "D": "TRUNCATE",
    "x": "REFERENCES",
    "t": "TRIGGER",
    "m": "MAINTAIN",
    "X": "EXECUTE",
    "U": "USAGE",
    "C": "CREATE",
    "T": "TEMPORARY",
    "c": "CONNECT",
    "s": "SET",
    "A": "ALTER SYSTEM",
}
PUBLIC = "PUBLIC"

Item = tuple[str, str, str]
"""Grantee ("" is PUBLIC), letters of privileges (each may be followed by `*`), grantor."""


def parse_item(text: str) -> Item:
    """One aclitem as text, `"odd name"=r*w/owner`, in its three parts with the names unquoted."""
    grantee, rest = _name(text)
    letters, _, grantor = rest.removeprefix("=").partition("/")
    return grantee, letters, _name(grantor)[0]


def fold(items: Sequence[str], default: Sequence[str] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The grants of one object as (grants, unusual grantors), both sorted and independent of storage order.

    A grant reads `grantee=DELETE,SELECT*`, `*` for the grant option. The owner's entry is left out while it
    is the built-in default and stands alone (`owner=`) when the owner has lost everything, so an untouched
    object and one whose default was written out are equal. A grantor other than the owner is named as
    `grantee=SELECT by grantor`. default: what Postgres gives an untouched object, which also says who the
    owner is; None if there is none.
    """
    parsed = [parse_item(item) for item in items]
    owner, owners_letters = _owner(default)
    grants: dict[str, set[str]] = {}
    for grantee, letters, _ in parsed:
        grants.setdefault(grantee, set()).update(_split(letters))
    if owner is not None:
        if grants.get(owner, set()) == set(_split(owners_letters)):
            grants.pop(owner, None)
        else:
            grants.setdefault(owner, set())
    by_others = [
        f"{entry} by {quote(grantor)}"
        for grantee, letters, grantor in parsed
        if owner is not None and grantor != owner
        for entry in [_entry(grantee, _split(letters))]
    ]
    return tuple(sorted(_entry(*grant) for grant in grants.items())), tuple(sorted(by_others))


def without(grants: Iterable[str], privilege: str) -> tuple[str, ...]:
    """Folded grants with one privilege left out, for comparing versions of Postgres that lack it."""
    kept = []
    for grant in grants:
        grantee, _, listed = grant.rpartition("=")
        rest = [name for name in listed.split(",") if name.rstrip("*") != privilege]
        if rest or not listed:
            kept.append(f"{grantee}={','.join(rest)}")
    return tuple(kept)


def quote(name: str) -> str:
    """A role's name as SQL writes it."""
    plain = name[:1].isalpha() or name[:1] == "_"
    if plain and name.isascii() and name == name.lower() and name.replace("_", "a").isalnum():
        return f'"{name}"' if name in KEYWORDS else name
    return '"' + name.replace('"', '""') + '"'


def _owner(default: Sequence[str] | None) -> tuple[str | None, str]:
    for item in default or ():
        grantee, letters, grantor = parse_item(item)
        if grantee == grantor:
            return grantor, letters
    return None, ""


def _entry(grantee: str, privileges: Iterable[str]) -> str:
    return f"{quote(grantee) if grantee else PUBLIC}={','.join(sorted(privileges))}"


def _split(letters: str) -> list[str]:
    found: list[str] = []
    for letter in letters:
        if letter == "*":
            found[-1] += "*"
        else:
            found.append(PRIVILEGES.get(letter, letter))
    return found


def _name(text: str) -> tuple[str, str]:
    """The possibly quoted name at the start, and the rest."""
    if not text.startswith('"'):
        end = min((at for at in (text.find("="), text.find("/")) if at >= 0), default=len(text))
        return text[:end], text[end:]
    name = []
    at = 1
    while at < len(text):
        if text[at] == '"':
            if text[at + 1 : at + 2] != '"':
                break
            at += 1
        name.append(text[at])
        at += 1
    return "".join(name), text[at + 1 :]
