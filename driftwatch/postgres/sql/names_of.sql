-- The names (named_objects.sql) of what has these OIDs.
select class, oid, part, kind, identity
  from (:named) named (class, oid, part, kind, identity)
 where oid = any(%(oids)s::int8[])
