create extension postgres_fdw;
create server srv foreign data wrapper postgres_fdw options (host 'a');
create foreign table f (id bigint not null, b text options (column_name 'bb') default 'x', c int) server srv options (table_name 'uu', schema_name 'q');
alter foreign table f add constraint ck check (c > 0);
comment on foreign table f is 'far';
comment on column f.b is 'bb';
