"""What the planner asks of every kind: how it is made, altered in place, dropped, and what it depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal

from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value

Danger = Literal["data destroyed", "table rewritten", "lock", "long scan", "may fail", "to be filled in"]


@dataclass(frozen=True, slots=True)
class Hazard:
    """What a step may do besides what it is for. what: in words, with the table's name.

    "to be filled in": the statement lacks something that is never read, as a password: so it proves nothing.
    """

    danger: Danger
    what: str


@dataclass(frozen=True, slots=True)
class Step:
    """One statement, without its semicolon; "" where nothing can be run and there is only something to say.

    alone: Postgres refuses it inside a transaction block. note: why it is done so, where that was a decision.
    """

    sql: str
    hazards: tuple[Hazard, ...] = ()
    alone: bool = False
    note: str = ""

    @property
    def destructive(self) -> bool:
        return any(hazard.danger == "data destroyed" for hazard in self.hazards)


class Effect(IntEnum):
    """What an object's dependents notice when it changes.

    RETYPED: Postgres refuses while some of them (views, policies …) are there. REPLACED: it is another object.
    """

    NONE = 0
    RETYPED = 1
    REPLACED = 2


@dataclass(frozen=True, slots=True)
class Alteration:
    """An object altered in place: the statements, and what its dependents notice."""

    steps: tuple[Step, ...]
    effect: Effect = Effect.NONE


UNKNOWN = "unknown"


@dataclass(frozen=True)
class Schema:
    """One side of a plan: its objects, and for each what it depends on (as pg_depend has it).

    mentions: what a function's text names. Postgres records nothing of it, and it may name what is not there yet, or
    (UNKNOWN) what is found only with the search_path of whoever calls it.
    first: what is to be made before an object that does not depend on it, and can't go without the object going too.
    notes: what rules have worked out about this side and keep, by a name of their own.
    """

    catalog: Catalog
    dependencies: Mapping[ObjectId, frozenset[ObjectId]] = field(default_factory=dict)
    mentions: Mapping[ObjectId, frozenset[ObjectId]] = field(default_factory=dict)
    first: Mapping[ObjectId, frozenset[ObjectId]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict, compare=False)

    def get(self, id_: ObjectId) -> DbObject | None:
        return self.catalog.objects.get(id_)


@dataclass(frozen=True)
class Context:
    """What a rule may look at besides its own object.

    creator: the role that will run the plan, which owns what it makes. online: prefer forms that do not block
    writers for long, even where they take more statements. inlined: parts that their parent's CREATE holds.
    dropped, created: what is, once everything is decided; an object that is made again is in both. apart: what is
    dropped by a statement of its own, once everything is in order.
    database: the name of the one that the plan is for, without quotes. defaults: FROM's default privileges, also those
    that are not compared: they decide what a new object grants.
    """

    before: Schema
    after: Schema
    creator: str = "postgres"
    online: bool = False
    inlined: frozenset[ObjectId] = frozenset()
    dropped: frozenset[ObjectId] = frozenset()
    created: frozenset[ObjectId] = frozenset()
    apart: frozenset[ObjectId] = frozenset()
    database: str = "postgres"
    defaults: Mapping[ObjectId, DbObject] = field(default_factory=dict)

    def default_privileges(self, identity: str) -> DbObject | None:
        """FROM's default privileges of this identity."""
        id_ = ObjectId("default_privileges", identity)
        return self.defaults.get(id_) or self.before.get(id_)

    @property
    def version(self) -> int:
        """Of the server that the plan is for."""
        return self.before.catalog.server_version


Create = Callable[[DbObject, Context], Sequence[Step]]
InPlace = Callable[[DbObject, DbObject, Context], "Sequence[Step] | Alteration | None"]
"""(before, after, context) to the statements that bring one facet, or a group of facets, from one to the other;
None when it can't be done in place."""

ATTACHED = frozenset({"owner", "acl", "acl_grantors", "comment", "depends_on_extensions"})
"""Facets that every kind has alike: `attached` writes them."""


def _no_ids(obj: DbObject) -> Iterable[ObjectId]:
    return ()


def _no_parent(obj: DbObject) -> ObjectId | None:
    return None


def _identity(obj: DbObject) -> str:
    return obj.id.identity


def _no_names(obj: DbObject) -> tuple[str, ...]:
    return ()


def never(obj: DbObject, context: Context) -> Sequence[Step]:
    """For what comes and goes with something else."""
    return ()


