create function mark_paid() returns trigger language plpgsql as $$
begin
  update public.orders set status = 'paid' where id = new.order_id and status = 'new';
  return new;
end $$;
create trigger payments_mark_paid after insert on payments for each row execute function mark_paid();
