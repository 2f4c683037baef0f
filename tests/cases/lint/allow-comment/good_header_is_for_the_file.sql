-- What it is for.
-- driftwatch: allow destructive the old shop is gone
-- driftwatch: allow rls-on-new-tables the API does not serve it yet
drop table if exists private.a;
drop table if exists private.b;
create table if not exists public.t (id int primary key);
