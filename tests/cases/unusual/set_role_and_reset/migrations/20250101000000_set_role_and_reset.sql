create schema if not exists private;
set role authenticated;
select 1;
reset role;
create table if not exists private.t (id int primary key, note text);
set local role anon;
