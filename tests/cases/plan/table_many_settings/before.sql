create table t (id int, note text) with (fillfactor=70, autovacuum_enabled=false, toast.autovacuum_vacuum_threshold=100);
alter table t replica identity full;
alter table t enable row level security;
comment on table t is 'it''s a table \ with a backslash';
