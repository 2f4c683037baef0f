create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
create or replace function private.f() returns text language sql as $$
  select 'a
b'
$$;
