create table public.days (mood public.mood default 'sad');
alter table public.days enable row level security;
