create table public.messages (id int primary key);
alter publication supabase_realtime add table public.messages;
