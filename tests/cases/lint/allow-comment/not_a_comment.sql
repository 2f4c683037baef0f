select '-- driftwatch: allow destructive a string';
select $$
-- driftwatch: allow destructive a body
$$;
drop table if exists private.a;
-- expect: 5 destructive
