create unlogged table t (id int, note text) with (fillfactor=80, toast.autovacuum_enabled=false);
alter table t force row level security;
comment on column t.note is 'a note';
