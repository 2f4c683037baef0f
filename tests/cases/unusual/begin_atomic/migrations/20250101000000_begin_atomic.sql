create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
create or replace function private.count_all() returns bigint language sql stable
begin atomic
  select count(*) from private.t;
end;
create or replace procedure private.fill(n int) language sql begin atomic
  insert into private.t (id) values (n);
  insert into private.t (id) values (n + 1);
end;
call private.fill(1);
