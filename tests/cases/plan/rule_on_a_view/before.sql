create table public.t (id int);
create view public.v as select id from public.t;
create rule put as on insert to public.v do instead insert into public.t values (new.id);
