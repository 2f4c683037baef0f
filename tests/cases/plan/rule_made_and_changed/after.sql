create table public.t (id int);
create table public.log (id int);
create rule logged as on insert to public.t where new.id > 0 do also insert into public.log values (new.id + 1);
alter table public.t disable rule logged;
comment on rule logged on public.t is 'writes';
create rule "Odd rule" as on update to public.t do also (insert into public.log values (old.id); delete from public.log where id = new.id);
alter table public.t enable always rule "Odd rule";
