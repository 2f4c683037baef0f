create table public.t (id bigint);
create view public.v as select id from public.t;
create rule put as on insert to public.v do instead insert into public.t values (new.id) returning id;
create rule del as on delete to public.v do instead delete from public.t where id = old.id;
