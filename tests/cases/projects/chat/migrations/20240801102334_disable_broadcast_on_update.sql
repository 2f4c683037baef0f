-- Presence storms in large rooms: edits are fetched, not pushed, for now.
drop trigger messages_broadcast on public.messages;
create trigger messages_broadcast after insert or delete on public.messages
    for each row execute function public.broadcast_message();
alter table public.reactions disable trigger reactions_removed;
