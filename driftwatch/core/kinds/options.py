"""Lists of `name=value` as the catalog has them, written as SQL: options of foreign data, settings of roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from driftwatch.core.acl import quote
from driftwatch.core.kinds.rules import Hazard, Step, literal

HIDDEN = "(hidden)"
_LISTS = frozenset(
    {
        "local_preload_libraries",
        "search_path",
        "session_preload_libraries",
        "shared_preload_libraries",
        "temp_tablespaces",
        "unix_socket_directories",
    }
)
"""Settings whose value is a list of names that are quoted one by one."""

_EMPTY = re.compile(r'(?:(?<=, )|^)""(?=, |$)')


def parted(listed: Iterable[str]) -> dict[str, str]:
    """Name to value."""
    return {name: value for name, _, value in (entry.partition("=") for entry in listed)}


def parameters_changed(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names to RESET and the `name=value` to SET, which puts them at the end: so that they stand as written."""
    had, has = parted(old), parted(new)
    gone = [name for name in had if name not in has]
    changed = [entry for entry in new if entry not in old]
    if (gone or changed) and [*(entry for entry in old if entry in new), *changed] != [*new]:
        kept = [entry for entry in old if entry.partition("=")[0] in has]
        same = next((at for at, pair in enumerate(zip(kept, new, strict=False)) if pair[0] != pair[1]), len(kept))
        changed = [*new[same:]]
    return gone, changed


def options(listed: Iterable[str]) -> str:
    """` OPTIONS (host 'a', port '1')` for CREATE, "" for none. What is hidden is left out."""
    known = [f"{quote(name)} {literal(value)}" for name, value in parted(listed).items() if value != HIDDEN]
    return f" OPTIONS ({', '.join(known)})" if known else ""


def options_changed(old: Iterable[str], new: Iterable[str]) -> str:
    """`OPTIONS (SET host 'b', DROP port)` for ALTER, "" where nothing that is known changes."""
    had, has = parted(old), parted(new)
    changed = [f"DROP {quote(name)}" for name in had if name not in has]
    for name, value in has.items():
        if value != HIDDEN and had.get(name) != value:
            changed.append(f"{'SET' if name in had else 'ADD'} {quote(name)} {literal(value)}")
    return f"OPTIONS ({', '.join(changed)})" if changed else ""


def hidden(old: Iterable[str], new: Iterable[str], what: str) -> tuple[Hazard, ...]:
    """What is to be filled in because it is never read. what: whose option, "server films"."""
    had = parted(old)
    missing = [name for name, value in parted(new).items() if value == HIDDEN and name not in had]
    return tuple(Hazard("to be filled in", f"{name} of {what} is a secret and was not read") for name in missing)


def settings_changed(head: str, old: Iterable[str], new: Iterable[str], what: str) -> Iterator[Step]:
    """SET and RESET after `ALTER ROLE name ` or the like. what: for words about what is hidden."""
    had, has = parted(old), parted(new)
    gone = [name for name in had if name not in has]
    if gone and not has:
        yield Step(f"{head} RESET ALL")
    else:
        yield from (Step(f"{head} RESET {setting_name(name)}") for name in gone)
    for name, value in has.items():
        if value == HIDDEN:
            if name not in had:
                yield Step("", hidden((), (f"{name}={value}",), what))
        elif had.get(name) != value:
            yield Step(f"{head} SET {setting_name(name)} TO {setting_value(name, value)}")


def setting_name(name: str) -> str:
    """A setting's name as SET takes it. Those of one's own have dots, and keep their case."""
    return ".".join(quote(part) for part in name.split(".")) if "." in name else name


def setting_value(name: str, value: str) -> str:
    """A setting's stored value as SET takes it."""
    if name.lower() in _LISTS:
        return _EMPTY.sub("''", value) or "''"
    return literal(value)
