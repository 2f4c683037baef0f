create table refunds (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null references payments,
  amount numeric(10, 2) not null check (amount > 0),
  created_at timestamptz not null default now()
);
alter table refunds enable row level security;
create function apply_refund() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update orders o set status = 'refunded' from payments p
   where p.id = new.payment_id and o.id = p.order_id
     and p.amount <= (select sum(amount) from refunds where payment_id = p.id);
  return null;
end $$;
create constraint trigger refunds_apply after insert on refunds deferrable initially deferred for each row execute function apply_refund();
