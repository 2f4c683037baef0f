create table private.t (id int);
create index i on private.t (id);
create schema app;
create extension pg_trgm;
create sequence private.s;
create materialized view private.m as select 1;
create function private.f() returns int language sql as $$ select 1 $$;
create view private.v as select 1 as a;
create trigger t after insert on private.t for each row execute function private.g();
alter type public.mood add value 'sad';
-- expect: 1 if-exists
-- expect: 2 if-exists
-- expect: 3 if-exists
-- expect: 4 if-exists
-- expect: 5 if-exists
-- expect: 6 if-exists
-- expect: 7 if-exists
-- expect: 8 if-exists
-- expect: 9 if-exists
-- expect: 10 if-exists
