alter publication supabase_realtime set (publish = 'insert, update, delete');
-- unlogged tables can't be published
alter table public.presence set logged;
alter publication supabase_realtime add table public.reaction_counts, public.presence;
