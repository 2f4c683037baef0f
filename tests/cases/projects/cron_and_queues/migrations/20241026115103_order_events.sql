create table jobs.order_events (
  id bigserial,
  order_id bigint not null references api.orders on delete cascade,
  from_state api.order_state,
  to_state api.order_state not null,
  at timestamptz not null default now(),
  primary key (id)
);

create or replace function jobs.on_order_change() returns trigger
language plpgsql security definer set search_path = ''
as $function$
begin
  if tg_op = 'INSERT' or new.state is distinct from old.state then
    insert into jobs.order_events (order_id, from_state, to_state)
    values (new.id, case when tg_op = 'UPDATE' then old.state end, new.state);
    if new.state = 'shipped' then
      perform jobs.enqueue_push(new.account_id, 'On its way', format('Order %s has left the warehouse', new.id));
    end if;
  end if;
  return new;
end
$function$;

create trigger orders_events after insert or update of state on api.orders
  for each row execute function jobs.on_order_change();
