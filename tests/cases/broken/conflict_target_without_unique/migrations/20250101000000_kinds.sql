create table public.kinds (name text);
insert into public.kinds values ('a') on conflict (name) do nothing;
