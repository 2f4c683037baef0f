alter table public.users add column mail text not null;