@dataclass(frozen=True)
class Kind:
    """The rules of one kind.

    noun: what COMMENT ON, ALTER … OWNER TO and DROP call it. reference: what follows the noun. create: without owner,
    grants and comment. in_place: by facet; a changed facet that is not here, or whose rule returns None, means drop
    and create. A function that serves several facets is called once. drop: None is `DROP noun reference`. parent:
    what it goes with: it is dropped with it, and made after it. inside: it is made by its parent's own statement (a
    column by CREATE TABLE). inline: kinds of parents whose statement may hold it where the order allows (a primary
    key in CREATE TABLE); then it is in `Context.inlined`. extras: what follows its making, by whatever statement it
    is made. needs: dependencies that the facets tell, beside pg_depend. ignored: facets that no statement can change,
    or that another object's statements bring. names: what no two objects may share at one time, "relation
    public.orders". aside: the weakest effect on something it depends on that makes it step aside (dropped before,
    made again after). follow: how it lives through that instead, in place: (before, after, the dependency, context).
    follows: the strongest effect that it lives through so. set_aside: the statement that renames it out of the way
    while its dependents are moved to its successor, and the identity it then has. data: dropping it destroys rows; it
    never steps aside. carry: what brings the rows of one that is made again from where it was set aside to its
    successor. holds_rows: those rows may go into it, so it is made before. made_by, dropped_by: another object whose
    statement makes or drops it too. frees: objects whose parts are touched only when this one is dropped.
    fits: it is made when what goes from the tables that it needs is gone. chooses: it takes whichever part of what it
    needs will do, so that those that go must be gone (a foreign key takes any unique index).
    rank: earlier ones are printed first where the dependencies leave it open. privileges: which objects GRANT calls
    it ("" when it has no grants). reference_in: the reference where it takes more than the object. owner_in_create:
    the CREATE itself says who owns it. drops_first: it is dropped before all else, because it acts on what happens.
    unnoticed: facets that are always altered in place, without anything that depends on it having to do with it.
    """

    name: str
    noun: str
    create: Create
    in_place: Mapping[str, InPlace] = field(default_factory=dict)
    drop: Create | None = None
    reference: Callable[[DbObject], str] = _identity
    parent: Callable[[DbObject], ObjectId | None] = _no_parent
    inside: bool = False
    inline: frozenset[str] | Callable[[DbObject, Context], frozenset[str]] = frozenset()
    extras: Create | None = None
    needs: Callable[[DbObject], Iterable[ObjectId]] = _no_ids
    ignored: frozenset[str] = frozenset()
    names: Callable[[DbObject], tuple[str, ...]] = _no_names
    aside: Effect | Callable[[DbObject], Effect] = Effect.REPLACED
    follow: Callable[[DbObject, DbObject, ObjectId, Context], Alteration | None] | None = None
    follows: Effect = Effect.REPLACED
    set_aside: Callable[[DbObject, Context], tuple[Step | Sequence[Step], str]] | None = None
    data: bool | Callable[[DbObject], bool] = False
    carry: Create | None = None
    holds_rows: bool = False
    made_by: Callable[[DbObject, Context], ObjectId | None] | None = None
    dropped_by: Callable[[DbObject, Context], ObjectId | None] | None = None
    frees: Callable[[DbObject], Iterable[ObjectId]] | None = None
    fits: bool = False
    chooses: Callable[[DbObject], bool] | None = None
    rank: int = 50
    privileges: str = ""
    drops_first: bool = False
    has_owner: bool = True
    has_comment: bool = True
    reference_in: Callable[[DbObject, Context], str] | None = None
    owner_in_create: bool = False
    unnoticed: frozenset[str] = frozenset()

    def inline_in(self, obj: DbObject, context: Context) -> frozenset[str]:
        """The kinds of parents whose statement may hold this object."""
        return self.inline(obj, context) if callable(self.inline) else self.inline

    def steps_aside_at(self, obj: DbObject) -> Effect:
        """The weakest effect on something it depends on that makes this object step aside."""
        return self.aside(obj) if callable(self.aside) else self.aside

    def has_data(self, obj: DbObject) -> bool:
        """Whether dropping this object destroys rows."""
        return self.data(obj) if callable(self.data) else self.data


def table_of(obj: DbObject) -> ObjectId:
    """What a part is a part of: a table, a foreign table or a view."""
    return ObjectId(text(obj, "table_kind") or "table", text(obj, "table"))


def changed_facets(before: DbObject, after: DbObject) -> frozenset[str]:
    """The names of the facets that differ."""
    from driftwatch.core.fingerprint import same_value

    if before.facets == after.facets:  # nearly always, and fast
        return frozenset()
    names = before.facets.keys() | after.facets.keys()
    return frozenset(name for name in names if not same_value(before.facets.get(name), after.facets.get(name)))


def text(obj: DbObject, facet: str) -> str:
    """A text facet, "" where the object does not have it."""
    value = obj.facets.get(facet)
    return "" if value is None else str(value)


def entries(obj: DbObject, facet: str) -> tuple[str, ...]:
    """A list facet, empty where the object does not have it."""
    value: Value = obj.facets.get(facet)
    return value if isinstance(value, tuple) else ()


class Dependencies(dict[ObjectId, frozenset[ObjectId]]):
    """For each object the others that must be there before it.

    written: lists that mean the same in any order, in the one that a dump shows, by identity and facet.
    """

    def __init__(
        self,
        needs: Mapping[ObjectId, frozenset[ObjectId]],
        written: Mapping[tuple[str, str], tuple[str, ...]],
    ) -> None:
        super().__init__(needs)
        self.written = written


class Written(tuple[str, ...]):
    """A list facet in its canonical order, which also knows the one it was written in: a dump shows that one."""

    as_written: tuple[str, ...]

    @classmethod
    def of(cls, canonical: tuple[str, ...], as_written: tuple[str, ...]) -> Written:
        found = cls(canonical)
        found.as_written = as_written
        return found


def written(obj: DbObject, facet: str) -> tuple[str, ...]:
    """A list facet in the order it was written in, as far as that is known."""
    value = entries(obj, facet)
    return value.as_written if isinstance(value, Written) else value


def literal(value: str) -> str:
    """A text as an SQL literal, right whatever standard_conforming_strings says."""
    quoted = value.replace("'", "''")
    return f"'{quoted}'" if "\\" not in quoted else "E'" + quoted.replace("\\", "\\\\") + "'"
