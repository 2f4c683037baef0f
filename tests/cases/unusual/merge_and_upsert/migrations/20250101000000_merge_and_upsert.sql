create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
insert into private.t values (1, 'a') on conflict (id) do update set note = excluded.note where t.note is distinct from excluded.note;
merge into private.t using (values (1, 'b')) as s (id, note) on t.id = s.id when matched then update set note = s.note when not matched then insert values (s.id, s.note);
with gone as (delete from private.t where id = 1 returning *) select count(*) from gone;
