"""What a value loses, or whether it is refused, when its column gets another type (docs, Data Types)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from driftwatch.core.catalog import ObjectId
from driftwatch.core.kinds.rules import Schema, entries, text

_WRITTEN = re.compile(r"^(?P<name>[^(]+?)\s*(?:\((?P<mods>[\d,\s-]+)\))?(?P<rest>(?: with(?:out)? time zone)?)$")
_TEXTS = frozenset({"text", "character varying", "character", "bpchar", "name", '"char"'})
_BITS = frozenset({"bit", "bit varying"})
_STAMPS = frozenset({"timestamp without time zone", "timestamp with time zone"})
_TIMES = frozenset({"time without time zone", "time with time zone"})
_CLOCKS = _STAMPS | _TIMES | {"interval"}
_MOMENTS = _CLOCKS | {"date"}
_DIGITS = {"smallint": 5, "integer": 10, "bigint": 19}
_LONGEST = {"smallint": 6, "integer": 11, "bigint": 20, "boolean": 5, "uuid": 36, '"char"': 1, "name": 63}
"""Characters that a value of the type has at most as text."""
_FLOATS = {"real": 6, "double precision": 15}
"""Decimal digits that are surely kept."""
_FRACTION = 6
"""Digits of a second that are kept unless told otherwise."""
_NAME_BYTES = 63


@dataclass(frozen=True, slots=True)
class _Type:
    """name: without length or precision. mods: those. fields: of an interval, as `day to hour`."""

    name: str
    mods: tuple[int, ...] = ()
    array: bool = False
    fields: str = ""

    @property
    def element(self) -> _Type:
        return _Type(self.name, self.mods, fields=self.fields)

    @property
    def is_number(self) -> bool:
        return self.name in _DIGITS or self.name in _FLOATS or self.name == "numeric"

    @property
    def scale(self) -> float:
        """Digits after the point that a value may have."""
        if self.name in _DIGITS:
            return 0
        if self.name == "money":
            return 2
        if self.name == "numeric" and self.mods:
            return self.mods[1] if len(self.mods) > 1 else 0
        return math.inf

    @property
    def whole(self) -> float:
        """Digits before the point that a value may have."""
        if self.name in _DIGITS:
            return _DIGITS[self.name]
        return self.mods[0] - self.scale if self.name == "numeric" and self.mods else math.inf

    @property
    def fraction(self) -> int:
        """Digits of a second that a value may have."""
        if self.name == "date":
            return 0
        return self.mods[0] if self.mods else _FRACTION

    @property
    def length(self) -> float:
        """Characters, or bits, that a value may have."""
        if self.name in _LONGEST:
            return _LONGEST[self.name]
        if self.name in ("character varying", "character", *_BITS) and self.mods:
            return self.mods[0]
        return math.inf


def _read(type_: str, schema: Schema) -> _Type:
    """A type as Postgres writes it; of a domain, what it is over."""
    array = type_.endswith("[]")
    match = _WRITTEN.match(type_.removesuffix("[]"))
    name = match["name"] + match["rest"] if match else type_.removesuffix("[]")
    domain = schema.get(ObjectId("domain", name))
    if domain is not None:
        of = _read(text(domain, "type"), schema)
        return _Type(of.name, of.mods, array or of.array, of.fields)
    mods = tuple(int(one) for one in match["mods"].split(",")) if match and match["mods"] else ()
    if name.startswith("interval "):
        return _Type("interval", mods, array, name.removeprefix("interval "))
    return _Type(name, mods, array)


def loses(old: str, new: str, before: Schema, after: Schema, *, cast: bool = False) -> str:
    """What values silently lose, in words that follow "…: "; "" if nothing, or if Postgres refuses instead.

    cast: the new type is named in USING, where Postgres cuts what it would refuse otherwise.
    """
    one, other = _read(old, before), _read(new, after)
    if one == other or (one.array and not other.array):
        return ""
    cast = cast or (other.array and not one.array)
    if cast and other.name in ("character varying", "character") and one.length > other.length:
        return f"what is longer than {other.mods[0]} characters is cut off"
    return _loses(one.element, other.element)


def _loses(one: _Type, other: _Type) -> str:
    if one.is_number or one.name == "money":
        return _number_loses(one, other)
    if one.name in _MOMENTS:
        return _moment_loses(one, other)
    if one.name in _TEXTS:
        return _text_loses(one, other)
    if (one.name, other.name) == ("inet", "cidr"):
        return "the host's part of addresses"
    return _to_char(one, other)


def _to_char(one: _Type, other: _Type) -> str:
    return "all but the first character" if other.name == '"char"' and one.name not in ('"char"', "boolean") else ""


def _number_loses(one: _Type, other: _Type) -> str:
    rounded = one.scale > other.scale
    if other.name in _DIGITS and one.name != "money":
        return "fractions are rounded" if rounded else ""
    if other.name == "numeric" and other.mods:
        return f"rounded to {_places(other)}" if rounded else ""
    if other.name == "money":
        return "rounded to two digits after the point" if rounded else ""
    if other.name == "numeric" and one.name in _FLOATS:
        return f"rounded to {_FLOATS[one.name]} digits"
    if other.name in _FLOATS:
        kept = one.name == "real" or one.whole + one.scale <= _FLOATS[other.name] or one.name == other.name
        return "" if kept else f"rounded to about {_FLOATS[other.name]} digits"
    if other.name == "boolean":
        return "which number it was"
    if other.name == "date":
        return "the time of day"
    if other.name in _STAMPS:
        return "fractions of a second are rounded" if one.scale > other.fraction else ""
    if other.name in _BITS and other.mods:
        return f"what is longer than {other.mods[0]} bits is cut off"
    return _to_char(one, other)


def _places(other: _Type) -> str:
    return f"{int(other.scale)} digits after the point" if other.scale > 0 else "whole numbers"


def _moment_loses(one: _Type, other: _Type) -> str:
    if other.name == "date" and one.name != "date":
        return "the time of day"
    if one.name in _STAMPS and other.name in _TIMES:
        return "the day"
    if one.name == "interval" and other.name in _TIMES:
        return "whole days"
    if one.name == "time with time zone" and other.name in ("time without time zone", "interval"):
        return "the time zone"
    if one.name == other.name == "interval" and other.fields not in ("", one.fields):
        return f"what is not {other.fields}"
    if other.name in _CLOCKS and one.fraction > other.fraction:
        return "fractions of a second are rounded"
    if other.name == "real":
        return "rounded to about 6 digits"
    if (other.name in _DIGITS or other.name == "numeric") and one.fraction > other.scale:
        return "fractions of a second are rounded"
    return _to_char(one, other)


def _text_loses(one: _Type, other: _Type) -> str:
    if other.name == "numeric" and other.mods:
        return f"rounded to {_places(other)}"
    if other.name == "date":
        return "the time of day, where there is one"
    if other.name in _TIMES:
        return "the day, where there is one"
    if other.name in _CLOCKS and (other.fraction < _FRACTION or other.fields):
        return "fractions of a second are rounded" if not other.fields else f"what is not {other.fields}"
    if other.name in _BITS and other.mods:
        return f"what is longer than {other.mods[0]} bits is cut off"
    if other.name == "name" and one.name != "name" and one.length * 4 > _NAME_BYTES and one.length != 1:
        return f"what is longer than {_NAME_BYTES} bytes is cut off"
    return _to_char(one, other)


def may_fail(old: str, new: str, before: Schema, after: Schema) -> bool:
    """Whether Postgres refuses the change where a value does not fit."""
    if _is_checked(new, after) and old != new:
        return True
    one, other = _read(old, before), _read(new, after)
    if one.array and not other.array:
        return other.name not in ("text", "character varying") or bool(other.mods)
    if other.array and not one.array and one.name in _TEXTS:
        return True
    return one != other and not _fits(one.element, other.element)


def _is_checked(type_: str, schema: Schema) -> bool:
    """Whether it is a domain that does not take every value of what it is over."""
    domain = schema.get(ObjectId("domain", type_.removesuffix("[]")))
    if domain is None:
        return False
    return bool(entries(domain, "checks") or domain.facets.get("not_null")) or _is_checked(text(domain, "type"), schema)


_ALWAYS = frozenset({
    ("cidr", "inet"), ("inet", "cidr"), ("macaddr", "macaddr8"), ("jsonb", "json"), ("smallint", "money"),
    ("integer", "money"), ("real", "double precision"), ("real", "numeric"), ("double precision", "numeric"),
    ("money", "numeric"),
})  # fmt: skip


def _fits(one: _Type, other: _Type) -> bool:
    if other.name in ("text", "name", '"char"', "bpchar") or (other.name == "character varying" and not other.mods):
        return True
    if other.name in ("character varying", "character"):
        return one.length <= other.length
    if other.name in _BITS:
        alike = one.name in _BITS and one.length <= other.length
        return alike and (other.name == "bit varying" or (one.name == "bit" and one.length == other.length))
    if other.name in ("json", "jsonb") and one.name not in ("json", *_TEXTS):
        return True
    if one.name in _MOMENTS and other.name in _MOMENTS:
        return _casts_between(one, other)
    if (one.name, other.name) in _ALWAYS and not other.mods:
        return True
    return _number_fits(one, other) if one.is_number or one.name == "boolean" else one.name == other.name


def _casts_between(one: _Type, other: _Type) -> bool:
    """Whether Postgres has a cast: otherwise it goes by the text, which the other type may not take."""
    if one.name == other.name or {one.name, other.name} <= _TIMES | {"interval"}:
        return (one.name, other.name) != ("interval", "time with time zone")
    return one.name in _STAMPS or (one.name == "date" and other.name in _STAMPS)


def _number_fits(one: _Type, other: _Type) -> bool:
    if one.name == "boolean" or other.name == "boolean":
        return other.name == "boolean" or other.name in _DIGITS
    if other.name in _DIGITS:
        return one.name in _DIGITS and _DIGITS[one.name] <= _DIGITS[other.name]
    if other.name == "numeric":
        rounded = 1 if one.scale > other.scale else 0  # 9.99 becomes 10.0
        return not other.mods or one.whole + rounded <= other.whole
    if other.name in _FLOATS:
        return one.name == other.name or one.whole < 38
    if other.name == "money":
        return one.whole < 17
    return one.name in ("smallint", "integer") and other.name in _STAMPS
