create table public.kinds (name text primary key);
insert into public.kinds values ('a');
