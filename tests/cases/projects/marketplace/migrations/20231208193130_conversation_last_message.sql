alter table conversations add column last_message_at timestamptz;
update conversations c set last_message_at = (select max(sent_at) from messages m where m.conversation_id = c.id);
create function bump_conversation() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.conversations set last_message_at = new.sent_at where id = new.conversation_id;
  return null;
end $$;
create trigger messages_bump after insert on messages for each row execute function bump_conversation();
