create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
create rule never as on delete to private.t do instead nothing;
create rule log as on insert to private.t do also (notify t; select 1);
