"""Two sets of grants compared: who gained what, who lost what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from driftwatch.core.catalog import Value

Rights = tuple[str, tuple[str, ...]]
"""A role as SQL writes it (PUBLIC is everybody) and privileges, `SELECT*` being the option to grant SELECT on."""
EVERYTHING = "everything"
"""What an owner has who stands in no list of grants."""


@dataclass(frozen=True, slots=True)
class GrantDelta:
    """What one list of grants has beyond another, by role."""

    gained: tuple[Rights, ...]
    lost: tuple[Rights, ...]


def compare_grants(before: Value, after: Value) -> GrantDelta:
    """The difference of two lists of folded grants (`anon=INSERT,SELECT*`); anything else counts as none."""
    old, new = _by_role(before), _by_role(after)
    gained, lost = [], []
    for role in sorted(old.keys() | new.keys()):
        come, gone = _between(old.get(role), new.get(role))
        if come:
            gained.append((role, come))
        if gone:
            lost.append((role, gone))
    return GrantDelta(tuple(gained), tuple(lost))


def in_words(privileges: Iterable[str], option_alone: str = "grant option for") -> str:
    """`INSERT, SELECT with grant option`. option_alone: what stands before a privilege whose option it only is."""
    given = set(privileges)
    words = []
    for name in sorted({name.rstrip("*") for name in given}):
        option = f"{name}*" in given
        plain = name in given
        words.append(f"{name} with grant option" if plain and option else f"{option_alone} {name}" if option else name)
    return ", ".join(words)


def _between(old: frozenset[str] | None, new: frozenset[str] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A role without privileges is an owner who gave all away; before and after that it had everything."""
    if old is None and new == frozenset():
        return (), (EVERYTHING,)
    if new is None and old == frozenset():
        return (EVERYTHING,), ()
    old, new = old or frozenset(), new or frozenset()
    return tuple(sorted(new - old)), tuple(sorted(old - new))


def _by_role(grants: Value) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for grant in grants if isinstance(grants, tuple) else ():
        role, _, listed = grant.rpartition("=")
        names = {name for name in listed.split(",") if name}
        found[role] = frozenset(names | {name.rstrip("*") for name in names})
    return found
