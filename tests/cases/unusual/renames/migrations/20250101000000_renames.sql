create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
alter table private.t rename to u;
alter table private.u rename column note to remark;
alter schema private rename to internal;
alter table internal.u set schema public;
alter table public.u enable row level security;
