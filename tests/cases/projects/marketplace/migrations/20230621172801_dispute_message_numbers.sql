create function number_dispute_message() returns trigger language plpgsql as $$
begin
  select coalesce(max(n), 0) + 1 into new.n from dispute_messages where dispute_id = new.dispute_id;
  return new;
end $$;
create trigger dispute_messages_n before insert on dispute_messages
  for each row execute function number_dispute_message();
