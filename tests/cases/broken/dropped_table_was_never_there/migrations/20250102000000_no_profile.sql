drop table public.profile;
