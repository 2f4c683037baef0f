alter table public.users alter column mail set not null;
