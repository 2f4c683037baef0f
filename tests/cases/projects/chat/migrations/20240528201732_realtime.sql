do $$
begin
    if not exists (select 1 from pg_publication where pubname = 'supabase_realtime') then
        create publication supabase_realtime;
    end if;
end $$;

alter publication supabase_realtime add table public.room_members;
alter publication supabase_realtime add table public.rooms;
alter table public.rooms replica identity full;
