create table public.messages (id int primary key, body text);
alter table public.messages enable row level security, replica identity full;
alter publication supabase_realtime add table public.messages;
