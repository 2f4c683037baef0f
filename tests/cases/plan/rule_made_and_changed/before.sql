create table public.t (id int);
create table public.log (id int);
create rule logged as on insert to public.t do also insert into public.log values (new.id);
create rule stopped as on delete to public.t do instead nothing;
