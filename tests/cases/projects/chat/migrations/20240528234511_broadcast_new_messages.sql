create or replace function public.broadcast_message()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform realtime.broadcast_changes(
        'room:' || coalesce(new.room_id, old.room_id)::text,
        tg_op,
        tg_op,
        tg_table_name,
        tg_table_schema,
        new,
        old
    );
    return null;
end;
$$;

create trigger messages_broadcast
    after insert or update or delete on public.messages
    for each row execute function public.broadcast_message();
